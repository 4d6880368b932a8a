"""Stories in the order of time, and places in that order: how long lists are cut without counting."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.db import connection, models
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from newsroom.foundations.questions import Blank, Put

if TYPE_CHECKING:
    from articles.models.article import Article, ArticleQuerySet  # noqa: F401
    from articles.models.teasers import Told

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(1, 1, 3, tzinfo=UTC)  # two days after the first: every time zone can write it
LARGEST_KEY = 2**63 - 1
AT_ONCE = 400  # parts of one statement; SQLite takes 500


class Cursor(NamedTuple):
    """A place in the order: the moment and the key of the story beside it. Written “5ae3…-2a” in addresses."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1):x}-{self.pk:x}"

    @classmethod
    def beside(cls, story: "Told") -> "Cursor":
        """The place of a live story, which always has its moment."""
        return cls(story.publish_at, story.pk)  # type: ignore[arg-type]

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


class Order(NamedTuple):
    """Under which names a table keeps the order: the story's moment and its key. Every condition made of them is one
    that an index can begin at."""

    at: str
    pk: str

    def newest_first(self) -> tuple[str, str]:
        return f"-{self.at}", f"-{self.pk}"

    def until(self, moment: Any) -> Q:
        return Q(**{f"{self.at}__lte": moment})

    def beyond(self, place: Cursor) -> Q:
        """Older than the story at this place."""
        same_moment = Q(**{self.at: place.at, f"{self.pk}__lt": place.pk})
        return self.until(place.at) & (Q(**{f"{self.at}__lt": place.at}) | same_moment)

    def before(self, place: Cursor) -> Q:
        """Newer than the story at this place."""
        same_moment = Q(**{self.at: place.at, f"{self.pk}__gt": place.pk})
        return Q(**{f"{self.at}__gte": place.at}) & (Q(**{f"{self.at}__gt": place.at}) | same_moment)


STORIES = Order("publish_at", "pk")


def listed_at() -> "models.DateTimeField[datetime | None, datetime | None]":
    """For a row by which a story stands in somebody's or something's list: the story's publish_at while the story is
    published, empty otherwise. So the list is a walk down that table's own index."""
    return models.DateTimeField(null=True, editable=False)


class InOrder(QuerySet["Article"]):
    """Chapter: what a list asks of the order."""

    def newest_first(self) -> Self:
        return self.order_by(*STORIES.newest_first())

    def oldest_first(self) -> Self:
        return self.newest_first().reverse()

    def first_of_each(
        self, sections: Iterable[Any], count: int, *, newest: bool = True, together: bool = False
    ) -> Self:
        """Of these stories the newest (or oldest) `count` of each of the sections, which are given by their keys;
        or of all of them `together`.

        Each section is asked for its own by its own index. Asking for the first of them all makes a database search
        the whole archive for a quiet section's stories, or sort all of a busy one's.
        """
        if not (keys := list(sections)):
            return self.none()
        return self.filter(pk__in=RawSQL(*self.firsts(keys, count, newest=newest, together=together)))  # noqa: S611

    def firsts(self, keys: list[Any], count: int, *, newest: bool, together: bool) -> Put:
        """Their keys, in SQL."""
        ordered = self.newest_first() if newest else self.oldest_first()
        firsts = ordered.filter(section=EACH).values_list("pk", "publish_at")[:count]
        sql, params = for_each(keys, *firsts.query.sql_with_params())
        if together:
            way = "DESC" if newest else "ASC"
            sql += f" ORDER BY publish_at {way}, pk {way} LIMIT {count:d}"
        return f"SELECT pk FROM ({sql}) AS firsts", params  # noqa: S608


EACH = RawSQL("%s", [Blank("each")])  # stands for one key of many


def for_each(keys: Sequence[Any], sql: str, params: Sequence[Any]) -> tuple[str, list[Any]]:
    """What this SQL asks about EACH, asked about every one of the keys, as one statement."""
    if connection.vendor == "postgresql":
        lateral = _filled(sql, params, "each_one.pk")
        given = keys[0] if isinstance(keys[0], Blank) else keys
        all_of_them = f"SELECT own.* FROM unnest(%s::bigint[]) AS each_one(pk), LATERAL ({lateral}) AS own"  # noqa: S608
        return all_of_them, [given, *(param for param in params if param != Blank("each"))]
    each = [key if param == Blank("each") else param for key in keys for param in params]
    return _one_after_the_other([f"SELECT * FROM ({sql})"] * len(keys)), each  # noqa: S608


def left_open(keys: list[int]) -> tuple[tuple[Blank, ...], dict[str, Any]]:
    """Keys for a Question about each of them, and what it is asked with. PostgreSQL takes them all as one value, so
    that any number of them makes the same question; for SQLite their number is part of it."""
    if connection.vendor == "postgresql":
        return (Blank("keys"),), {"keys": keys}
    named = {f"key{number}": key for number, key in enumerate(keys)}
    return tuple(map(Blank, named)), named


def _filled(sql: str, params: Iterable[Any], each: str) -> str:
    """The SQL with this in the place of EACH."""
    first, *others = sql.split("%s")
    filled = (each if param == Blank("each") else "%s" for param in params)
    return first + "".join(part for pair in zip(filled, others, strict=True) for part in pair)


def _one_after_the_other(parts: list[str]) -> str:
    if len(parts) <= AT_ONCE:
        return " UNION ALL ".join(parts)
    groups = (parts[start : start + AT_ONCE] for start in range(0, len(parts), AT_ONCE))
    return " UNION ALL ".join(f"SELECT * FROM ({_one_after_the_other(group)} LIMIT -1)" for group in groups)  # noqa: S608
