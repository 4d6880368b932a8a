"""What a verb says it changed. The row is written with the change itself, so no crash can part the two."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from django.utils import timezone

from newsroom.foundations.db.short_transactions import short_transaction
from newsroom.foundations.pagecache import cdn, sync
from newsroom.foundations.pagecache.sync import ALL

__all__ = ["ALL", "forget_old", "purge", "retract"]

KEPT_FOR = timedelta(days=1)  # how long a process may have been asleep and still wake to true pages
FORGOTTEN_AT_ONCE = 2_000  # rows


def purge(*keys: str, at: datetime | None = None) -> None:
    """Have all pages that show any of these keys made anew: once the transaction is through, or at that moment."""
    from newsroom.foundations.models import Purge  # models are loaded later than this

    if not keys:
        return
    ahead = at if at and at > timezone.now() else None
    Purge.objects.create(keys=" ".join(dict.fromkeys(keys)), at=ahead, transaction=_transaction())
    if connection.vendor == "postgresql":
        _notify()
    transaction.on_commit(_announce, robust=True)
    cdn.enqueue_purges(keys, ahead)
    if isinstance(heard := sync.current(), sync.OwnNews):
        heard.expect(keys, ahead.timestamp()) if ahead else heard.tell(keys)


def retract(*keys: str, at: datetime) -> None:
    """Take back what was dated so: the change it announced will not come."""
    from newsroom.foundations.models import Purge

    Purge.objects.filter(keys=" ".join(dict.fromkeys(keys)), at=at).delete()
    if isinstance(heard := sync.current(), sync.OwnNews):
        heard.unexpect(keys, at.timestamp())
    cdn.take_back(keys, at)


def forget_old() -> int:
    """Remove rows every process has read long ago; how many."""
    from newsroom.foundations.models import Purge

    past = timezone.now() - KEPT_FOR
    old, forgotten = Purge.objects.filter(written_at__lt=past).exclude(at__gte=past), 0
    while keys := list(old.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE]):
        with short_transaction():
            forgotten += Purge.objects.filter(pk__in=keys).delete()[0]
    return forgotten


def _transaction() -> Any:
    return RawSQL("pg_current_xact_id()::text::bigint", []) if connection.vendor == "postgresql" else 0


def _notify() -> None:
    """Other machines hear of it when the transaction is through."""
    from newsroom.foundations.pagecache.sync.postgres import CHANNEL

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def _announce() -> None:
    from newsroom.foundations.pagecache.sync.start import announce

    announce()
