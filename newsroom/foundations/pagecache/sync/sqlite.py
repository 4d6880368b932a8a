"""News from SQLite: one number says whether anybody has committed anything, and a bell when to ask for it."""

import sqlite3
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from time import monotonic, time

from newsroom.foundations.pagecache.sync import ALL, ASLEEP, Bell, News

# Writers queue, so rows become readable in the order of their numbers; each was dated before or after we last looked.
READ_ON = """
    SELECT id, keys FROM foundations_purge WHERE id > :seen AND (at IS NULL OR at <= :now)
    UNION ALL
    SELECT 0, keys FROM foundations_purge WHERE at > :before AND at <= :now AND id <= :seen
"""
NEXT = "SELECT max(id), (SELECT min(at) FROM foundations_purge WHERE at > :now) FROM foundations_purge"


LOOKS = 0.2  # seconds between two looks when nobody rings


class SQLiteNews(News):
    """Looks at once when the bell rings, which whoever purges does before the verb answers; and now and then, for a
    writer may die between the two. A look is `PRAGMA data_version` on a connection of its own (5 µs, at which all
    threads of the process queue): it changes when any other has committed."""

    def __init__(self, file: Path | str, bell: Bell) -> None:
        super().__init__()
        self._file, self._bell = file, bell
        self._open: sqlite3.Connection | None = None
        self._rung, self._looked = b"", -inf
        self._version, self._seen, self._before = -1, 0, time()
        self._read()

    def close(self) -> None:
        if self._open:
            self._open.close()

    @property
    def _base(self) -> sqlite3.Connection:
        if not self._open:
            self._open = sqlite3.connect(
                f"file:{self._file}?mode=ro", uri=True, check_same_thread=False, timeout=5
            )
        return self._open

    def _has_changed(self) -> bool:
        return self._bell.heard() != self._rung or monotonic() - self._looked > LOOKS

    def _read(self) -> bool:
        rung, began = self._bell.heard(), monotonic()
        try:
            version = self._data_version()
            if version != self._version or time() >= self.next_due:
                self._read_on(version)
        except sqlite3.Error as problem:
            self._lost(problem)
            self._version, self._looked = -1, -inf
            return False
        self._rung, self._looked = rung, began
        return self._found(True)

    def _read_on(self, version: int) -> None:
        now = max(time(), self._before)
        asked = {"seen": self._seen, "now": _written(now), "before": _written(self._before)}
        with self._base:  # both answers are of one moment
            self._base.execute("BEGIN")
            rows = self._base.execute(READ_ON, asked).fetchall()
            newest, due = self._base.execute(NEXT, asked).fetchone()
        if now - self._before > ASLEEP:
            self.tell([ALL])
        for _number, keys in rows:
            self.tell(keys.split())
        self._version, self._before, self._seen = version, now, max(self._seen, newest or 0)
        self.next_due = _moment(due)

    def _data_version(self) -> int:
        return int(self._base.execute("PRAGMA data_version").fetchone()[0])


def _written(moment: float) -> str:
    """As Django writes moments into SQLite."""
    return str(datetime.fromtimestamp(moment, UTC).replace(tzinfo=None))


def _moment(written: str | None) -> float:
    return datetime.fromisoformat(written).replace(tzinfo=UTC).timestamp() if written else inf
