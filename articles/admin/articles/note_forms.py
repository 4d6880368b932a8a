"""What the verbs about notes to readers ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.articles.note_fields import NoteFields, note_of
from articles.admin.articles.verb_forms import MoveForm, ReasonForm
from articles.models import CorrectionKind
from newsroom.foundations.text import cut


class HideChangesForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "hide_changes_%s"
        self.fields["reason"].help_text = _(
            "For colleagues, in the history. Readers see no “What changed” page."
        )


class CorrectForm(NoteFields, MoveForm):
    """A note to readers, without another text."""

    template = NoteFields.note_template

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "correct_%s"
        self.fields["note_kind"].choices = CorrectionKind.choices
        for name in ("note_kind", "note_text"):
            self.fields[name].required = True

    def arguments(self) -> dict[str, Any]:
        return note_of(self)


class TakeBackForm(ReasonForm):
    """Which of the notes was a mistake, and why."""

    template = "admin/articles/article/_take_back.html"
    correction = forms.TypedChoiceField(label=gettext_lazy("Note"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "take_back_%s"
        notes = [(note.pk, f"{note.label}: {cut(note.text, 80)}") for note in self.article.notes]
        self.fields["correction"].choices = notes
        self.fields["reason"].help_text = _("For colleagues, in the history. The record itself stays.")

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "correction": self.cleaned_data["correction"]}
