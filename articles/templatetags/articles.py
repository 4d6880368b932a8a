"""How a story looks among others: its card in a given weight, its picture, who signed it and when."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, pgettext

from articles.models import Article, Byline, Contributor, Image, Page
from newsroom.foundations import markup

register = template.Library()


class Weight(NamedTuple):
    """What a card of this weight shows besides label and headline. `sizes` is how wide its picture stands."""

    sizes: str = ""
    text: bool = False
    signed: bool = False
    dated: bool = False


WEIGHTS = {
    "lead": Weight(
        "(width >= 78rem) 47rem, (width >= 46rem) 62vw, 100vw", text=True, signed=True, dated=True
    ),
    "feature": Weight("(width >= 78rem) 43rem, (width >= 40rem) 56vw, 100vw", text=True),
    "standard": Weight("(width >= 62rem) 18rem, (width >= 40rem) 48vw, 100vw"),
    "row": Weight("(width >= 54rem) 13rem, 26vw", text=True, dated=True),
    "plain": Weight(dated=True),
    "opinion": Weight(signed=True),
}


@register.inclusion_tag("articles/_card.html")
def card(
    article: Article, weight: str = "standard", *, level: int = 3, eager: bool = False, without: str = ""
) -> dict[str, Any]:
    """One story among others. `level` is its heading's; `without` is a label not worth saying, as it stands above."""
    label = "" if article.label == without else article.label
    facts = {"article": article, "label": label, "level": level, "eager": eager}
    return {**facts, "weight": weight, "shows": WEIGHTS[weight]}


@register.inclusion_tag("articles/_picture.html")
def picture(image: Image, sizes: str, *, alt: str | None = None, eager: bool = False) -> dict[str, Any]:
    """`alt` is the article's own description of it, or the picture's. `eager` is for the first picture of a page."""
    alt = image.alt if alt is None else alt
    return {"image": image, "sizes": sizes, "alt": "" if image.decorative else alt, "eager": eager}


@register.simple_tag
def social_picture(article: Article) -> dict[str, Any] | None:
    """What other sites show beside a link to the article."""
    if not article.picture:
        return None
    widest = article.picture.widest()
    address = urljoin(settings.SITE_ADDRESS, widest.url)
    return {"address": address, "width": widest.width, "height": widest.height, "alt": article.alt()}


@register.simple_tag
def story_text(written: Article | Page) -> SafeString:
    """The body as it was rendered and cleaned when it was adopted."""
    return markup.stored(written.body_html)


@register.simple_tag
def data_block(json: str) -> SafeString:
    """JSON-LD for machines: a script element that runs nothing, and that no text inside it can close."""
    escaped = json.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"})
    return format_html('<script type="application/ld+json">{}</script>', markup.stored(escaped))


@register.simple_tag
def stamp(at: datetime | None, style: str = "full") -> str | SafeString:
    """A moment in the paper's own time zone. Always absolute: a page may be read long after it was rendered."""
    if at is None:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>', to_machines(at), _in_words(timezone.localtime(at), style)
    )


@register.filter
def to_machines(at: datetime) -> str:
    """2026-11-22T09:12:00-05:00"""
    return timezone.localtime(at).isoformat(timespec="seconds")


def _in_words(there: datetime, style: str) -> str:
    formats = {
        "full": pgettext("date and time of publication", "j F Y, H:i T"),
        "day": pgettext("day of publication", "j F Y"),
        "short": pgettext("day and time, short", "j M Y, H:i"),
    }
    return date_format(there, formats[style])


OPENING = {
    Byline.Role.BY: gettext_lazy("By {names}"),
    Byline.Role.WITH: gettext_lazy("With {names}"),
    Byline.Role.PHOTOGRAPHS: gettext_lazy("Photographs by {names}"),
    Byline.Role.TRANSLATED: gettext_lazy("Translated by {names}"),
}
FOLLOWING = {
    Byline.Role.BY: gettext_lazy("by {names}"),
    Byline.Role.WITH: gettext_lazy("with {names}"),
    Byline.Role.PHOTOGRAPHS: gettext_lazy("photographs by {names}"),
    Byline.Role.TRANSLATED: gettext_lazy("translated by {names}"),
}


@register.simple_tag
def credits_line(credits: Iterable[Byline], *, links: bool = True) -> SafeString:
    """“By Ana Beltrán and Marc Tremblay; photographs by Priya Raman”. Empty when nobody signed."""
    named = _linked if links else _named
    phrases, wording = [], OPENING
    for role, bylines in groupby(credits, key=lambda byline: byline.role):
        names = _joined([named(byline.contributor) for byline in bylines])
        phrases.append((format_html(str(wording[Byline.Role(role)]), names=names),))
        wording = FOLLOWING
    return format_html_join("; ", "{}", phrases)


def _linked(contributor: Contributor) -> SafeString:
    return format_html(
        '<a rel="author" href="{}"><bdi>{}</bdi></a>', contributor.get_absolute_url(), contributor.name
    )


def _named(contributor: Contributor) -> SafeString:
    return format_html("<bdi>{}</bdi>", contributor.name)


def _joined(names: list[SafeString]) -> SafeString:
    """“A”, “A and B”, “A, B and C”."""
    if len(names) == 1:
        return names[0]
    before = format_html_join(gettext(", "), "{}", ((name,) for name in names[:-1]))
    return format_html(gettext("{names} and {last}"), names=before, last=names[-1])
