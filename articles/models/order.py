"""Stories in the order of time, and places in that order: how long lists are cut without counting."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.db import connection, models
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from newsroom.foundations.db.prepared import SQL, Param

if TYPE_CHECKING:
    from articles.models.article import Article, ArticleQuerySet  # noqa: F401
    from articles.models.cards import ArticleCard

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(1, 1, 3, tzinfo=UTC)  # two days after the first: every time zone can write it
LARGEST_KEY = 2**63 - 1
Keys = Param | list[int]  # a list, or a blank in a prepared query that is asked with one


class Cursor(NamedTuple):
    """A place in the order: the moment and the key of the story beside it. Written “5ae3…-2a” in URLs."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1):x}-{self.pk:x}"

    @classmethod
    def beside(cls, article: "Article | ArticleCard") -> "Cursor":
        """The place of a live story, which always has its moment."""
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


ARTICLES = Order("publish_at", "pk")


def listed_at() -> "models.DateTimeField[datetime | None, datetime | None]":
    """For a row by which a story stands in somebody's or something's list: the story's publish_at while the story is
    published, empty otherwise. So the list is a walk down that table's own index."""
    return models.DateTimeField(null=True, editable=False)


class InOrder(QuerySet["Article"]):
    """Chapter: what a list asks of the order."""

    def newest_first(self) -> Self:
        return self.order_by(*ARTICLES.newest_first())

    def oldest_first(self) -> Self:
        return self.newest_first().reverse()

    def first_of_each(
        self, sections: Keys, count: int, *, newest: bool = True, together: bool = False
    ) -> Self:
        """Of these articles the newest (or oldest) `count` of each of the sections, which are given by their keys; or of
        all of them `together`. Nothing but their keys is asked for then, or a database would rather walk the archive."""
        sql, params = first_of_each(self, "section", sections, ARTICLES, count, newest=newest)
        if together:
            way = "DESC" if newest else "ASC"
            sql = f"{sql} ORDER BY moment {way}, row {way} LIMIT {count:d}"
        articles: Any = self.model._default_manager
        found: Self = articles.filter(pk__in=RawSQL(f"SELECT row FROM ({sql}) AS firsts", params))  # noqa: S608, S611
        return found


def first_of_each(
    rows: QuerySet[Any], name: str, keys: Keys, order: Order, count: int, *, newest: bool = True
) -> SQL:
    """SQL for the newest (or oldest) `count` of these rows for each key of `name`: the article (`row`) and its moment.

    Each key is asked for its own by its own index. Asking for the first of them all makes a database search the whole
    archive for a quiet section's articles, or sort all of a busy one's.
    """
    ordered = rows.filter(**{name: RawSQL("each_key.value", [])}).order_by(*order.newest_first())
    firsts = (ordered if newest else ordered.reverse()).values(row=F(order.pk), moment=F(order.at))[:count]
    sql, params = firsts.query.sql_with_params()
    if connection.vendor == "postgresql":
        each = f"SELECT own.* FROM unnest(%s::bigint[]) AS each_key(value), LATERAL ({sql}) AS own"  # noqa: S608
        return each, [keys, *params]
    each = (
        "SELECT own.value ->> 0 AS row, own.value ->> 1 AS moment FROM json_each(%s) AS each_key, "  # noqa: S608
        f"json_each((SELECT json_group_array(json_array(row, moment)) FROM ({sql}))) AS own"
    )
    return each, [keys if isinstance(keys, Param) else json.dumps(keys), *params]
