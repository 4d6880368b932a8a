"""What the caches in front are told: jobs of the outbox, written with the purge itself. No cache that is slow, down or
wrong can hold a verb or another cache up, and no crash can lose a purge."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task

from newsroom.foundations import outbox
from newsroom.foundations.pagecache.cdn.caches import EVERY_PAGE, caches, surrogate_key

# A page asked for in the instant of the change may come from a machine that has not heard of it yet (a second), from a
# rendering begun before, or from an nginx behind the network (three seconds). So everything is said twice.
AGAIN_AFTER = timedelta(seconds=5)
BEFORE_OTHER_WORK = 50


@task(priority=BEFORE_OTHER_WORK)
@outbox.joined
def purge_in_front(*keys: str, cache: str, again: bool = True) -> None:
    """Have this cache forget the pages that show any of these keys, and once more after a moment."""
    known = next((one for one in caches() if one.url == cache), None)
    if known is None:
        return  # it stands before us no more
    names = list(dict.fromkeys(map(surrogate_key, keys)))
    names = [EVERY_PAGE] if EVERY_PAGE in names else names
    for start in range(0, len(names), known.at_once):
        known.forget(names[start : start + known.at_once])
    if again:
        _before(cache, timezone.now() + AGAIN_AFTER).enqueue(*dict.fromkeys(keys), cache=cache, again=False)


def enqueue_purges(keys: Iterable[str], at: datetime | None) -> None:
    """Write down that every cache in front is to forget these keys, now or at that moment."""
    for cache in caches():
        _before(cache.url, at).enqueue(*dict.fromkeys(keys), cache=cache.url)


def take_back(keys: Iterable[str], at: datetime) -> None:
    """What was to be forgotten at that moment will not change."""
    if caches():
        outbox.take_back(purge_in_front, *dict.fromkeys(keys), at=at)


def waiting() -> outbox.Waiting:
    """The purges that the caches should have been told by now."""
    return outbox.waiting(purge_in_front)


def forget_old() -> int:
    """Remove what is owed to caches that are gone, or speaks of pages no cache has kept so long; how many."""
    from newsroom.foundations.models import Job

    long_ago = timezone.now() - timedelta(seconds=settings.KEPT_IN_FRONT_SECONDS) - outbox.LEASE
    strangers = ~Q(queue__in=[cache.url for cache in caches()])
    owed = Job.objects.filter(task=purge_in_front.module_path)
    return owed.filter(strangers | Q(since__lt=long_ago)).delete()[0]


def _before(cache: str, at: datetime | None) -> Task[..., None]:
    """The task in the line before this cache."""
    return purge_in_front.using(queue_name=cache, run_after=at)
