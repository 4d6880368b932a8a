"""The rooms editors work in. Clicks become verbs; no rule of the desk lives here."""

from articles.admin import articles, contributors, images, pages, redirects, sections, tags

__all__ = ["articles", "contributors", "images", "pages", "redirects", "sections", "tags"]
