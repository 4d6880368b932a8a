"""Markdown → HTML that is safe to show, for articles (article.py) and for comments (comment.py).

A text's way: made fit to read (source), read as Markdown within a budget (dialect, limits), cleaned (cleaning),
typeset (tree, typesetting, figures, links), and let through one last gate (cleaning), after which nothing edits it."""

from newsroom.foundations.markup.article import article_html
from newsroom.foundations.markup.comment import comment_html
from newsroom.foundations.markup.direction import direction_of
from newsroom.foundations.markup.figures import Picture, pictures_named
from newsroom.foundations.markup.latest import LATEST
from newsroom.foundations.markup.limits import ARTICLE, COMMENT, MarkupRefused
from newsroom.foundations.markup.rendered import Rendered, stored

# Of the HTML made here. Raise it when the same words should look otherwise, and run `manage.py rebuild_pages` after
# installing: what was rendered before is rendered anew when read, and so never shown as it was, only more slowly.
VERSION = 3
OUTDATED = 0  # by no version: something the text shows has changed since

__all__ = [
    "ARTICLE",
    "COMMENT",
    "LATEST",
    "OUTDATED",
    "VERSION",
    "MarkupRefused",
    "Picture",
    "Rendered",
    "article_html",
    "comment_html",
    "direction_of",
    "pictures_named",
    "stored",
]
