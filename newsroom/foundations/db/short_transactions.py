"""Transactions of commands and clocks, which write beside a site that is open.

SQLite has one write lock and no queue for it: who waits looks again every tenth of a second, and a command that begins
its next transaction at once is always there first. So the slow work belongs before the transaction, and after it the
lock is left alone for as long as it was held.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

from django.db import connection, transaction

log = logging.getLogger(__name__)

SHORTEST_PAUSE, LONGEST_PAUSE = 0.005, 0.25  # seconds


@contextmanager
def short_transaction() -> Iterator[None]:
    """One transaction, and then a moment for others. Inside another transaction it is a part of that one."""
    if connection.in_atomic_block or connection.vendor != "sqlite":
        with transaction.atomic():
            yield
        return
    begun = monotonic()
    try:
        with transaction.atomic():
            begun = monotonic()  # the lock is ours
            yield
    finally:
        sleep(min(max(monotonic() - begun, SHORTEST_PAUSE), LONGEST_PAUSE))


def in_turns(
    keys: Sequence[int], do: Callable[[Sequence[int]], Any], *, size: int, seconds: float | None = None
) -> tuple[list[int], list[Exception]]:
    """Do it to so many keys at once, in a short transaction of `do`, until all are done or the time is over.

    Returns the keys that are left, and what went wrong: a key that cannot be done is logged and stops no other.
    """
    over, problems = monotonic() + seconds if seconds else None, list[Exception]()
    rest = list(keys)
    while rest and (over is None or monotonic() < over):
        some, rest = rest[:size], rest[size:]
        problems += _done(some, do)
    return rest, problems


def _done(keys: Sequence[int], do: Callable[[Sequence[int]], Any]) -> list[Exception]:
    try:
        do(keys)
    except Exception as problem:
        if len(keys) > 1:
            return [failure for key in keys for failure in _done([key], do)]
        log.exception("%s could not be done", keys[0])
        return [problem]
    return []
