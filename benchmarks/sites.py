"""The newsroom on the production server, once on each database, filled and ready to be measured."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from benchmarks.processes import cpu_seconds
from tests import postgres
from tests.servers import free_port, wait_until_listening

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Page:
    """One address to ask for; `queries` is None for a file."""

    name: str
    path: str
    queries: int | None


@dataclass(frozen=True)
class Site:
    """A running newsroom: all of its processes are those below `roots`."""

    database: str
    address: str
    roots: tuple[int, ...]
    pages: tuple[Page, ...]

    def cpu_seconds(self) -> float:
        return cpu_seconds(*self.roots)


@contextmanager
def sqlite(folder: Path) -> Iterator[Site]:
    with _serving("SQLite", folder, {}, ()) as site:
        yield site


@contextmanager
def postgresql(folder: Path) -> Iterator[Site]:
    host = postgres.embedded()["HOST"]
    variables = {"DATABASE_URL": postgres.new_database("benchmark"), "SECRET_KEY": "for measuring only"}
    postmaster = int((Path(host) / "postmaster.pid").read_text().split()[0])
    with _serving("PostgreSQL", folder, variables, (postmaster,)) as site:
        yield site


@contextmanager
def _serving(
    database: str, folder: Path, variables: dict[str, str], roots: tuple[int, ...]
) -> Iterator[Site]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    env = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    env |= {"DATA_DIR": str(folder), "SITE_ADDRESS": address, **variables}
    print(f"Filling the newsroom on {database} …", flush=True)
    filled = subprocess.run(
        [sys.executable, "-m", "benchmarks.filling"], cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True
    )
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=env) as server:
        try:
            wait_until_listening(server, port, seconds=30)
            pages = tuple(Page(name, **page) for name, page in json.loads(filled.stdout).items())
            yield Site(database, address, (server.pid, *roots), (*pages, _file(address)))
        finally:
            server.terminate()


def _file(address: str) -> Page:
    """A stylesheet of the site, for comparison: the same server, and nothing to think about."""
    with urlopen(f"{address}/") as front:
        return Page("static file", re.search(r'href="(/static/css/[^"]+)"', front.read().decode())[1], None)
