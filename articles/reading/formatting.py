"""How a story looks on a page: what cards of each weight show, who signed, when, and how long reading takes.

The paper speaks one language and lives in one time zone, so what has been put into words once is kept.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy, ngettext, override, pgettext

from articles.models import Article, Byline, Page
from articles.models.facts import Credit
from newsroom.foundations import markup


class Weight(NamedTuple):
    """What a card of this weight shows besides label and headline. `sizes` is how wide its picture stands."""

    sizes: str = ""
    text: bool = False
    signed: bool = False
    dated: bool = False
    narrow: bool = False


WEIGHTS = {
    "lead": Weight(
        "(width >= 78rem) 47rem, (width >= 46rem) 62vw, 100vw", text=True, signed=True, dated=True
    ),
    "feature": Weight("(width >= 78rem) 43rem, (width >= 40rem) 56vw, 100vw", text=True),
    "standard": Weight("(width >= 62rem) 18rem, (width >= 40rem) 48vw, 100vw"),
    "row": Weight("(width >= 54rem) 13rem, 26vw", text=True, dated=True),
    "plain": Weight(dated=True, narrow=True),
    "opinion": Weight(signed=True),
}


def article_text(written: Article | Page) -> SafeString:
    """The body as it was rendered and cleaned when it was adopted."""
    return markup.stored(written.body_html)


@lru_cache(maxsize=256)
def time_to_read(minutes: int) -> str:
    with override(settings.LANGUAGE_CODE):
        return ngettext("%(minutes)s min read", "%(minutes)s min read", minutes) % {"minutes": minutes}


# When


def stamp(at: datetime, length: str = "full") -> SafeString:
    """A moment in the paper's own time zone. Always absolute: a page may be read long after it was rendered."""
    return _stamp(at, length, timezone.get_default_timezone_name())


@lru_cache(maxsize=4096)
def _stamp(at: datetime, length: str, _zone: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', to_machines(at), in_words(at, length))


def to_machines(at: datetime) -> str:
    """2026-11-22T09:12:00-05:00"""
    return _here(at).isoformat(timespec="seconds")


def in_words(at: datetime, length: str) -> str:
    """“22 November 2026, 09:12 EST”; its day alone, or without the zone and `short`."""
    here = _here(at)
    day = _day(here.date(), length)
    if length == "day":
        return day
    zone = here.tzname() if length == "full" else None
    return _clock(here.hour, here.minute, zone or "").format(day=day)


def _here(at: datetime) -> datetime:
    return at.astimezone(timezone.get_default_timezone())


# Days come again, and so do minutes of the day; moments hardly ever.


@lru_cache(maxsize=4096)
def _day(day: date, length: str) -> str:
    with override(settings.LANGUAGE_CODE):
        whole, short = pgettext("day of publication", "j F Y"), pgettext("day, short", "j M Y")
        return date_format(day, short if length == "short" else whole)


@lru_cache(maxsize=4096)
def _clock(hour: int, minute: int, zone: str) -> str:
    """“{day}, 09:12 EST”"""
    with override(settings.LANGUAGE_CODE):
        phrase = gettext("{day}, {time} {zone}") if zone else gettext("{day}, {time}")
        told = time_format(time(hour, minute), pgettext("time of day", "H:i"))
        return phrase.format(day="{day}", time=told, zone=zone)


# Who

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


@lru_cache(maxsize=1024)
def credits_line(credits: Sequence[Credit], *, links: bool = True) -> SafeString:
    """“By Ana Beltrán and Marc Tremblay; photographs by Priya Raman”. Empty when nobody signed."""
    named = _linked if links else _named
    phrases, wording = [], OPENING
    with override(settings.LANGUAGE_CODE):
        for role, theirs in groupby(credits, key=lambda credit: credit.role):
            names = _joined([named(credit) for credit in theirs])
            phrases.append((format_html(str(wording[Byline.Role(role)]), names=names),))
            wording = FOLLOWING
    return format_html_join("; ", "{}", phrases)


def _linked(credit: Credit) -> SafeString:
    return format_html('<a rel="author" href="{}"><bdi>{}</bdi></a>', credit.get_absolute_url(), credit.name)


def _named(credit: Credit) -> SafeString:
    return format_html("<bdi>{}</bdi>", credit.name)


def _joined(names: list[SafeString]) -> SafeString:
    """“A”, “A and B”, “A, B and C”."""
    if len(names) == 1:
        return names[0]
    before = format_html_join(gettext(", "), "{}", ((name,) for name in names[:-1]))
    return format_html(gettext("{names} and {last}"), names=before, last=names[-1])
