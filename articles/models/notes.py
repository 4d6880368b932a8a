"""Notes to readers as they are worded, and as an article's row keeps them."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import models
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models.errors import NotReady
from newsroom.foundations import markup
from newsroom.foundations.text import printable

LONGEST = 2_000  # characters of one note


class CorrectionKind(models.TextChoices):
    CORRECTION = "correction", gettext_lazy("Correction")
    CLARIFICATION = "clarification", gettext_lazy("Clarification")
    EDITORS_NOTE = "note", gettext_lazy("Editor’s note")
    UPDATE = "update", gettext_lazy("Update")
    RETRACTION = "retraction", gettext_lazy("Retraction")


Kind = CorrectionKind
# What a reader must know before reading stands on top; what adds to the text stands at its foot.
ON_TOP = {Kind.CORRECTION, Kind.EDITORS_NOTE, Kind.RETRACTION}
DONE = {
    Kind.CORRECTION: gettext_lazy("Corrected"),
    Kind.CLARIFICATION: gettext_lazy("Clarified"),
    Kind.RETRACTION: gettext_lazy("Retracted"),
}


@dataclass(frozen=True)
class Note:
    """A correction as an editor words it: what the verbs are given. `prompted_by` names what led to it, for those
    upstairs who keep it."""

    kind: str
    text: str
    about: str = ""
    credit: str = ""
    prompted_by: str = ""

    def checked(self) -> "Note":
        """In printable characters. Raises NotReady for what no reader should be shown."""
        note = Note(self.kind, *(printable(words).strip() for words in self._words()))
        if note.kind not in Kind.values:
            raise NotReady(_("Choose what kind of note it is."))
        if not note.text:
            raise NotReady(_("Write what was wrong and what is right."))
        if len(note.text) > LONGEST:
            raise NotReady(_("Say it in at most %d characters.") % LONGEST)
        return note

    def _words(self) -> tuple[str, ...]:
        text = self.text.replace("\r\n", "\n")
        return text, self.about[:300], self.credit[:120], self.prompted_by[:60]

    def __str__(self) -> str:
        """“Correction: The bridge is 80 metres long.” As the history tells of it."""
        label = Kind(self.kind).label if self.kind in Kind.values else self.kind
        return f"{label}: {self.text.strip()}"


class ShownCorrection(NamedTuple):
    """A correction as the article's row keeps it for readers. In JSON it is simply a list."""

    pk: int
    kind: str
    text: str
    html: str
    rendered_version: int
    about: str
    credit: str
    at: str

    @property
    def label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def words(self) -> SafeString:
        """The rendered words; rendered anew if an earlier version of ours did it."""
        if self.rendered_version == markup.VERSION:
            return markup.stored(self.html)
        return markup.comment_html(self.text).html

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)

    @property
    def is_on_top(self) -> bool:
        return self.kind in ON_TOP
