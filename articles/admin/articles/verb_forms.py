"""What the verbs ask for, before they are done."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article


class MoveForm(forms.Form):
    """A verb that needs nothing else."""

    template = ""

    def __init__(self, *args: Any, article: Article, expected: int, **kwargs: Any) -> None:
        super().__init__(*args, prefix=None, auto_id="move_%s", **kwargs)
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
