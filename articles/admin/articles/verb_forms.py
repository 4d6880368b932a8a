"""What the verbs ask for, before they are done."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.desk_time import desk_time
from articles.models import Article


class MoveForm(forms.Form):
    """A verb that needs nothing else."""

    template = ""

    def __init__(self, *args: Any, article: Article, expected: int, **kwargs: Any) -> None:
        super().__init__(*args, prefix=None, **kwargs)
        self.article, self.expected = article, expected

    def arguments(self) -> dict[str, Any]:
        return {}


class ReasonForm(MoveForm):
    """A verb that says why."""

    template = "admin/articles/article/_reason.html"
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def arguments(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


class VersionForm(MoveForm):
    """A verb that may be about one of two versions: the one on the page, or the one that is adopted already."""

    template = "admin/articles/article/_version_choice.html"
    version = forms.TypedChoiceField(
        label=gettext_lazy("Which version"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    latest_is_usual = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        adopted = self.article.adopted
        if not (self._is_asked() and adopted and self.expected > adopted.number):
            del self.fields["version"]
            return
        field: Any = self.fields["version"]
        field.choices = [
            (adopted.number, _("Version %d, as it was") % adopted.number),
            (self.expected, _("Version %d, the latest") % self.expected),
        ]
        field.initial = self.expected if self.latest_is_usual else adopted.number

    def arguments(self) -> dict[str, Any]:
        version = self.cleaned_data.get("version")
        return {"version": version} if version else {}

    def _is_asked(self) -> bool:
        return True


class BlockForm(ReasonForm):
    """The reason readers see, and for machines who blocks the article."""

    template = "admin/articles/article/_block.html"
    blocked_by = forms.URLField(
        label=gettext_lazy("Blocked by"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy(
            "May stay empty. The web address of whoever blocks it here; often a page of ours about such cases. "
            "It is told to machines, not shown."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "Readers see this in place of the article: who demanded it, when, and by what law. "
            "If it is your own decision, choose “Withdraw”."
        )

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "blocked_by": self.cleaned_data["blocked_by"]}


class MomentForm(ReasonForm):
    """A verb that names a time, by the site's clocks, and says why."""

    template = "admin/articles/article/_moment.html"
    day = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    clock = forms.TimeField(
        label=gettext_lazy("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    field_order = ["day", "clock", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = timezone.get_default_timezone_name()
        if now := self.moment_now():
            local = timezone.localtime(now, timezone.get_default_timezone())
            self.initial = {"day": local.date(), "clock": local.time(), **self.initial}

    def moment_now(self) -> datetime | None:
        """The time that is to be changed."""
        return None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("day") and cleaned.get("clock"):
            cleaned["moment"] = desk_time(cleaned["day"], cleaned["clock"])
        return cleaned


class EmbargoForm(MomentForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.legend = _("Nothing of it appears before")
        self.fields["reason"].required = False
        self.fields["reason"].help_text = _(
            "May stay empty: who asked for it, and in what words. Only the desk reads it."
        )

    def moment_now(self) -> datetime | None:
        return self.article.embargo_until if self.article.is_embargoed else None

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "until": self.cleaned_data["moment"]}


class LiftForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Who agreed that it may appear earlier? Only the desk reads it.")


class RedateForm(MomentForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.legend = _("It first appeared on")
        self.fields["reason"].help_text = _(
            "Only the desk reads it. The date stands in the article's web address: the old address will lead to the "
            "new one."
        )

    def moment_now(self) -> datetime | None:
        return self.article.publish_at

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "at": self.cleaned_data["moment"]}
