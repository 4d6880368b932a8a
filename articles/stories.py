"""A story for its own page: one question, answered from one row."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from articles import showing, structured
from articles.models import Article, Section
from articles.models.order import STORIES
from articles.tree import tree
from newsroom.foundations import pagecache, paper
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


class Story(NamedTuple):
    """A live story, the way to it from the front page, and what machines are told about both. Shared by all pages: to be
    read, never changed."""

    article: Article
    trail: list[Section]
    structured_data: list[str]


def live_at(day: date, slug: str) -> Story | None:
    """The live story of this day and slug."""
    address = Address(day, slug)
    return _live_at([address]).get(address)


def _itself(_address: Address, story: Story) -> Iterator[str]:
    yield from ("paper", "sections", *showing.whole(story.article, story.trail))


@pagecache.remembered_parts(_itself, most=REMEMBERED, seldom=True)
def _live_at(addresses: Sequence[Address]) -> dict[Address, Story]:
    now = timezone.now()
    return {address: _read(row) for address in addresses for row in LIVE_AT.ask(now=now, **address._asdict())}


def _read(row: tuple[object, ...]) -> Story:
    """Sections come from memory."""
    sections = tree()
    article = Article.from_db(DEFAULT_DB_ALIAS, SHOWN, row)
    article.section = sections.section(article.section_id)
    article.dress()
    trail = sections.trail(article.section)
    return Story(article, trail, structured.story(article, paper.current()))
