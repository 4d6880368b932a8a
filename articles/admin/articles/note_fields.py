"""The fields of a note to readers: beside those of “publish”, or alone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from articles.models import CorrectionKind, Note, NotReady
from articles.models.notes import LONGEST

FIELDS = "kind text about credit prompted_by".split()


class NoteFields(forms.Form):
    """The fields of a note, each called `note_…`: put beside another verb's, or alone. `template` draws them."""

    note_template = "admin/articles/article/_note_fields.html"

    note_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of note"),
        required=False,
        choices=[("", gettext_lazy("No note")), *CorrectionKind.choices],
        help_text=gettext_lazy(
            "A correction, an editor’s note and a retraction stand above the text; a clarification and an update below."
        ),
    )
    note_text = forms.CharField(
        label=gettext_lazy("Note to readers"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Say what was wrong and what is right, in a sentence or two. It stays for good."
        ),
    )
    note_about = forms.CharField(
        label=gettext_lazy("What it corrects"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("“The third paragraph”, say. May stay empty."),
    )
    note_credit = forms.CharField(
        label=gettext_lazy("Credit"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("“Spotted by a reader”, say. May stay empty."),
    )
    note_prompted_by = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """With the note, if one is written, as `note`."""
        cleaned = super().clean() or {}
        words = {name: cleaned.get(f"note_{name}", "") for name in FIELDS}
        cleaned["note"] = None
        if self._is_written(words) and not any(f"note_{name}" in self.errors for name in FIELDS):
            try:
                cleaned["note"] = Note(**words).checked()
            except NotReady as refusal:
                self.add_error("note_text" if words["kind"] else "note_kind", ValidationError(str(refusal)))
        return cleaned

    def _is_written(self, words: dict[str, str]) -> bool:
        return any(words[name].strip() for name in ("kind", "text", "about"))


def note_of(form: NoteFields) -> dict[str, Any]:
    """The verb's argument."""
    return {"note": form.cleaned_data.get("note")}


def drop_note(form: NoteFields) -> None:
    """Of an article that readers have not seen, nothing can be corrected."""
    for name in FIELDS:
        del form.fields[f"note_{name}"]


def begun(query: Any) -> dict[str, str]:
    """What a link to the page has filled in already: who is to be thanked, and for what."""
    lengths = {"about": 300, "credit": 120, "prompted_by": 60}
    return {f"note_{name}": query.get(name, "")[:longest] for name, longest in lengths.items()}
