"""What many pages need and few changes touch, kept in the process between requests."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import wraps
from threading import Lock
from typing import Any, Generic, ParamSpec, TypeVar

from django.db import connection

from newsroom.foundations.pagecache import sync
from newsroom.foundations.pagecache.sync import ALL, OwnNews

P = ParamSpec("P")
T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
MOST = 1000  # answers of one function
LONGER = 10  # times as many keys as parts are remembered of what is seldom asked for twice
_memories: list["Memory | Parts[Any, Any]"] = []


class Memory:
    """What one function has answered since one of its topics was last purged."""

    def __init__(self, topics: Iterable[str]) -> None:
        self.topics = {*topics, ALL}
        self.answers: dict[Hashable, Any] = {}
        self.changes = 0
        self._lock = Lock()
        _memories.append(self)

    def forget(self, purged: set[str]) -> None:
        if purged.isdisjoint(self.topics):
            return
        with self._lock:
            self.changes += 1
            self.answers.clear()

    def keep(self, question: Hashable, answer: Any, *, since: int) -> None:
        """Unless something was purged while the answer was sought."""
        with self._lock:
            if self.changes == since and len(self.answers) < MOST:
                self.answers[question] = answer


class Parts(Generic[K, T]):
    """What one function has found, by key, each until one of its own topics is purged; at most so many, of which the
    first found goes first, unless it was `used` since: then it has a second chance. What is `seldom` asked for twice is
    kept when it is found for the second time."""

    def __init__(self, topics: Callable[[K, T], Iterable[str]], most: int, *, seldom: bool) -> None:
        self.found: dict[K, T] = {}
        self.used: set[K] = set()
        self.changes = 0
        self._before: dict[K, None] | None = {} if seldom else None
        self._topics, self._most = topics, most
        self._showing: dict[str, set[K]] = {}
        self._lock = Lock()
        _memories.append(self)

    def forget(self, purged: set[str]) -> None:
        with self._lock:
            self.changes += 1
            gone = [key for topic in purged for key in self._showing.get(topic, ())]
            for key in self.found.copy() if ALL in purged else gone:
                self._let_go(key)

    def keep(self, found: dict[K, T], *, since: int) -> None:
        """Unless anything was purged while they were sought."""
        with self._lock:
            if self.changes != since:
                return
            for key, part in found.items():
                self._let_go(key)
                if not self._is_worth_it(key):
                    continue
                self.found[key] = part
                for topic in self._topics(key, part):
                    self._showing.setdefault(topic, set()).add(key)
            while len(self.found) > self._most:
                self._make_room()
            if len(self.used) > self._most:  # some were used while they were forgotten
                self.used.intersection_update(self.found)

    def _is_worth_it(self, key: K) -> bool:
        """Of what is seldom asked for twice: has it been found before?"""
        if self._before is None or key in self._before:
            return True
        self._before[key] = None
        if len(self._before) > LONGER * self._most:
            del self._before[next(iter(self._before))]
        return False

    def _make_room(self) -> None:
        first = next(iter(self.found))
        if first in self.used:
            self.used.discard(first)
            self.found[first] = self.found.pop(first)
        else:
            self._let_go(first)

    def _let_go(self, key: K) -> None:
        self.used.discard(key)
        if (part := self.found.pop(key, None)) is None:
            return
        for topic in {*self._topics(key, part)}:
            self._showing[topic].discard(key)
            if not self._showing[topic]:
                del self._showing[topic]


def remembered(*topics: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorator: what this function answers stays true until one of these topics is purged.

    Inside a transaction, and where no news of purges comes, it is asked each time. Its answers are shared by all
    threads: nobody may change them.
    """

    def around(load: Callable[P, T]) -> Callable[P, T]:
        memory = Memory(topics)

        @wraps(load)
        def ask(*args: P.args, **kwargs: P.kwargs) -> T:
            if not _may_remember():
                return load(*args, **kwargs)
            question = (args, tuple(sorted(kwargs.items())))
            if question in (answers := memory.answers):
                try:
                    return answers[question]  # type: ignore[no-any-return]
                except KeyError:
                    pass  # forgotten between the two
            since = memory.changes
            answer = load(*args, **kwargs)
            memory.keep(question, answer, since=since)
            return answer

        return ask

    return around


def remembered_parts(
    topics: Callable[[K, T], Iterable[str]], most: int = MOST, *, seldom: bool = False
) -> Callable[[Callable[[Sequence[K]], dict[K, T]]], Callable[[Iterable[K]], dict[K, T]]]:
    """Decorator for a function that finds what pages are made of, by keys: it is asked only for those that are not
    remembered. Each stays true until one of its own `topics` is purged; keys of which there is nothing are asked again.

    Of what is `seldom` asked for twice only that is remembered which has been. The same is promised and asked for as by
    `remembered`. A part has the same topics whenever it is asked for them.
    """

    def around(load: Callable[[Sequence[K]], dict[K, T]]) -> Callable[[Iterable[K]], dict[K, T]]:
        parts = Parts(topics, most, seldom=seldom)

        @wraps(load)
        def ask(keys: Iterable[K]) -> dict[K, T]:
            wanted = list(keys)
            if not _may_remember():
                return load(wanted)
            since, known = parts.changes, parts.found
            here = {key: part for key in wanted if (part := known.get(key)) is not None}
            parts.used.update(here)
            missing = [key for key in wanted if key not in here]
            if missing:
                found = load(missing)
                parts.keep(found, since=since)
                here |= found
            return here

        return ask

    return around


def forget(topics: Iterable[str]) -> None:
    """Forget what these topics were said about."""
    purged = set(topics)
    for memory in _memories:
        memory.forget(purged)


def forget_all() -> None:
    forget([ALL])


def _may_remember() -> bool:
    heard = sync.current()
    return heard.is_current() and (isinstance(heard, OwnNews) or not connection.in_atomic_block)
