"""What many pages need and few changes touch, kept in the process between requests."""

from collections.abc import Callable, Hashable, Iterable
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from django.db import connection

from newsroom.foundations.pagecache import news
from newsroom.foundations.pagecache.news import ALL, OwnNews

P = ParamSpec("P")
T = TypeVar("T")
MOST = 1000  # answers of one function
_memories: list["Memory"] = []


class Memory:
    """What one function has answered since one of its topics was last purged."""

    def __init__(self, topics: Iterable[str]) -> None:
        self.topics = {*topics, ALL}
        self.answers: dict[Hashable, Any] = {}
        self.changes = 0
        self._lock = Lock()

    def forget(self) -> None:
        with self._lock:
            self.changes += 1
            self.answers.clear()

    def keep(self, question: Hashable, answer: Any, *, since: int) -> None:
        """Unless something was purged while the answer was sought."""
        with self._lock:
            if self.changes == since and len(self.answers) < MOST:
                self.answers[question] = answer


def remembered(*topics: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorator: what this function answers stays true until one of these topics is purged.

    Inside a transaction, and where no news of purges comes, it is asked each time. Its answers are shared by all
    threads: nobody may change them.
    """

    def around(load: Callable[P, T]) -> Callable[P, T]:
        memory = Memory(topics)
        _memories.append(memory)

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


def forget(topics: Iterable[str]) -> None:
    """Forget what these topics were said about."""
    purged = set(topics)
    for memory in _memories:
        if not purged.isdisjoint(memory.topics):
            memory.forget()


def forget_all() -> None:
    for memory in _memories:
        memory.forget()


def _may_remember() -> bool:
    heard = news.current()
    return heard.is_current() and (isinstance(heard, OwnNews) or not connection.in_atomic_block)
