"""What a feed says of one story."""

import re
from html import escape, unescape
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.urls import reverse

from articles.models import Byline
from articles.models.cards import ArticleCard, ArticleInFull
from articles.models.kinds import Kind
from articles.models.notes import ShownCorrection
from articles.paths import absolute
from articles.reading.formatting import in_words
from newsroom.foundations.text import printable

TAG = re.compile(r'<[a-z][a-z0-9]*(?:\s+[\w:-]+(?:="[^"]*")?)+\s*/?>')
ADDRESS = re.compile(r'(?<=\s)(href|src|cite|srcset)="([^"]*)"')
WRITERS = {Byline.Role.BY, Byline.Role.WITH}


class Subject(NamedTuple):
    """Something the story is filed under: `key` within the list kept at `domain`, and its name."""

    domain: str
    key: str
    name: str


def guid(article: ArticleCard) -> str:
    """Its name for ever (RFC 4151), whatever becomes of its URL."""
    return f"tag:{urlsplit(settings.SITE_ADDRESS).hostname},{article.published_on}:article/{article.pk}"


def title(article: ArticleCard) -> str:
    """The headline; what is not plain news, or is retracted, says so first, as it does on every page."""
    if article.is_retracted:
        return printable(article.headline_alone)
    plain = article.kind == Kind.NEWS
    return printable(article.headline if plain else f"{Kind(article.kind).label}: {article.headline}")


def writers(article: ArticleCard) -> list[tuple[str, str]]:
    """The name and page of everybody who wrote it."""
    people = [credit for credit in article.facts.credits if credit.role in WRITERS]
    return [(printable(person.name), absolute(person.get_absolute_url())) for person in people]


def subjects(article: ArticleCard) -> list[Subject]:
    """Its kind, its section and its topics."""
    section, tags = article.section, absolute(reverse("front") + "topics/")
    kind = Subject(absolute("/#kinds"), article.kind, str(Kind(article.kind).label))
    filed = Subject(absolute("/"), section.path, printable(section.name))
    return [kind, filed, *(Subject(tags, tag.slug, printable(tag.name)) for tag in article.facts.tags)]


def picture(article: ArticleCard) -> dict[str, Any] | None:
    """The lead picture at its largest, with its words."""
    shown = article.facts.picture
    if not shown:
        return None
    return {
        "url": absolute(shown.widest),
        "width": str(shown.widest_width),
        "height": str(shown.widest_height),
        "type": "image/jpeg",
        "caption": printable(shown.caption),
        "credit": printable(shown.credit),
    }


def text(article: ArticleInFull) -> str:
    """The story's HTML with the notes to readers around it and every URL in full, to be read anywhere.

    It has passed markup's last gate, so its tags and quotes are well formed; only URLs inside tags are touched.
    """
    return TAG.sub(lambda tag: _in_full(tag[0], article.url), printable(_with_notes(article)))


def _with_notes(article: ArticleInFull) -> str:
    """The notes on top, the text, the notes at its foot."""
    notes = article.notes
    top = [_noted(note) for note in notes if note.is_on_top]
    foot = [_noted(note) for note in notes if not note.is_on_top]
    return "".join([*top, article.body_html, *foot])


def _noted(note: ShownCorrection) -> str:
    heading = f"<p><strong>{escape(note.label)}, {in_words(note.moment, 'day')}</strong></p>"
    credit = f"<p><em>{escape(note.credit)}</em></p>" if note.credit else ""
    return f"{heading}{note.words}{credit}"


def _in_full(tag: str, base: str) -> str:
    def joined(name: str, value: str) -> str:
        if name == "srcset":
            return ", ".join(urljoin(base, candidate) for candidate in value.split(", "))
        return urljoin(base, value)

    return ADDRESS.sub(lambda found: f'{found[1]}="{escape(joined(found[1], unescape(found[2])))}"', tag)
