"""What publishing asks for: when, in which version, and what becomes of what was planned."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.articles.consequences import by_whose_clocks
from articles.admin.articles.note_fields import NoteFields, drop_note, note_of
from articles.admin.articles.verb_forms import VersionForm
from articles.admin.desk_time import desk_time, still_to_come


class PublishForm(NoteFields, VersionForm):
    """When, whether readers should be told of a change, and what becomes of what is planned or scheduled already."""

    template = "admin/articles/article/_publish.html"
    NOW, LATER = "now", "later"
    CANCEL, KEEP = "cancel", "keep"
    latest_is_usual = True

    when = forms.ChoiceField(
        label=gettext_lazy("When"),
        choices=[(NOW, gettext_lazy("Now")), (LATER, gettext_lazy("At a set time"))],
        initial=NOW,
        widget=forms.RadioSelect,
    )
    day = forms.DateField(
        label=gettext_lazy("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    clock = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    minor = forms.BooleanField(
        label=gettext_lazy("Minor change"),
        required=False,
        help_text=gettext_lazy("A typing error, say: readers are not told that the article was updated."),
    )

    planned = forms.ChoiceField(
        label=gettext_lazy("What is planned, if you publish now"),
        choices=[
            (CANCEL, gettext_lazy("Cancel it")),
            (KEEP, gettext_lazy("Keep it: at its time it replaces what you publish now")),
        ],
        initial=CANCEL,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clocks = by_whose_clocks()
        if not self.article.is_live:
            del self.fields["minor"]
            drop_note(self)
        planned = self.article.replacement if self.article.will_change else None
        if not planned or planned.number == self.expected:
            del self.fields["planned"]
        elif self.article.is_correction(self.expected):
            self.fields["planned"].initial = self.KEEP

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("when") == self.LATER and not self.errors:
            cleaned["at"] = self._moment(cleaned.get("day"), cleaned.get("clock"))
        return cleaned

    def arguments(self) -> dict[str, Any]:
        keeps = self.cleaned_data.get("planned") == self.KEEP
        more = {"keep_planned": True} if keeps else {}
        when = {"at": self.cleaned_data.get("at"), "minor": self.cleaned_data.get("minor", False)}
        return {**super().arguments(), **when, **more, **note_of(self)}

    def _is_asked(self) -> bool:
        return self.article.is_scheduled

    def _moment(self, day: Any, clock: Any) -> Any:
        if not (day and clock):
            raise ValidationError(_("Give the day and the time, or choose “Now”."))
        return still_to_come(desk_time(day, clock))
