"""A story for its own page: one question, answered from one row."""

from datetime import date

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from articles.models import Article
from articles.models.order import STORIES
from articles.tree import tree
from newsroom.foundations.questions import Question, blank

UNSHOWN = {"body", "body_text"}  # what the page's text was rendered from
SHOWN = [field.attname for field in Article._meta.concrete_fields if field.name not in UNSHOWN]
LIVE_AT = Question(
    lambda: (
        Article.objects.in_print()
        .filter(STORIES.until(blank("now")), published_on=blank("day"), slug=blank("slug"))
        .values_list(*SHOWN)
    )
)


def live_at(day: date, slug: str) -> Article | None:
    """The live story of this day and slug. Its section comes from memory."""
    for row in LIVE_AT.ask(now=timezone.now(), day=day, slug=slug):
        article = Article.from_db(DEFAULT_DB_ALIAS, SHOWN, row)
        article.section = tree().section(article.section_id)
        article.dress()
        return article
    return None
