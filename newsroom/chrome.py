"""What stands around every page: masthead with the menu of sections, and footer. Drawn once, until it changes."""

from collections.abc import Sequence
from typing import Any

from django.template import engines

from articles.models import Page, Section
from articles.tree import tree
from newsroom.foundations import pagecache
from newsroom.models import Masthead


def masthead(within: Sequence[Section] = (), front: bool = False) -> str:
    """The head of a page that lies within these sections, or of the front page itself."""
    return _masthead(within[0].pk if within else None, front)


@pagecache.remembered("paper", "sections")
def _masthead(current: int | None, front: bool) -> str:
    return _drawn("masthead", Masthead.current(), tree().menu, current, front)


@pagecache.remembered("paper", "sections")
def footer() -> str:
    pages = Page.objects.filter(in_footer=True).only("title", "slug")
    return _drawn("footer", Masthead.current(), tree().menu, list(pages))


def _drawn(part: str, *facts: Any) -> str:
    """templates/chrome/_<part>.html"""
    macros = engines["jinja2"].env.get_template(f"chrome/_{part}.html").module  # type: ignore[attr-defined]
    return getattr(macros, part)(*facts)
