"""How many stories appeared on each day, so that the maps for search engines need not count the archive."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import denormalised

if TYPE_CHECKING:
    from articles.models.article import ArticleQuerySet


class Month(NamedTuple):
    """What the map of all maps says of a month in which stories appeared."""

    first: date
    stories: int
    changed_at: datetime


class DayQuerySet(models.QuerySet["Day"]):
    def recount(self, *days: date | None) -> None:
        """Count these days' stories anew. Two verbs at once wait for each other, lest one overlook the other's story."""
        for day in sorted(day for day in set(days) if day):
            row, _made = self.select_for_update().get_or_create(
                day=day, defaults={"month": day.replace(day=1)}
            )
            if counted := counted_by_day(_ours().filter(published_on=day)):
                self.filter(day=day).update(**counted[day])
            else:
                row.delete()

    def rebuild(self) -> None:
        """Count all days of the archive anew, each under its own lock, for verbs and readers go on meanwhile."""
        dated = (
            _ours().exclude(published_on=None).order_by().values_list("published_on", flat=True).distinct()
        )
        for day in sorted({*dated, *self.values_list("day", flat=True)}):
            with transaction.atomic():
                self.recount(day)

    def by_month(self) -> list[Month]:
        """Months with stories before readers, the latest first. One query; two more for a month in which a story's
        time has come that nobody has counted yet."""
        facts = {
            "total": models.Sum("stories"),
            "changed": models.Max("changed_at"),
            "until": models.Min("true_until"),
        }
        rows = self.order_by("-month").values_list("month").annotate(**facts)
        months = [self._as_it_is(*row) for row in rows]
        return [month for month in months if month.stories]

    def filled(self) -> "DayQuerySet":
        """With stories before readers."""
        return self.filter(models.Q(stories__gt=0) | models.Q(true_until__lte=timezone.now()))

    def _as_it_is(
        self, first: date, stories: int, changed_at: datetime, true_until: datetime | None
    ) -> Month:
        if true_until is None or true_until > timezone.now():
            return Month(first, stories, changed_at)
        days = list(self.filter(month=first).values_list("day", flat=True))
        counted = counted_by_day(_ours().filter(published_on__in=days)).values()
        filled = [facts for facts in counted if facts["stories"]]
        return Month(
            first,
            sum(f["stories"] for f in filled),
            max((f["changed_at"] for f in filled), default=changed_at),
        )


def counted_by_day(stories: "ArticleQuerySet") -> dict[date, dict[str, Any]]:
    """What a Day says of these stories, by their days, as it is at this moment."""
    now = timezone.now()
    live, ahead = models.Q(publish_at__lte=now), models.Q(publish_at__gt=now)
    counted = (
        stories.order_by()
        .values("published_on")
        .annotate(
            stories=models.Count("pk", filter=live),
            changed_at=models.Max(Coalesce("updated_at", "publish_at"), filter=live),
            true_until=models.Min("publish_at", filter=ahead),
        )
    )
    return {row.pop("published_on"): row for row in counted}


def _ours() -> "ArticleQuerySet":
    """Of our own, before readers or on their way: another paper's belong in that paper's map."""
    return denormalised.articles().in_print().filter(canonical_url="")


class Day(models.Model):
    """One row is one day dated on which stories of our own are or will be before readers. Derived from the stories by
    every verb; `true_until` is when the first of those still to come appears."""

    day = models.DateField(primary_key=True)
    month = models.DateField()  # its first day
    stories = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)
    true_until = models.DateTimeField(null=True)

    objects = DayQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.day)
