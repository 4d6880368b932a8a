"""How the page caches of this machine are doing: each process writes it down, for whoever asks."""

import atexit
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from threading import Thread
from time import sleep

from newsroom.foundations.pagecache.store import Store

EVERY = 1.0  # seconds
KEYS = 200  # of the most shown are written down


@dataclass
class Report:
    """One process's cache at one moment; sizes in bytes, the rest counted since the process began."""

    pid: int
    room: int
    pages: int
    size: int
    hits: int
    misses: int
    purged: int
    crowded_out: int
    keys: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store) -> "Report":
        pages, size = store.size()
        keys = dict(store.keys().most_common(KEYS))
        return cls(os.getpid(), store.room, pages, size, **asdict(store.counts), keys=keys)

    @property
    def hit_rate(self) -> float:
        """The share of readers' questions answered from memory."""
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else 0.0


def keep_writing(store: Store, folder: Path) -> None:
    """Write this process's report into the folder whenever it has changed, until the process ends."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{os.getpid()}.json"
    atexit.register(file.unlink, missing_ok=True)
    Thread(target=_write_on, args=(store, file), name="newsroom-reports", daemon=True).start()


def _write_on(store: Store, file: Path) -> None:
    written, draft = None, file.with_suffix(".draft")
    while True:
        report = Report.of(store)
        if report != written:
            with suppress(OSError):  # a full disk, for a while
                draft.write_text(json.dumps(asdict(report)))
                draft.replace(file)
                written = report
        sleep(EVERY)


def read(folder: Path) -> Iterator[Report]:
    """The reports of processes that are alive; those of others are swept away."""
    for file in sorted(folder.glob("*.json")):
        if Path(f"/proc/{file.stem}").exists() or not Path("/proc/self").exists():
            yield Report(**json.loads(file.read_text()))
        else:
            file.unlink(missing_ok=True)


def together(reports: list[Report]) -> Report:
    """The sum of them; a key counts wherever it is shown."""
    names = ("room", "pages", "size", "hits", "misses", "purged", "crowded_out")
    sums = {name: sum(getattr(report, name) for report in reports) for name in names}
    keys: dict[str, int] = {}
    for report in reports:
        for key, pages in report.keys.items():
            keys[key] = keys.get(key, 0) + pages
    return Report(pid=0, **sums, keys=dict(sorted(keys.items(), key=lambda one: -one[1])))
