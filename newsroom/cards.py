"""Cards: a story as it stands among others, on fronts and in lists. Drawn once for the same words.

A teaser is one for all that show the same words, so it stands for them here."""

from functools import lru_cache
from typing import Any

from django.template import engines

from articles.models import Article
from articles.models.teasers import Teaser

KEPT = 1000  # cards; a front page and its sections show some hundreds, and each change touches one


def card(
    story: Article | Teaser,
    weight: str = "standard",
    *,
    level: int = 3,
    eager: bool = False,
    without: str = "",
) -> str:
    """templates/articles/_card.html. `level` is its heading's; `without` is a label not worth saying, as it stands
    above."""
    if not isinstance(story, Teaser):
        return _drawn(story, weight, level, eager, without)
    return _kept(story, weight, level, eager, without)


@lru_cache(maxsize=KEPT)
def _kept(story: Teaser, *how: Any) -> str:
    return _drawn(story, *how)


def _drawn(story: Any, *how: Any) -> str:
    macros = engines["jinja2"].env.get_template("articles/_card.html").module  # type: ignore[attr-defined]
    drawn: str = macros.card(story, *how)
    return drawn
