"""Two people at one moment, each with a connection of their own: only PostgreSQL lets them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, transaction


def meanwhile(first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """Do the first; before it is committed let somebody else come with the second to where they must wait."""

    def alone() -> None:
        try:
            second()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as colleague:
        with transaction.atomic():
            first()
            waiting = colleague.submit(alone)
            while not waiting.done() and not _somebody_waits():
                pass
        waiting.result()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])
