"""Listings: the lists of live articles that readers page through, newest first. A listing is read in slices: its newest
articles, those older than a keyset cursor, the nearest that are newer. Each slice is one prepared query that begins at
the cursor in an index, so page 5,000 costs what page 2 costs."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple, TypeVar

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles.models import Article, Byline, TaggedArticle
from articles.models.bylines import CREDITS
from articles.models.cards import ArticleCard
from articles.models.order import ARTICLES, Cursor, Order
from articles.models.tags import TAGGINGS
from newsroom.foundations.db.prepared import Param, PreparedQuery, any_of, param

C = TypeVar("C", bound=ArticleCard)
NEWEST, OLDER, NEWER = "newest", "older", "newer"


class Slice(NamedTuple):
    """So many articles: the newest, those older than the cursor, or the nearest that are newer (these oldest first)."""

    direction: str
    length: int

    def of(self, rows: QuerySet[Any], order: Order) -> Any:
        """These rows, by which articles are listed in this order, cut to the slice."""
        return self.sorted(self.within(rows, order), order)[: self.length]

    def within(self, rows: QuerySet[Any], order: Order) -> Any:
        cursor = Cursor(param("at"), param("pk"))
        if self.direction == OLDER:
            return rows.filter(order.beyond(cursor))  # which is not in the future
        rows = rows.filter(order.until(param("now")))
        return rows.filter(order.before(cursor)) if self.direction == NEWER else rows

    def sorted(self, rows: QuerySet[Any], order: Order) -> Any:
        newest_first = rows.order_by(*order.newest_first())
        return newest_first.reverse() if self.direction == NEWER else newest_first


# The articles in a slice of each kind of listing.


def _of_the_paper(part: Slice) -> Any:
    return part.of(Article.objects.in_print(), ARTICLES)


def _in_section(part: Slice) -> Any:
    return part.of(Article.objects.in_print().filter(section=param("key")), ARTICLES)


def _in_sections(part: Slice) -> Any:
    live, newest = part.within(Article.objects.in_print(), ARTICLES), part.direction != NEWER
    firsts = live.first_of_each(Param("keys"), part.length, newest=newest, together=True)
    return part.sorted(firsts, ARTICLES)


def _about(part: Slice) -> Any:
    taggings = part.of(TaggedArticle.objects.filter(tag=param("key")), TAGGINGS)
    return part.sorted(Article.objects.in_print().filter(pk__in=taggings.values("content_object")), ARTICLES)


def _by(part: Slice) -> Any:
    # Somebody may be credited twice on an article, for its words and its pictures.
    credits = Byline.objects.filter(contributor=param("key")).values("article").distinct()
    sql, params = part.of(credits, CREDITS).query.sql_with_params()  # which names the moment as well
    keys = RawSQL(f"SELECT article FROM ({sql}) AS credited", params)  # noqa: S608, S611
    return part.sorted(Article.objects.in_print().filter(pk__in=keys), ARTICLES)


class Listing(NamedTuple):
    """One listing: `articles` are those in a slice of it, found with these `values`."""

    articles: Callable[[Slice], Any]
    values: dict[str, Any]

    def newest(self, count: int, card: type[C] = ArticleCard) -> list[C]:  # type: ignore[assignment]
        return self._slice(Slice(NEWEST, count), card, now=timezone.now())

    def older(self, cursor: Cursor, count: int) -> list[ArticleCard]:
        return self._slice(Slice(OLDER, count), ArticleCard, **cursor._asdict())

    def newer(self, cursor: Cursor, count: int) -> list[ArticleCard]:
        """The nearest first, which is the oldest."""
        return self._slice(Slice(NEWER, count), ArticleCard, now=timezone.now(), **cursor._asdict())

    def _slice(self, part: Slice, card: type[C], **values: Any) -> list[C]:
        query = _prepared(self.articles, part, card)  # type: ignore[arg-type]
        return card.read(query.rows(**self.values, **values))


@cache
def _prepared(articles: Callable[[Slice], Any], part: Slice, card: type[ArticleCard]) -> PreparedQuery:
    return PreparedQuery(lambda: articles(part).values_list(*card.COLUMNS))


def of_the_paper() -> Listing:
    return Listing(_of_the_paper, {})


def in_sections(keys: list[int]) -> Listing:
    """In these sections, together."""
    if len(keys) == 1:
        return Listing(_in_section, {"key": keys[0]})
    return Listing(_in_sections, {"keys": keys})


def about(tag: int) -> Listing:
    return Listing(_about, {"key": tag})


def by(contributor: int) -> Listing:
    return Listing(_by, {"key": contributor})


BY_KEYS = PreparedQuery(
    lambda: (
        Article.objects.in_print()
        .filter(ARTICLES.until(param("now")), pk__in=any_of("keys"))
        .values_list(*ArticleCard.COLUMNS)
    )
)


def cards(keys: Iterable[int]) -> dict[int, ArticleCard]:
    """The cards of these articles, if they are live."""
    found = BY_KEYS.rows(now=timezone.now(), keys=list(keys))
    return {article.pk: article for article in ArticleCard.read(found)}
