"""What two versions of an article say differently, field by field, in words an editor reads."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import Article, Byline, Contributor, Image, Section
from articles.models.revisions import CONTENT

OTHER_LABELS = {"bylines": gettext_lazy("bylines"), "tags": gettext_lazy("tags")}
TEXTS = ("headline", "standfirst", "body")  # whose changed words are counted
MOST_WORDS = 1_500  # of one passage; comparing word by word takes the square of it

Piece = tuple[str, str]  # ("same" | "out" | "in" | "gap", text)


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


def compared(before: str, after: str) -> Iterator[Piece]:
    """Paragraph by paragraph, and word by word inside those that changed; long unchanged stretches are a gap."""
    old, new = _paragraphs(before), _paragraphs(after)
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield ("same", "".join(old[i:j])) if j - i <= 2 else ("gap", "")
        else:
            yield from _words_compared("".join(old[i:j]), "".join(new[k:m]))


def _words_compared(before: str, after: str) -> Iterator[Piece]:
    old, new = re.findall(r"\S+|\s+", before), re.findall(r"\S+|\s+", after)
    if max(len(old), len(new)) > MOST_WORDS:
        yield from ((kind, text) for kind, text in (("out", before), ("in", after)) if text)
        return
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(old[i:j])
        else:
            yield from (
                (kind, "".join(words)) for kind, words in (("out", old[i:j]), ("in", new[k:m])) if words
            )


def _paragraphs(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def words_changed(before: dict[str, Any], after: dict[str, Any]) -> str:
    """“12 words come in, 5 go out; bylines, section”: of the texts how many words, of the rest the names. No query."""
    texts = [name for name in TEXTS if before.get(name) != after.get(name)]
    pieces = [piece for name in texts for piece in compared(str(before.get(name)), str(after.get(name)))]
    came, went = (sum(len(text.split()) for kind, text in pieces if kind == way) for way in ("in", "out"))
    others = [label(name) for name in CONTENT if name not in TEXTS and before.get(name) != after.get(name)]
    said = [ngettext("%d word comes in", "%d words come in", came) % came] if came else []
    said += [ngettext("%d word goes out", "%d words go out", went) % went] if went else []
    return "; ".join(filter(None, [", ".join(said), ", ".join(others)])) or _("no word changes")
