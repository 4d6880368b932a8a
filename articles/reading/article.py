"""An article for its own page: one prepared query, answered from one row."""

from datetime import date

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from articles.models import Article
from articles.models.order import ARTICLES
from articles.models.section_tree import tree
from newsroom.foundations import markup
from newsroom.foundations.db.prepared import PreparedQuery, param

UNSHOWN = {"body", "body_text"}  # what the page's text was rendered from
COLUMNS = [field.attname for field in Article._meta.concrete_fields if field.name not in UNSHOWN]
LIVE_AT = PreparedQuery(
    lambda: (
        Article.objects.in_print()
        .filter(ARTICLES.until(param("now")), published_on=param("day"), slug=param("slug"))
        .values_list(*COLUMNS)
    )
)


def live_at(day: date, slug: str) -> Article | None:
    """The live article of this day and slug, with its section; its text as today's version of ours renders it."""
    for row in LIVE_AT.rows(now=timezone.now(), day=day, slug=slug):
        article = Article.from_db(DEFAULT_DB_ALIAS, COLUMNS, row)
        article.section = tree().section(article.section_id)
        if article.rendered_version != markup.VERSION:
            article.render_if_outdated()
        return article
    return None
