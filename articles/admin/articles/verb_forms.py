"""What the verbs ask for, before they are done."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article


class MoveForm(forms.Form):
    """A verb that needs nothing else."""

    template = ""

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, prefix=None, auto_id="move_%s", **kwargs)
        self.article = article

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
