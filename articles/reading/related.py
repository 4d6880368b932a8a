"""What to read next: articles about the same things, then articles from the same section."""

from typing import Any

from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles.models import Article, TaggedArticle
from articles.models.cards import ArticleCard
from articles.models.order import ARTICLES, first_of_each
from articles.models.tags import TAGGINGS
from newsroom.foundations.db.prepared import SQL, Param, PreparedQuery, param

SHOWN = 4
LOOKED_AT = 40  # articles of each tag: beyond the newest of them nothing is news


def related_to(article: Article) -> list[ArticleCard]:
    """The live articles sharing most tags with this one, newer before older, then its section's newest. One query."""
    tags = sorted({topic.pk for topic in article.facts.topics if topic.pk})
    rows = CANDIDATES.rows(now=timezone.now(), section=article.section_id, itself=article.pk, keys=tags)
    return sorted(ArticleCard.read(rows), key=lambda other: -shared(other, tags))[:SHOWN]


def shared(other: ArticleCard, tags: list[int]) -> int:
    return sum(topic.pk in tags for topic in other.facts.topics)


def _candidates() -> Any:
    live = Article.objects.in_print().filter(ARTICLES.until(param("now")))
    near = live.filter(section=param("section")).newest_first().values("pk")[: SHOWN + 1]
    (near_sql, near_params), (alike_sql, alike_params) = near.query.sql_with_params(), _alike()
    sql = f"SELECT * FROM ({near_sql}) AS near UNION ALL SELECT * FROM ({alike_sql}) AS alike"  # noqa: S608
    found = live.filter(pk__in=RawSQL(sql, [*near_params, *alike_params])).exclude(pk=param("itself"))  # noqa: S611
    return found.newest_first().values_list(*ArticleCard.COLUMNS)


def _alike() -> SQL:
    """SQL for the keys of the articles that most of these tags have among their newest."""
    live = TaggedArticle.objects.filter(TAGGINGS.until(param("now")))
    sql, params = first_of_each(live, "tag", Param("keys"), TAGGINGS, LOOKED_AT)
    most = f"GROUP BY row ORDER BY COUNT(*) DESC, MAX(moment) DESC LIMIT {SHOWN + 1}"
    return f"SELECT row FROM ({sql}) AS tagged {most}", params  # noqa: S608


CANDIDATES = PreparedQuery(_candidates)
