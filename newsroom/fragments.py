"""What stands on many pages, drawn once until it changes: the masthead with the menu of sections, the footer, cards and
comments."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django.http import HttpRequest
from django.template import engines

from articles.models import Article, Section, StandingPage
from articles.models.cards import ArticleCard
from articles.models.section_tree import tree
from comments.reading import ShownComment
from newsroom.foundations import pagecache
from newsroom.models import Masthead


def site(_request: HttpRequest) -> dict[str, Any]:
    """Context processor: what every page for readers may say about the paper itself."""
    return {"site": Masthead.current()}


def masthead(within: Sequence[Section] = (), front: bool = False) -> str:
    """The head of a page that lies within these sections, or of the front page itself."""
    return _masthead(within[0].pk if within else None, front)


@pagecache.cached_until_purged("paper", "sections")
def _masthead(current: int | None, front: bool) -> str:
    return _drawn("chrome/_masthead.html", Masthead.current(), tree().menu, current, front)


@pagecache.cached_until_purged("paper", "sections")
def footer() -> str:
    pages = StandingPage.objects.published().filter(in_footer=True).only("title", "slug")
    return _drawn("chrome/_footer.html", Masthead.current(), tree().menu, list(pages))


def card(
    article: Article | ArticleCard,
    weight: str = "standard",
    *,
    level: int = 3,
    eager: bool = False,
    without: str = "",
) -> str:
    """An article among others. `level` is its heading's; `without` is a label not worth saying, as it stands above."""
    return _drawn_once("articles/_card.html", article, weight, level, eager, without)


def comment(shown: ShownComment, reply_url: str) -> str:
    return _drawn_once("comments/_comment.html", shown, reply_url)


def _drawn_once(template: str, shown: Article | ArticleCard | ShownComment, *how: Any) -> str:
    drawn = shown.drawn
    if how not in drawn:
        drawn[how] = _drawn(template, shown, *how)
    return drawn[how]


def _drawn(template: str, *facts: Any) -> str:
    """What the macro of this template makes of these facts."""
    macros = engines["jinja2"].env.get_template(template).module  # type: ignore[attr-defined]
    markup: str = getattr(macros, PurePath(template).stem.removeprefix("_"))(*facts)
    return markup
