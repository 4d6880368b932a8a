"""What to read next: stories about the same things, then stories from the same place."""

from functools import lru_cache
from typing import Any

from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles.models import Article, TaggedArticle
from articles.models.order import EACH, STORIES, for_each, left_open
from articles.models.tags import TAGGINGS
from articles.models.teasers import Teaser
from newsroom.foundations.questions import Question, blank

SHOWN = 4
LOOKED_AT = 40  # stories of each topic: beyond the newest of them nothing is news


def related_to(article: Article) -> list[Teaser]:
    """The live stories sharing most topics with this one, newer before older, then its section's newest. One query."""
    topics = {topic.pk for topic in article.facts.topics if topic.pk}
    parts, asked = left_open(sorted(topics)) if topics else ((), {})
    rows = _question(parts).ask(now=timezone.now(), section=article.section_id, itself=article.pk, **asked)
    return sorted(Teaser.read(rows), key=lambda other: -shared(other, topics))[:SHOWN]


def shared(other: Teaser, topics: set[int]) -> int:
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
