"""Stories in the order of time, and places in that order: how long lists are cut without counting."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Self

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

if TYPE_CHECKING:
    from articles.models.article import Article, ArticleQuerySet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(1, 1, 3, tzinfo=UTC)  # two days after the first: every time zone can write it
LARGEST_KEY = 2**63 - 1
A_SECTION = -1  # stands for any section's key, and is none
AT_ONCE = 400  # sections in one query; SQLite takes 500


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

    def older_than(self: "ArticleQuerySet", place: Cursor) -> "ArticleQuerySet":
        """Live stories beyond this place. Asked before published(), not after it: of two bounds of the same side
        SQLite begins at the first, and would walk down from the newest story."""
        same_moment = Q(publish_at=place.at, pk__lt=place.pk)
        return self.published(until=place.at).filter(Q(publish_at__lt=place.at) | same_moment)

    def newer_than(self: "ArticleQuerySet", place: Cursor) -> "ArticleQuerySet":
        """Live stories on this side of the place."""
        same_moment = Q(publish_at=place.at, pk__gt=place.pk)
        return self.published().filter(Q(publish_at__gt=place.at) | same_moment, publish_at__gte=place.at)

    def first_of_each(self, sections: Iterable[int], count: int, *, newest: bool = True) -> Self:
        """Of these stories the newest (or oldest) `count` of each of the sections, which are given by their keys.

        Each section is asked for its own by its own index. Asking for the first of them all makes a database search
        the whole archive for a quiet section's stories, or sort all of a busy one's. One query is made here for
        every few hundred sections.
        """
        ordered = self.newest_first() if newest else self.oldest_first()
        sql, params = ordered.filter(section=A_SECTION).values_list("pk")[:count].query.sql_with_params()
        keys: list[int] = []
        asked = list(sections)
        with connection.cursor() as cursor:
            for start in range(0, len(asked), AT_ONCE):
                some = asked[start : start + AT_ONCE]
                each = " UNION ALL ".join(
                    f"SELECT * FROM ({sql}) AS of_{number}"  # noqa: S608  (the SQL is Django's own)
                    for number in range(len(some))
                )
                cursor.execute(each, [pk if param == A_SECTION else param for pk in some for param in params])
                keys += [pk for (pk,) in cursor.fetchall()]
        return self.filter(pk__in=keys)
