"""What to read next: stories about the same things, then stories from the same place."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles import showing
from articles.models import Article, TaggedArticle
from articles.models.order import EACH, STORIES, for_each, left_open
from articles.models.tags import TAGGINGS
from articles.models.teasers import Teaser
from newsroom.foundations import pagecache
from newsroom.foundations.questions import Question, blank

SHOWN = 4
REMEMBERED = 100  # stories beside which something stands: those whose pages are made again, with each comment
LOOKED_AT = 40  # stories of each topic: beyond the newest of them nothing is news


class Place(NamedTuple):
    """Where a story stands among others."""

    article: int
    section: int
    topics: tuple[int, ...]


def related_to(article: Article) -> list[Teaser]:
    """The live stories sharing most topics with this one, newer before older, then its section's newest. One query
    at most."""
    topics = sorted({topic.pk for topic in article.facts.topics if topic.pk})
    place = Place(article.pk, article.section_id, tuple(topics))
    return _related([place])[place]


def _beside(place: Place, related: list[Teaser]) -> Iterator[str]:
    yield from ("sections", f"newest:section:{place.section}")
    yield from (f"newest:tag:{topic}" for topic in place.topics)
    yield from showing.cards(related)


@pagecache.remembered_parts(_beside, most=REMEMBERED, seldom=True)
def _related(places: Sequence[Place]) -> dict[Place, list[Teaser]]:
    return {place: _found(place) for place in places}


def _found(place: Place) -> list[Teaser]:
    parts, asked = left_open(list(place.topics)) if place.topics else ((), {})
    rows = _question(parts).ask(now=timezone.now(), section=place.section, itself=place.article, **asked)
    return sorted(Teaser.read(rows), key=lambda other: -shared(other, place.topics))[:SHOWN]


def shared(other: Teaser, topics: Sequence[int]) -> int:
    return sum(topic.pk in topics for topic in other.facts.topics)


@lru_cache(maxsize=100)
def _question(topics: tuple[Any, ...]) -> Question:
    return Question(lambda: _candidates(topics).newest_first().values_list(*Teaser.COLUMNS))


def _candidates(topics: tuple[Any, ...]) -> Any:
    live = Article.objects.in_print().filter(STORIES.until(blank("now")))
    near = live.filter(section=blank("section")).newest_first().values_list("pk")[: SHOWN + 1]
    sql, params = near.query.sql_with_params()
    sql, asked = f"SELECT * FROM ({sql}) AS near", list(params)  # noqa: S608
    if topics:
        alike, of_topics = _alike(topics)
        sql, asked = f"{sql} UNION ALL {alike}", [*asked, *of_topics]
    return live.filter(pk__in=RawSQL(sql, asked)).exclude(pk=blank("itself"))  # noqa: S611


def _alike(topics: tuple[Any, ...]) -> tuple[str, list[Any]]:
    """The keys of the stories that most of these topics have among their newest."""
    live = TaggedArticle.objects.filter(TAGGINGS.until(blank("now")), tag=EACH)
    newest = live.order_by(*TAGGINGS.newest_first()).values_list("content_object", "live_at")[:LOOKED_AT]
    sql, params = for_each(topics, *newest.query.sql_with_params())
    most = f"GROUP BY content_object ORDER BY COUNT(*) DESC, MAX(live_at) DESC LIMIT {SHOWN + 1}"
    return f"SELECT * FROM (SELECT content_object FROM ({sql}) AS told {most}) AS alike", params  # noqa: S608
