"""Long work in short transactions: nobody else is kept from writing for more than a moment."""

import logging
from collections.abc import Callable, Sequence
from time import monotonic, sleep
from typing import Any

log = logging.getLogger(__name__)

LONGEST_PAUSE = 0.25  # seconds between two transactions


def give_way(began: float) -> None:
    """Leave SQLite's one write lock to others for as long as we had it since then (`monotonic()`)."""
    sleep(min(LONGEST_PAUSE, monotonic() - began))


def in_turns(
    keys: Sequence[int], do: Callable[[Sequence[int]], Any], *, size: int, seconds: float | None = None
) -> tuple[list[int], list[Exception]]:
    """Do it to so many keys at once, a transaction each, until all are done or the time is over. What is left, and what
    went wrong: a key that cannot be done is logged and keeps no other from being done."""
    over, problems = monotonic() + seconds if seconds else None, list[Exception]()
    rest = list(keys)
    while rest and (over is None or monotonic() < over):
        some, rest, began = rest[:size], rest[size:], monotonic()
        problems += _done(some, do)
        give_way(began)
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
