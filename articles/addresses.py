"""What an address of ours may look like: slugs, and the words that pages of the site itself have taken."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _

# First path segments that belong to the site itself, and words that follow a section's path.
TAKEN_AT_TOP = frozenset(
    "admin by comments feeds favicon.ico health media news-sitemap.xml robots.txt search sitemap.xml sitemaps "
    "static topics".split()
)
TAKEN_ANYWHERE = frozenset({"feed", "atom", "page"})
SLUG_LENGTH = 80


def slug_from(words: str, *, fallback: str = "") -> str:
    """A slug from any language's words: lower case, NFC, cut at a hyphen; `fallback` if nothing is left."""
    slug = slugify(unicodedata.normalize("NFC", words), allow_unicode=True)
    if len(slug) > SLUG_LENGTH:
        slug = slug[:SLUG_LENGTH].rsplit("-", 1)[0] or slug[:SLUG_LENGTH]
    return slug.strip("-_") or fallback


def refuse_reserved(slug: str, *, at_top: bool) -> None:
    """Raise ValidationError if a section or page under this slug could never be reached, or would hide another."""
    if slug in TAKEN_ANYWHERE or (at_top and slug in TAKEN_AT_TOP):
        raise ValidationError(
            _("“%(slug)s” is used by the site itself. Choose another slug.") % {"slug": slug}
        )
    if re.fullmatch(r"\d{4}", slug):
        raise ValidationError(_("A slug of four digits would be read as a year. Choose another slug."))
