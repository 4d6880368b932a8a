"""What two versions of an article say differently, field by field, in words an editor reads."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.articles.aligning import aligned
from articles.models import Article, Byline, Contributor, Image, Section
from articles.models.revisions import CONTENT

OTHER_LABELS = {"bylines": gettext_lazy("bylines"), "tags": gettext_lazy("tags")}
TEXTS = ("headline", "standfirst", "body")  # whose changed words are counted
WORDS = re.compile(r"\S+|\s+")

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
    for is_same, old, new in aligned(_paragraphs(before), _paragraphs(after)):
        if is_same:
            yield ("same", "".join(old)) if len(old) <= 2 else ("gap", "")
        else:
            yield from _words_compared("".join(old), "".join(new))


def _words_compared(before: str, after: str) -> Iterator[Piece]:
    """A blank that stayed between two words that did not is no news: both are read as one change."""
    passages = list(aligned(WORDS.findall(before), WORDS.findall(after)))
    inner = range(1, len(passages) - 1)
    stayed = [same and not (at in inner and _is_blank(old)) for at, (same, old, _new) in enumerate(passages)]
    for is_same, run in groupby(zip(stayed, passages, strict=True), key=lambda each: each[0]):
        old, new = zip(*(("".join(ours), "".join(theirs)) for _is, (_same, ours, theirs) in run), strict=True)
        kinds = (("same", old),) if is_same else (("out", old), ("in", new))
        yield from ((kind, "".join(texts)) for kind, texts in kinds if any(texts))


def _is_blank(words: list[str]) -> bool:
    return not "".join(words).strip()


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
