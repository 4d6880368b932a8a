"""Words the desk has listed in the house rules: some hold a comment, some mark it as spam."""

import re
import unicodedata
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from comments.models.decisions import Finding

if TYPE_CHECKING:
    from comments.models import Comment, HouseRules

WORD = re.compile(r"[^\W_]+")  # ours; what the desk types is never read as a pattern


def look(comment: "Comment", rules: "HouseRules") -> Finding | None:
    said = normalised_words(f"{comment.name}\n{comment.text}")
    if listed := _first(rules.spam_words, said):
        return Finding(verdict=Finding.Verdict.SPAM, detail=_("Holds the spam word “%s”.") % listed[:200])
    if listed := _first(rules.held_words, said):
        return Finding(verdict=Finding.Verdict.HOLD, detail=_("Holds the listed word “%s”.") % listed[:200])
    return None


def _first(listed: str, said: str) -> str:
    """The first of the lines whose words stand in what was said, one after the other."""
    phrases = ((line.strip(), normalised_words(line)) for line in listed.splitlines())
    return next((line for line, phrase in phrases if phrase.strip() and phrase in said), "")


def normalised_words(text: str) -> str:
    """The words alone, folded, with one blank around each: “ buy cheap watches ”. Formatting marks fall away."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return f" {' '.join(WORD.findall(folded))} "
