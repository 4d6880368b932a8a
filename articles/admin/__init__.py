"""The rooms editors work in. Clicks become verbs; no rule of the desk lives here."""

from articles.admin import articles, images, redirects, standing_pages
from articles.admin.taxonomy import contributors, sections, tags

__all__ = ["articles", "contributors", "images", "redirects", "sections", "standing_pages", "tags"]
