"""Cards: a story as it stands among others, on fronts and in lists; and strips of them. Drawn once for the same words.

A teaser is one for all that show the same words, so it stands for them here."""

from functools import lru_cache
from typing import Any

from articles.models import Article, Section
from articles.models.teasers import Teaser
from newsroom.foundations.drawing import drawn

KEPT = 1000  # cards; a front page and its sections show some hundreds, and each change touches one
STRIPS = 100  # a front page shows ten or twenty


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
    draw = _card_kept if isinstance(story, Teaser) else _card
    return draw(story, weight, level, eager, without)


def _card(story: Article | Teaser, *how: Any) -> str:
    return drawn("articles/_card.html", "card", story, *how)


_card_kept = lru_cache(maxsize=KEPT)(_card)


@lru_cache(maxsize=STRIPS)
def strip(section: Section, stories: tuple[Teaser, ...], is_feature: bool) -> str:
    """templates/articles/_strip.html. A section's new name comes with new teasers."""
    return drawn("articles/_strip.html", "strip", section, stories, is_feature)
