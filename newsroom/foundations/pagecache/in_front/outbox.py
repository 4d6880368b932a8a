"""What the caches in front have yet to be told. Owed in the transaction of the change, delivered after it: no cache that
is slow, down or wrong can hold a verb up, and no crash can lose a purge."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F, Min, Q, QuerySet
from django.utils import timezone

from newsroom.foundations.pagecache.in_front.asking import NotDone
from newsroom.foundations.pagecache.in_front.caches import Cache, caches
from newsroom.foundations.pagecache.in_front.labels import EVERY_PAGE, key

if TYPE_CHECKING:
    from newsroom.foundations.models import Delivery

log = logging.getLogger(__name__)

# A page asked for in the instant of the change may come from a machine that has not heard of it yet (a second), from a
# rendering begun before, or from an nginx behind the network (three seconds). So everything is said twice.
AGAIN_AFTER = timedelta(seconds=5)
LEASE = timedelta(
    seconds=60
)  # for one batch; whoever took it and has not delivered it by then is believed dead
LONGEST_PAUSE = 300.0  # seconds between two tries
ONE_BATCH = 500  # rows


@dataclass(frozen=True)
class Waiting:
    """What should have been delivered by now: how many purges, the oldest's time, and what hinders it."""

    number: int
    since: datetime | None
    problem: str

    @property
    def seconds(self) -> int:
        return int((timezone.now() - self.since).total_seconds()) if self.since else 0


def owe(topics: Iterable[str], at: datetime | None) -> None:
    """Write down that every cache in front is to forget these topics, now or at that moment."""
    from newsroom.foundations.models import Delivery
    from newsroom.foundations.pagecache.in_front import courier

    if not (known := caches()):
        return
    due, said = at or timezone.now(), " ".join(dict.fromkeys(topics))
    Delivery.objects.bulk_create(
        Delivery(cache=cache.address, topics=said, since=due, due=due) for cache in known
    )
    transaction.on_commit(courier.wake, robust=True)


def take_back(topics: Iterable[str], at: datetime) -> None:
    """What was to be forgotten at that moment will not change."""
    from newsroom.foundations.models import Delivery

    Delivery.objects.filter(topics=" ".join(dict.fromkeys(topics)), since=at, sent=False).delete()


def deliver() -> int:
    """Tell the caches all that is due. How many of them could not be told: they are asked again later."""
    return sum(not _deliver(cache) for cache in caches())


def waiting() -> Waiting:
    from newsroom.foundations.models import Delivery

    late = Delivery.objects.filter(since__lte=timezone.now(), sent=False)
    problem = late.exclude(problem="").values_list("problem", flat=True).first()
    return Waiting(late.count(), late.aggregate(since=Min("since"))["since"], problem or "")


def next_due() -> datetime | None:
    """When there will be something to deliver, of what is not due yet."""
    from newsroom.foundations.models import Delivery

    due: datetime | None = Delivery.objects.filter(due__gt=timezone.now()).aggregate(due=Min("due"))["due"]
    return due


def forget_old() -> int:
    """Remove what is owed to caches that are gone, or speaks of pages no cache has kept so long; how many."""
    from newsroom.foundations.models import Delivery

    long_ago = timezone.now() - timedelta(seconds=settings.KEPT_IN_FRONT_SECONDS) - LEASE
    strangers = ~Q(cache__in=[cache.address for cache in caches()])
    return Delivery.objects.filter(strangers | Q(since__lt=long_ago)).delete()[0]


def _deliver(cache: Cache) -> bool:
    while rows := _take(cache):
        try:
            for keys in _requests(rows, cache.at_once):
                cache.forget(keys)
        except NotDone as problem:
            _put_off(cache, rows, problem)
            return False
        _told(rows)
    return True


def _take(cache: Cache) -> Sequence["Delivery"]:
    """What is due, taken for a while so that no other machine sends it too. Nothing while it has asked us to wait, or
    another machine is speaking to it."""
    from newsroom.foundations.models import Delivery

    now, owed = timezone.now(), Delivery.objects.filter(cache=cache.address)
    with transaction.atomic():
        if owed.filter(attempts__gt=0, due__gt=now).exists():
            return []
        due = owed.filter(due__lte=now).order_by("due", "pk").select_for_update(skip_locked=True)
        rows = list(due[:ONE_BATCH])
        _these(rows).update(due=now + LEASE, attempts=F("attempts") + 1)
    return rows


def _requests(rows: Sequence["Delivery"], at_once: int) -> Iterator[Sequence[str]]:
    """The keys of many purges, each once, in as few requests as the cache takes."""
    keys = list(dict.fromkeys(key(topic) for row in rows for topic in row.topics.split(" ")))
    if EVERY_PAGE in keys:
        keys = [EVERY_PAGE]
    for start in range(0, len(keys), at_once):
        yield keys[start : start + at_once]


def _told(rows: Sequence["Delivery"]) -> None:
    """Once more after a moment; then nothing is owed."""
    with transaction.atomic():
        _these(row for row in rows if row.sent).delete()
        again = timezone.now() + AGAIN_AFTER
        _these(row for row in rows if not row.sent).update(sent=True, attempts=0, due=again, problem="")


def _put_off(cache: Cache, rows: Sequence["Delivery"], problem: NotDone) -> None:
    tries = 1 + max(row.attempts for row in rows)
    pause = max(problem.wait, min(LONGEST_PAUSE, 2.0**tries))
    _these(rows).update(due=timezone.now() + timedelta(seconds=pause), problem=str(problem))
    log.warning(
        "%s could not be told of %d purges: %s. Again in %d s.", cache.address, len(rows), problem, pause
    )


def _these(rows: Iterable["Delivery"]) -> "QuerySet[Delivery]":
    from newsroom.foundations.models import Delivery

    return Delivery.objects.filter(pk__in=[row.pk for row in rows])
