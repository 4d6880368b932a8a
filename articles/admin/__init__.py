"""The rooms editors work in. Clicks become verbs; no rule of the desk lives here."""

from articles.admin import articles, contributors, images, redirects, sections, standing_pages, tags

__all__ = ["articles", "contributors", "images", "standing_pages", "redirects", "sections", "tags"]
