"""What nearly every page needs and few changes touch, kept in the process between requests: the tree of sections, the
masthead, the footer."""

from collections.abc import Callable, Hashable, Iterable
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from django.db import connection

from newsroom.foundations.pagecache import sync
from newsroom.foundations.pagecache.sync import ALL, OwnNews

P = ParamSpec("P")
T = TypeVar("T")
MOST = 1000  # results of one function
_memories: list["Memory"] = []


class Memory:
    """What one function has returned since one of its cache keys was last purged."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.keys = {*keys, ALL}
        self.results: dict[Hashable, Any] = {}
        self.changes = 0
        self._lock = Lock()
        _memories.append(self)

    def forget(self, purged: set[str]) -> None:
        if purged.isdisjoint(self.keys):
            return
        with self._lock:
            self.changes += 1
            self.results.clear()

    def keep(self, arguments: Hashable, result: Any, *, since: int) -> None:
        """Unless something was purged while the result was made."""
        with self._lock:
            if self.changes == since and len(self.results) < MOST:
                self.results[arguments] = result


def cached_until_purged(*keys: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorator: what this function returns stays true until one of these cache keys is purged.

    Inside a transaction, and where no news of purges comes, it is called each time. Its results are shared by all
    threads: nobody may change them.
    """

    def around(load: Callable[P, T]) -> Callable[P, T]:
        memory = Memory(keys)

        @wraps(load)
        def cached(*args: P.args, **kwargs: P.kwargs) -> T:
            if not _may_remember():
                return load(*args, **kwargs)
            arguments = (args, tuple(sorted(kwargs.items())))
            if arguments in (results := memory.results):
                try:
                    return results[arguments]  # type: ignore[no-any-return]
                except KeyError:
                    pass  # forgotten between the two
            since = memory.changes
            result = load(*args, **kwargs)
            memory.keep(arguments, result, since=since)
            return result

        return cached

    return around


def forget(keys: Iterable[str]) -> None:
    """Forget what these cache keys were said about."""
    purged = set(keys)
    for memory in _memories:
        memory.forget(purged)


def forget_all() -> None:
    forget([ALL])


def _may_remember() -> bool:
    heard = sync.current()
    return heard.is_current() and (isinstance(heard, OwnNews) or not connection.in_atomic_block)
