"""The newsroom on the production server, filled and ready to be measured, on either database."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks import databases
from benchmarks.processes import cpu_seconds
from tests.servers import free_port, wait_until_listening

ROOT = Path(__file__).parents[1]
SHORT = {"SQLite": "sqlite", "PostgreSQL": "pg"}


def folder_for(database: str, articles: int) -> Path:
    """Where such an archive is kept from one run to the next: a million stories on PostgreSQL in “newsroom-1m-pg”."""
    size = (
        f"{articles // 10**6}m"
        if articles >= 10**6
        else f"{articles // 1000}k"
        if articles >= 1000
        else str(articles)
    )
    return Path(tempfile.gettempdir()) / f"newsroom-{size}-{SHORT[database]}"


@dataclass(frozen=True)
class Archive:
    """A filled newsroom, which is not served yet."""

    database: str
    articles: int
    folder: Path

    @cached_property
    def environment(self) -> dict[str, str]:
        own = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
        own |= {"DATA_DIR": str(self.folder), "SECRET_KEY": "for measuring only"}
        if self.database == "PostgreSQL":
            own["DATABASE_URL"] = databases.postgresql(self.folder / "postgresql")
        return own

    @property
    def roots(self) -> tuple[int, ...]:
        """The processes of the database, where it has its own."""
        is_served = self.database == "PostgreSQL"
        return (databases.postmaster(self.folder / "postgresql"),) if is_served else ()

    def make_ready(self) -> None:
        """Fill it, unless that has been done; bring an older one up to date."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.manage("migrate", "-v0")
        self.manage("collectstatic", "-v0", "--no-input")
        done = self.folder / f"filled-{self.articles}"
        if not done.exists():
            print(f"Filling {self.articles:,} stories on {self.database} …", flush=True)
            self.run("-m", "benchmarks.fill", "--stories", str(self.articles))
            done.touch()

    def ask(self, *command: str) -> Any:
        """What one of our own commands prints in this newsroom's environment, which is JSON."""
        said = self.run("-m", *command, stdout=subprocess.PIPE)
        return json.loads(said.stdout.splitlines()[-1])

    def manage(self, *command: str) -> None:
        self.run("manage.py", *command)

    def run(self, *command: str, **how: Any) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-W", "ignore", *command], cwd=ROOT, env=self.environment, check=True, **how
        )

    @contextmanager
    def served(self, **settings: str) -> Iterator["Site"]:
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        env = self.environment | {"SITE_ADDRESS": address, **settings}
        with _running([sys.executable, "manage.py", "serve", "--port", str(port)], port, env) as server:
            yield Site(self.database, address, (server.pid, *self.roots))


@dataclass(frozen=True)
class Site:
    """Something that is served. All of its processes are those below `roots`."""

    name: str
    address: str
    roots: tuple[int, ...]

    def cpu_seconds(self) -> float:
        return cpu_seconds(*self.roots)

    def settle(self) -> None:
        """Wait until it rests: it still works on what was asked last when those who asked have gone."""
        for _time in range(100):
            before = self.cpu_seconds()
            time.sleep(0.1)
            if self.cpu_seconds() - before <= 0.01:
                return


@contextmanager
def empty() -> Iterator[Site]:
    """A Django view that says nothing, under the same server."""
    port = free_port()
    env = {"PATH": os.environ["PATH"]}
    with _running([sys.executable, "-m", "benchmarks.empty", str(port)], port, env) as server:
        yield Site("–", f"http://127.0.0.1:{port}", (server.pid,))


@contextmanager
def _running(command: list[str], port: int, env: dict[str, str]) -> Iterator[subprocess.Popen]:
    with subprocess.Popen(command, cwd=ROOT, env=env) as server:
        try:
            wait_until_listening(server, port, seconds=60)
            yield server
        finally:
            server.terminate()
