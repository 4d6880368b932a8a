"""Names that could be taken for one of ours, whatever script their letters were borrowed from."""

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from articles.models import Contributor
from comments.models.decisions import Finding
from comments.screening.words import WORD
from newsroom.foundations import pagecache

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
    if ours := _our_names().like(name):
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


class OurNames:
    """The names of all who write or work here, by their skeletons: looked up, never walked through."""

    def __init__(self, names: Iterable[str]) -> None:
        self.found = {theirs: name for name in names if (theirs := skeleton(name))}
        lengths = {length for length in map(len, self.found) if length >= SHORTEST}
        self.lengths = sorted(lengths, reverse=True)  # the longest says best who is meant

    def like(self, name: str) -> str:
        """The one of ours that this skeleton is or holds; empty when there is none."""
        parts = (name[start : start + n] for n in self.lengths for start in range(len(name) - n + 1))
        return next((self.found[part] for part in (name, *parts) if part in self.found), "")


@pagecache.cached_until_purged("contributors", "staff")
def _our_names() -> OurNames:
    people = get_user_model().objects.filter(is_staff=True, is_active=True)
    return OurNames(
        [
            *Contributor.objects.values_list("name", flat=True),
            *(name for user in people for name in (user.get_full_name(), user.get_username())),
        ]
    )
