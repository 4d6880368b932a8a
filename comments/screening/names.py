"""Names that could be taken for one of ours, whatever script their letters were borrowed from."""

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from articles.models import Contributor
from comments.models.decisions import Finding
from comments.screening.words import WORD

if TYPE_CHECKING:
    from comments.models import Comment, HouseRules

# Letters and digits that look like a Latin letter at reading size: the commoner part of Unicode's confusables (UTS 39).
LOOKALIKES = {
    "a": "аαɑ4@", "b": "вьβ8", "c": "сϲ", "d": "ԁđ", "e": "еєεё3", "g": "ɡ9", "h": "һнħ", "i": "іιıїɩ1l|!ӏ", "j": "јϳ",
    "k": "кκ", "m": "м", "n": "ηпո", "o": "оοσօø0", "p": "рρ", "s": "ѕꜱ5$", "t": "тτŧ7", "u": "υսц", "v": "νѵ",
    "w": "ԝωѡш", "x": "хχ", "y": "уүγу",
}  # fmt: skip
FOLDED = str.maketrans({like: letter for letter, likes in LOOKALIKES.items() for like in likes})
SHORTEST = 8  # letters of a name of ours that may not even be part of a reader’s


def look(comment: "Comment", rules: "HouseRules") -> Finding | None:
    """Held when the name is one of ours, holds one, or claims an office."""
    name = skeleton(comment.name)
    if not OFFICES.isdisjoint({name, *map(skeleton, WORD.findall(comment.name))}):
        return Finding(
            verdict=Finding.Verdict.HOLD, detail=_("The name claims an office: “%s”.") % comment.name
        )
    for ours in _our_names():
        theirs = skeleton(ours)
        if theirs and (theirs == name or (len(theirs) >= SHORTEST and theirs in name)):
            return Finding(verdict=Finding.Verdict.HOLD, detail=_("The name looks like “%s”.") % ours)
    return None


def skeleton(name: str) -> str:
    """What is left of a name to a hurried eye: small Latin letters without accents, blanks and signs."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    letters = "".join(letter for letter in plain.translate(FOLDED) if letter.isalnum())
    return letters.replace("rn", "m").replace("vv", "w")


OFFICES = set(
    map(skeleton, "admin administrator moderator moderation editor editors newsroom staff webmaster".split())
)


def _our_names() -> Iterator[str]:
    yield from Contributor.objects.values_list("name", flat=True)
    for user in get_user_model().objects.filter(is_staff=True, is_active=True):
        yield user.get_full_name()
        yield user.get_username()
