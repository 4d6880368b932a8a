"""Stories in the order of time, and places in that order: how long lists are cut without counting."""

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Self

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models.workflow import PUBLISHED

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.sections import SectionQuerySet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONG_AGO, FAR_AHEAD = datetime(1, 1, 3, tzinfo=UTC), datetime(9999, 12, 29, tzinfo=UTC)
LARGEST_KEY = 2**63 - 1


class Cursor(NamedTuple):
    """A place in the order: the moment and the key of the story beside it. Written “5ae3…-2a” in addresses."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1):x}-{self.pk:x}"

    @classmethod
    def beside(cls, article: "Article") -> "Cursor":
        """The place of a live article, which always has its moment."""
        return cls(article.publish_at, article.pk)  # type: ignore[arg-type]

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """Raises ValueError for what __str__ does not write, and for a time to come: no story stands there."""
        parts = re.fullmatch(r"(-?[1-9a-f][0-9a-f]{0,13})-([1-9a-f][0-9a-f]{0,15})", text)
        moment, pk = (int(part, 16) for part in parts.groups()) if parts else (0, LARGEST_KEY + 1)
        try:
            at = EPOCH + timedelta(microseconds=moment)
        except OverflowError:
            raise ValueError(text) from None
        if pk > LARGEST_KEY or not LONG_AGO < at <= timezone.now():
            raise ValueError(text)
        return cls(at, pk)


class InOrder(QuerySet["Article"]):
    """Chapter: what a list asks of the order. Every condition is one that an index can begin at."""

    def newest_first(self) -> Self:
        return self.order_by("-publish_at", "-pk")

    def oldest_first(self) -> Self:
        return self.order_by("publish_at", "pk")

    def older_than(self, place: Cursor) -> Self:
        same_moment = Q(publish_at=place.at, pk__lt=place.pk)
        return self.filter(Q(publish_at__lt=place.at) | same_moment, publish_at__lte=place.at)

    def newer_than(self, place: Cursor) -> Self:
        same_moment = Q(publish_at=place.at, pk__gt=place.pk)
        return self.filter(Q(publish_at__gt=place.at) | same_moment, publish_at__gte=place.at)

    def first_of_each(self, sections: "SectionQuerySet", count: int, *, newest: bool = True) -> Self:
        """Of these live stories the newest (or oldest) `count` of each section, and those of the same moment.

        Each section is asked for its own by its own index. Asking for all of them at once would make the database
        search the whole archive for the stories of a quiet section, or sort all of a busy one.
        """
        nearer, farther = ("lte", "gte") if newest else ("gte", "lte")
        ordered = self.newest_first() if newest else self.oldest_first()
        moments = ordered.filter(section=OuterRef("pk")).values("publish_at")
        last = Coalesce(Subquery(moments[count - 1 : count]), Value(LONG_AGO if newest else FAR_AHEAD))
        keys = sections.annotate(nearest=Subquery(moments[:1]), farthest=last).filter(
            **{
                f"articles__publish_at__{nearer}": F("nearest"),
                f"articles__publish_at__{farther}": F("farthest"),
            },
            articles__state=PUBLISHED,
        )
        return self.filter(pk__in=keys.values("articles"))
