"""What two versions of an article say differently, field by field, in words an editor reads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.comparing import Piece, compared
from articles.models import Article, Byline, Contributor, Image, Section
from articles.models.revisions import CONTENT

OTHER_LABELS = {"bylines": gettext_lazy("bylines"), "tags": gettext_lazy("tags")}
TEXTS = ("headline", "standfirst", "body")  # whose changed words are counted

__all__ = ["Difference", "Piece", "compared", "differences", "in_words", "label", "words_changed"]


@dataclass(frozen=True)
class Difference:
    """One field that differs: its name, both texts, and the newer text with what went out and came in marked."""

    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        return list(compared(self.before, self.after))


def label(name: str) -> str:
    """“headline”, as the form calls the field."""
    return str(OTHER_LABELS.get(name) or getattr(Article._meta.get_field(name), "verbose_name", name))


def differences(
    before: dict[str, Any], after: dict[str, Any], among: Sequence[str] = CONTENT
) -> list[Difference]:
    """The fields in which two revisions' contents differ, in the order of the form. Of texts without a query."""
    changed = [name for name in among if before.get(name) != after.get(name)]
    return [
        Difference(label(name), in_words(name, before.get(name)), in_words(name, after.get(name)))
        for name in changed
    ]


def in_words(name: str, value: Any) -> str:
    """A stored value as a person would write it down."""
    if value in (None, "", []):
        return ""
    if name == "section":
        return Section.objects.trail_names().get(value, "?")
    if name == "picture":
        return str(Image.objects.filter(pk=value).first() or "?")
    if name == "bylines":
        return "\n".join(_credits_in_words(value))
    if name == "tags":
        return ", ".join(value)
    return str(dict(getattr(Article._meta.get_field(name), "flatchoices", ())).get(value, value))


def _credits_in_words(lines: list[tuple[int, str]]) -> Iterator[str]:
    people = Contributor.objects.in_bulk([pk for pk, _role in lines])
    for pk, role in lines:
        label = Byline.Role(role).label if role in Byline.Role.values else role
        yield f"{label} {people.get(pk, _('(somebody deleted since)'))}"


def words_changed(before: dict[str, Any], after: dict[str, Any]) -> str:
    """“12 words come in, 5 go out; bylines, section”: of the texts how many words, of the rest the names. No query."""
    texts = [name for name in TEXTS if before.get(name) != after.get(name)]
    pieces = [piece for name in texts for piece in compared(str(before.get(name)), str(after.get(name)))]
    came, went = (sum(len(text.split()) for kind, text in pieces if kind == way) for way in ("in", "out"))
    others = [label(name) for name in CONTENT if name not in TEXTS and before.get(name) != after.get(name)]
    said = [ngettext("%d word comes in", "%d words come in", came) % came] if came else []
    said += [ngettext("%d word goes out", "%d words go out", went) % went] if went else []
    return "; ".join(filter(None, [", ".join(said), ", ".join(others)])) or _("no word changes")
