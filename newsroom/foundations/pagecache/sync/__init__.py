"""How a process learns what has been purged by others, before it answers with what it keeps.

Purges lie in one table (models.Purge). A process reads on from where it was whenever something may have been written:
asking is cheap (see each kind below), reading happens only after a change. Who cannot ask trusts nothing it keeps.
"""

import logging
import mmap
import os
from collections.abc import Callable, Iterable
from math import inf
from pathlib import Path
from secrets import token_bytes
from threading import RLock
from time import time

log = logging.getLogger(__name__)
Listener = Callable[[Iterable[str]], object]
ALL = "*"  # the key of every page and of everything remembered
ASLEEP = (
    12 * 3600.0
)  # seconds; the table is swept after a day, so who looks again after longer has missed something


class News:
    """What this process knows of purges. `listeners` hear the keys of each; `is_current` is asked before each use of
    anything kept."""

    def __init__(self) -> None:
        self.listeners: list[Listener] = []
        self.next_due = inf  # when the earliest dated purge ahead takes effect, in seconds since 1970
        self.lock = RLock()
        self._is_lost = False

    def is_current(self) -> bool:
        """Having read all there is, can we be sure nothing else was purged? False: trust no copy."""
        if not self._has_changed() and time() < self.next_due:
            return True
        with self.lock:
            return self._read()

    def tell(self, keys: Iterable[str]) -> None:
        heard = list(keys)
        if heard:
            for listener in self.listeners:
                listener(heard)

    def _has_changed(self) -> bool:
        """May something have been written since we last read? Asked for every page, so it must cost nearly nothing."""
        raise NotImplementedError

    def _read(self) -> bool:
        """Read on and tell the listeners; False when the table cannot be read."""
        raise NotImplementedError

    def _lost(self, problem: Exception) -> None:
        """Say so once, not for every reader who asks meanwhile."""
        if not self._is_lost:
            log.error("The purges cannot be read, pages are made anew meanwhile: %s", problem)
        self._is_lost = True

    def _found(self, is_read: bool) -> bool:
        if is_read and self._is_lost:
            log.warning("The purges can be read again.")
        self._is_lost = self._is_lost and not is_read
        return is_read

    def close(self) -> None:
        """Let go of whatever is held open."""


class NoNews(News):
    """Nothing is known of what others write: nothing is kept. Commands and shells are so."""

    def is_current(self) -> bool:
        return False


class OwnNews(News):
    """This process is the only writer, so its own word is all there is to hear. Tests are so."""

    def __init__(self) -> None:
        super().__init__()
        self.dated: list[tuple[float, tuple[str, ...]]] = []

    def expect(self, keys: Iterable[str], at: float) -> None:
        self.dated.append((at, tuple(keys)))
        self.next_due = min(self.next_due, at)

    def unexpect(self, keys: Iterable[str], at: float) -> None:
        self.dated = [one for one in self.dated if one != (at, tuple(keys))]

    def _has_changed(self) -> bool:
        return False

    def _read(self) -> bool:
        now = time()
        due = [keys for at, keys in self.dated if at <= now]
        self.dated = [(at, keys) for at, keys in self.dated if at > now]
        self.next_due = min((at for at, _keys in self.dated), default=inf)
        for keys in due:
            self.tell(keys)
        return True


BELL_BYTES = 16


class Bell:
    """A bell for the processes of one machine: whoever has written a purge rings, and all the others can tell at once. A
    few bytes of shared memory in a small file; asking costs a fraction of a microsecond."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(descriptor).st_size < BELL_BYTES:
                os.ftruncate(descriptor, BELL_BYTES)
            self._memory = mmap.mmap(descriptor, BELL_BYTES)
        finally:
            os.close(descriptor)

    def ring(self) -> None:
        """Whatever was there before, now something else is."""
        self._memory[:] = token_bytes(BELL_BYTES)

    def heard(self) -> bytes:
        return self._memory[:]

    def close(self) -> None:
        self._memory.close()


_heard: News = NoNews()


def current() -> News:
    """The news of this process."""
    return _heard


def use(news: News) -> None:
    """From now on this process hears of purges in this way."""
    global _heard
    _heard.close()
    _heard = news
