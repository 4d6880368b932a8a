"""When two people want to write the same at the same moment."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection
from django.utils.translation import gettext as _

Answer = TypeVar("Answer")
log = logging.getLogger(__name__)

# A deadlock; transactions that cannot have happened one after the other; a lock that nobody gave up in time.
POSTGRESQL = {"40P01", "40001", "55P03"}
SQLITE = ("database is locked", "database table is locked")
PATIENCE = 5  # seconds; who has waited longer for a lock had better hear of it than wait as long again
PAUSE = 0.05  # seconds, in which the other is through


def is_contention(problem: BaseException | None) -> bool:
    """Did the database refuse because of somebody else's work, so that the same may succeed in a moment?"""
    if not isinstance(problem, OperationalError):
        return False
    code = getattr(problem.__cause__, "sqlstate", None)
    return code in POSTGRESQL or str(problem).startswith(SQLITE)


def sentence() -> str:
    """For whoever's work was refused."""
    return _(
        "Somebody else was changing the same at this moment, so nothing was saved. Please send it again."
    )


def repeated(step: Callable[[], Answer]) -> Answer:
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


def take_turns(over: str) -> None:
    """Until this transaction ends, nobody else who takes turns over the same works on it. Where there is one writer at
    a time, as in SQLite, it is everybody's turn in any case."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [over])
