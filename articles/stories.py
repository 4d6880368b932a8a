"""A story for its own page: one question, answered from one row."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from articles import showing
from articles.models import Article
from articles.models.order import STORIES
from articles.tree import tree
from newsroom.foundations import pagecache
from newsroom.foundations.questions import Question, blank

REMEMBERED = 100  # stories, texts included: those whose pages are made again, with each comment
UNSHOWN = {"body", "body_text"}  # what the page's text was rendered from
SHOWN = [field.attname for field in Article._meta.concrete_fields if field.name not in UNSHOWN]
LIVE_AT = Question(
    lambda: (
        Article.objects.in_print()
        .filter(STORIES.until(blank("now")), published_on=blank("day"), slug=blank("slug"))
        .values_list(*SHOWN)
    )
)


class Address(NamedTuple):
    """What of a story's address is its own; the rest is its section's."""

    day: date
    slug: str


def live_at(day: date, slug: str) -> Article | None:
    """The live story of this day and slug. Shared by all pages: to be read, never changed."""
    address = Address(day, slug)
    return _live_at([address]).get(address)


def _itself(_address: Address, article: Article) -> Iterator[str]:
    yield from ("sections", *showing.whole(article, tree().trail(article.section)))


@pagecache.remembered_parts(_itself, most=REMEMBERED)
def _live_at(addresses: Sequence[Address]) -> dict[Address, Article]:
    now = timezone.now()
    return {address: _read(row) for address in addresses for row in LIVE_AT.ask(now=now, **address._asdict())}


def _read(row: tuple[object, ...]) -> Article:
    """Its section comes from memory."""
    article = Article.from_db(DEFAULT_DB_ALIAS, SHOWN, row)
    article.section = tree().section(article.section_id)
    article.dress()
    return article
