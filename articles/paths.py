"""What a URL of ours may look like: slugs, the words that pages of the site itself have taken, and how the
URLs that stand on a page a hundred times are written without asking Django a hundred times."""

import re
from datetime import date
from functools import cache
from urllib.parse import quote, urljoin

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.translation import gettext as _

from newsroom.foundations.text import slug_of

# First path segments that belong to the site itself, and words that follow a section's path.
TAKEN_AT_TOP = frozenset(
    "admin by comments corrections feeds favicon.ico health media news-sitemap.xml preview robots.txt search "
    "sitemap.xml sitemaps static topics".split()
)
TAKEN_ANYWHERE = frozenset({"feed", "atom", "page"})
SLUG_LENGTH = 80
SAMPLES = {
    "article": ("path", "1999", "12", "31", "slug"),
    "changes": ("path", "1999", "12", "31", "slug"),
    "comment_new": ("1",),
    "comment_reply": ("1", "2"),
    "comment_thread": ("1",),
    "contributor": ("slug",),
    "contributor_feed": ("slug",),
    "lead_new": ("1",),
    "section": ("path",),
    "section_feed": ("path",),
    "tag": ("slug",),
    "tag_feed": ("slug",),
}


def slug_from(words: str, *, fallback: str = "") -> str:
    """A slug from any language's words: lower case, NFC, cut at a hyphen; `fallback` if nothing is left."""
    return slug_of(words, SLUG_LENGTH) or fallback


def refuse_reserved(slug: str, *, at_top: bool) -> None:
    """Raise ValidationError if a section or page under this slug could never be reached, or would hide another."""
    if slug in TAKEN_ANYWHERE or (at_top and slug in TAKEN_AT_TOP):
        words = _("“%(slug)s” is used by the site itself. Choose another slug.") % {"slug": slug}
        raise ValidationError({"slug": words})
    if re.fullmatch(r"\d{4}", slug):
        words = _("A slug of four digits would be read as a year. Choose another slug.")
        raise ValidationError({"slug": words})


def path_to(name: str, *parts: str | int) -> str:
    """What `reverse(name, args=parts)` answers, for the pages in SAMPLES, at a twentieth of the price."""
    return quote(_pattern(name).format(*parts))


def spelled(path: str) -> str:
    """A path or URL as browsers send it, percent-encoded: the one spelling under which machines are told of it."""
    if not path.startswith("/"):
        return iri_to_uri(path)
    path, question, query = path.partition("?")
    return escape_uri_path(path) + question + iri_to_uri(query)


def here(request: HttpRequest) -> str:
    """The URL in full of the page that is asked for, without its query."""
    return absolute(spelled(request.path))


def absolute(url: str) -> str:
    """The URL in full, with the site's own name before it if it is one of ours."""
    is_ours = url.startswith("/") and not url.startswith("//")
    return settings.SITE_ADDRESS + url if is_ours else urljoin(settings.SITE_ADDRESS, url)


def article_path(path: str, day: date, slug: str) -> str:
    return path_to("article", path, *day.isoformat().split("-"), slug)


def changes_path(path: str, day: date, slug: str) -> str:
    return path_to("changes", path, *day.isoformat().split("-"), slug)


@cache
def _pattern(name: str) -> str:
    """“/by/{}/”"""
    url = reverse(name, args=SAMPLES[name])
    for sample in SAMPLES[name]:
        url = url.replace(f"/{sample}/", "/{}/", 1)
    return url
