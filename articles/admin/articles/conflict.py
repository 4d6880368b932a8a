"""Two people's changes of one version, field by field: what merges by itself, and what one of them has to decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.admin.articles.comparing import Difference, in_words, label
from articles.admin.articles.form import ArticleForm
from articles.models import Revision
from articles.models.revisions import CONTENT, TEXTS, stored
from newsroom.foundations.merging import Merge, Part, merged

THEIRS, YOURS, MERGE = "theirs", "yours", "merge"
LONG = 400  # characters of an unchanged passage; only its ends are shown


@dataclass(frozen=True)
class Meeting:
    """A field that both have changed, each otherwise; with what was chosen for it so far."""

    name: str
    base: Any
    theirs: Any
    yours: Any
    chosen: str
    edited: str | None

    @property
    def label(self) -> str:
        return label(self.name)

    @cached_property
    def merge(self) -> Merge | None:
        """None where there are no words to be merged: two sections are no third one."""
        return merged(self.base or "", self.theirs, self.yours) if self.name in TEXTS else None

    @property
    def choice(self) -> str:
        """What is to be saved: as chosen; else the merge, if nothing in it is in conflict; empty is undecided."""
        possible = {THEIRS, YOURS, MERGE} if self.merge else {THEIRS, YOURS}
        if self.chosen in possible:
            return self.chosen
        return MERGE if self.merge and not self.merge.conflicts else ""

    @property
    def merged_text(self) -> str:
        return self.edited if self.edited is not None else (self.merge.text if self.merge else "")

    @property
    def result(self) -> Any:
        return {THEIRS: self.theirs, YOURS: self.yours, MERGE: self.merged_text}[self.choice]

    @property
    def theirs_in_words(self) -> str:
        return in_words(self.name, self.theirs)

    @property
    def yours_in_words(self) -> str:
        return in_words(self.name, self.yours)

    @property
    def parts(self) -> list[Part]:
        """The merge with its marks; of long unchanged passages the ends."""
        return [_shortened(part) for part in (self.merge.parts if self.merge else ())]


def _shortened(part: Part) -> Part:
    if part.kind != "same" or len(part.base) <= LONG:
        return part
    text = f"{part.base[: LONG // 3]}\n[…]\n{part.base[-LONG // 3 :]}"
    return Part("same", text, text, text)


class Comparison:
    """Three contents: the one the form was opened on, the one saved since, and the one in the form."""

    def __init__(self, opened: Revision, theirs: Revision, form: ArticleForm) -> None:
        self.form, self.data = form, form.data
        base = opened.common_with(theirs) or opened
        self.base, self.theirs = base.content, theirs.content
        typed = stored(form.content())
        self.follows_headline = not typed["slug"]
        self.yours = self.theirs | typed | ({"slug": self.base["slug"]} if self.follows_headline else {})

    @cached_property
    def only_theirs(self) -> list[Difference]:
        """Fields that only they changed: taken as they have them."""
        return self._one_sided(self.theirs, self.yours)

    @cached_property
    def only_yours(self) -> list[Difference]:
        return self._one_sided(self.yours, self.theirs)

    @cached_property
    def meetings(self) -> list[Meeting]:
        return [
            Meeting(
                name,
                *(content.get(name) for content in (self.base, self.theirs, self.yours)),
                chosen=self.data.get(f"take-{name}", ""),
                edited=self._edited(name),
            )
            for name in CONTENT
            if self.yours.get(name) not in (self.base.get(name), self.theirs.get(name))
            and self.theirs.get(name) != self.base.get(name)
        ]

    @property
    def undecided(self) -> list[str]:
        return [meeting.label for meeting in self.meetings if not meeting.choice]

    def content(self) -> dict[str, Any]:
        """What is to be saved. Raises ValidationError for a merge that the form would not take."""
        content = {
            name: self.theirs[name] if self.yours.get(name) == self.base.get(name) else self.yours[name]
            for name in CONTENT
            if name in self.theirs
        }
        for meeting in self.meetings:
            content[meeting.name] = self._accepted(meeting) if meeting.choice == MERGE else meeting.result
        if self.follows_headline and content["slug"] == self.base["slug"]:
            content["slug"] = ""
        return content

    def _accepted(self, meeting: Meeting) -> str:
        try:
            return self.form.accepted(meeting.name, meeting.merged_text)
        except ValidationError as problem:
            raise ValidationError(f"{meeting.label}: {' '.join(problem.messages)}") from None

    def _edited(self, name: str) -> str | None:
        text = self.data.get(f"merged-{name}")
        return None if text is None else text.replace("\r\n", "\n")

    def _one_sided(self, changed: Mapping[str, Any], unchanged: Mapping[str, Any]) -> list[Difference]:
        return [
            Difference(label(name), in_words(name, self.base.get(name)), in_words(name, changed.get(name)))
            for name in CONTENT
            if changed.get(name) != self.base.get(name) and unchanged.get(name) == self.base.get(name)
        ]


def undecided_in_words(comparison: Comparison) -> str:
    return _("Not saved yet. Choose whose words to take: %s.") % ", ".join(comparison.undecided)
