"""When two people want to write the same at the same moment: whose turn it is, and what becomes of who was refused."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

Result = TypeVar("Result")
log = logging.getLogger(__name__)

# A deadlock; transactions that cannot have happened one after the other; a lock that nobody gave up in time.
POSTGRESQL = {"40P01", "40001", "55P03"}
SQLITE = ("database is locked", "database table is locked")
RETRY_AFTER = 5  # seconds
PATIENCE = 5  # seconds; who has waited longer for a lock had better hear of it than wait as long again
PAUSE = 0.25  # seconds, in which the other is through


def is_contention(problem: BaseException | None) -> bool:
    """Did the database refuse because of somebody else's work, so that the same may succeed in a moment?"""
    if not isinstance(problem, OperationalError):
        return False
    code = getattr(problem.__cause__, "sqlstate", None)
    return code in POSTGRESQL or str(problem).startswith(SQLITE)


def explanation(problem: OperationalError) -> str:
    """For whoever's work was refused. Raises again what is no collision: the database is away, or full."""
    if not is_contention(problem):
        raise problem
    log.warning("Refused after: %s", problem)
    return _(
        "Somebody else was changing the same at this moment, so nothing was saved. Please send it again."
    )


def repeated(step: Callable[[], Result]) -> Result:
    """What this step answers; done once more if somebody else's work was in its way. It is one transaction of its own,
    which leaves nothing behind when it fails."""
    began = time.monotonic()
    try:
        return step()
    except OperationalError as problem:
        if not is_contention(problem) or connection.in_atomic_block or time.monotonic() - began > PATIENCE:
            raise
        log.warning("Done once more after: %s", problem)
    time.sleep(PAUSE)
    return step()


class Written:
    """Around a request: has anything it wrote been committed? If not, all of it can be done again."""

    def __init__(self) -> None:
        self.for_good, self.began = False, time.monotonic()

    def __call__(self, execute: Callable[..., Any], sql: str, *details: Any) -> Any:
        """What Django asks around each statement (an execute wrapper)."""
        found = execute(sql, *details)
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            transaction.on_commit(self._note)  # at once, where there is no transaction
        return found

    @property
    def can_be_repeated(self) -> bool:
        return not self.for_good and time.monotonic() - self.began < PATIENCE

    def _note(self) -> None:
        self.for_good = True


_on_copies: ContextVar[bool] = ContextVar("on_copies", default=False)


@contextmanager
def on_copies() -> Iterator[None]:
    """Around work on copies of the tables, which lasts long: nobody waits for it."""
    token = _on_copies.set(True)
    try:
        yield
    finally:
        _on_copies.reset(token)


def take_turns(over: str) -> None:
    """Until this transaction ends, nobody else who takes turns over the same works on it. Where there is one writer at
    a time, as in SQLite, it is everybody's turn in any case. Who works on copies that nobody else sees takes none."""
    if connection.vendor == "postgresql" and not _on_copies.get():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [over])
