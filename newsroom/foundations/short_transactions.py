"""Transactions of commands and clocks, which write beside a site that is open.

SQLite has one write lock and no queue for it: who waits looks again every tenth of a second, and a command that begins
its next transaction at once is always there first. So the slow work belongs before the transaction, and after it the
lock is left alone for as long as it was held.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

from django.db import connection, transaction

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
