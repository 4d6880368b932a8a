"""Links: most readers give none, most advertisers nothing else."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from comments.models.decisions import Finding
from comments.screening.words import WORD

if TYPE_CHECKING:
    from comments.models import Comment, HouseRules

FEWEST_WORDS = 3  # besides the address itself


def look(comment: "Comment", rules: "HouseRules") -> Finding | None:
    links = comment.html.count("<a ")
    if links > rules.most_links:
        return Finding(verdict=Finding.Verdict.HOLD, detail=_("Holds %d links.") % links)
    if links and len(_words_besides(comment.text)) < FEWEST_WORDS:
        return Finding(verdict=Finding.Verdict.HOLD, detail=_("Says little besides a link."))
    if links:
        return Finding(verdict=Finding.Verdict.NOTE, detail=_("Holds a link."))
    return None


def _words_besides(text: str) -> list[str]:
    return [word for part in text.split() if "://" not in part for word in WORD.findall(part)]
