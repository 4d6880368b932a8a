"""What stands around every page: masthead with the menu of sections, and footer. Drawn once, until it changes."""

from collections.abc import Sequence

from articles.models import Page, Section
from articles.tree import tree
from newsroom.foundations import pagecache
from newsroom.foundations.drawing import drawn
from newsroom.models import Masthead


def masthead(within: Sequence[Section] = (), front: bool = False) -> str:
    """The head of a page that lies within these sections, or of the front page itself."""
    return _masthead(within[0].pk if within else None, front)


@pagecache.remembered("paper", "sections")
def _masthead(current: int | None, front: bool) -> str:
    return drawn("chrome/_masthead.html", "masthead", Masthead.current(), tree().menu, current, front)


@pagecache.remembered("paper", "sections")
def footer() -> str:
    pages = Page.objects.filter(in_footer=True).only("title", "slug")
    return drawn("chrome/_footer.html", "footer", Masthead.current(), tree().menu, list(pages))
