"""Chapter: the verbs of the workflow as buttons. One view takes them all, and asks the article each time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles import permissions
from articles.admin.articles.comparing import differences
from articles.admin.articles.consequences import TELLERS, consequences
from articles.admin.articles.history import number_in
from articles.admin.articles.note_forms import CorrectForm, HideChangesForm, TakeBackForm
from articles.admin.articles.publish_form import PublishForm
from articles.admin.articles.verb_forms import (
    BlockForm,
    EmbargoForm,
    LiftForm,
    MoveForm,
    ReasonForm,
    RedateForm,
    VersionForm,
)
from articles.models import MOVES, Article, Unread, VerbRefused
from articles.models.foresight import objection
from newsroom.foundations.db import contention

DONE = {
    "submit": gettext_lazy("Submitted: the desk has it now."),
    "recall": gettext_lazy("Taken back: it is a draft again, and the desk no longer waits for it."),
    "send_back": gettext_lazy("Sent back to its writer."),
    "approve": gettext_lazy("Approved."),
    "reopen": gettext_lazy("Back in review."),
    "unschedule": gettext_lazy("Taken off the schedule. It stays approved."),
    "cancel_replacement": gettext_lazy("Cancelled: readers go on seeing the version they see now."),
    "withdraw": gettext_lazy("Withdrawn. Readers now see the reason in its place."),
    "block": gettext_lazy("Taken down. Readers are told that it is so for legal reasons, and the reason."),
    "redate": gettext_lazy("The date is corrected. The old address leads to the new one."),
    "lift_embargo": gettext_lazy("The embargo is lifted. Readers see nothing until it is published."),
    "reinstate": gettext_lazy("Put back where it was."),
    "correct": gettext_lazy("Noted: readers see it with the article, and among the corrections."),
    "take_back": gettext_lazy("Taken back: readers see this note no longer."),
    "hide_changes": gettext_lazy("Hidden: readers cannot compare what it said before."),
    "show_changes": gettext_lazy("Shown: readers can compare what it said before."),
}


class SendBackForm(ReasonForm):
    field_order = ["reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("What should change? The writer sees this beside the article.")


class WithdrawForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Readers see this in place of the article.")


FORMS: dict[str, type[MoveForm]] = {
    "send_back": SendBackForm,
    "withdraw": WithdrawForm,
    "block": BlockForm,
    "redate": RedateForm,
    "embargo": EmbargoForm,
    "lift_embargo": LiftForm,
    "publish": PublishForm,
    "reinstate": VersionForm,
    "correct": CorrectForm,
    "take_back": TakeBackForm,
    "hide_changes": HideChangesForm,
}


@dataclass(frozen=True)
class Choice:
    """One button: a verb this person may do to this article now, what it asks for, and the version it is about."""

    verb: str
    label: str
    form: MoveForm
    expected: int

    @classmethod
    def of(cls, verb: str, article: Article, expected: int, data: Any = None) -> "Choice":
        form = FORMS.get(verb, MoveForm)(data, auto_id=f"{verb}_%s", article=article, expected=expected)
        return cls(verb, label(verb, article), form, expected)

    @property
    def is_confirmed(self) -> bool:
        """Readers will notice it: its button leads to a page that says what it would do."""
        return self.verb in TELLERS


def choices(user: Any, article: Article, expected: int) -> Iterator[Choice]:
    """The verbs that lead somewhere from here, and that this person may do to the version they are looking at."""
    for verb in MOVES:
        if article.can(verb) and permissions.may(user, verb, article):
            yield Choice.of(verb, article, expected)


def label(verb: str, article: Article) -> str:
    if verb == "publish" and article.is_live:
        return _("Publish changes")
    if verb == "publish" and article.is_scheduled:
        return _("Publish earlier or later")
    return str(MOVES[verb].label)


class Moving(admin.ModelAdmin):
    """Chapter: `<article>/move/<verb>/`."""

    def get_urls(self) -> list[Any]:
        move = self.admin_site.admin_view(self.move_view)
        return [path("<int:pk>/move/<slug:verb>/", move, name="articles_article_move"), *super().get_urls()]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def move_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        article = self.shown(request, pk)
        if verb not in MOVES:
            raise Http404
        if not request.user.has_perm(article.needs(verb)):
            raise PermissionDenied
        if request.method != "POST":
            return self._confirmed_first(request, article, verb)
        choice = Choice.of(verb, article, number_in(request.POST.get("expected")), request.POST)
        if not choice.form.is_valid():
            return self._asked_again(request, article, choice)
        return self.move(request, article, choice, **choice.form.arguments())

    def _confirmed_first(self, request: HttpRequest, article: Article, verb: str) -> HttpResponse:
        """The page that says what the verb would do to the version this person was looking at; nothing is done."""
        latest = article.latest_revision
        if refusal := objection(verb, article, by=request.user, latest=latest):
            messages.error(request, str(refusal))
            return redirect("admin:articles_article_change", article.pk)
        choice = Choice.of(verb, article, latest.number)
        seen = number_in(request.GET.get("expected")) or latest.number
        if seen != latest.number:
            return self._compared(request, article, replace(choice, expected=seen), Unread(latest))
        return self._asked_again(request, article, choice)

    def move(self, request: HttpRequest, article: Article, choice: Choice, **arguments: Any) -> HttpResponse:
        """Do the verb, say what came of it, and go on to the article. A refusal changes nothing.

        Where there is a newer version than the one this person was looking at, they compare the two first.
        """
        try:
            act = partial(
                getattr(article, choice.verb), by=request.user, expected=choice.expected, **arguments
            )
            contention.repeated(act)
        except Unread as unread:
            return self._compared(request, article, choice, unread)
        except VerbRefused as refusal:
            messages.error(request, str(refusal))
        except OperationalError as problem:
            messages.error(request, contention.explanation(problem))
        else:
            messages.success(request, DONE.get(choice.verb) or article.status_sentence())
        return redirect("admin:articles_article_change", article.pk)

    def _compared(
        self, request: HttpRequest, article: Article, choice: Choice, unread: Unread
    ) -> HttpResponse:
        """What has changed, how it would look now, and the same button once more, for the newer version."""
        latest = unread.revision
        article.refresh_from_db()
        again = Choice.of(choice.verb, article, latest.number, choice.form.data or None)
        read = article.revisions.filter(number=choice.expected).first()
        shown = {
            "unread": unread,
            "read": read,
            "differences": differences(read.content, latest.content) if read else [],
        }
        return self._asked_again(request, article, again, **shown)

    def _asked_again(
        self, request: HttpRequest, article: Article, choice: Choice, **shown: Any
    ) -> HttpResponse:
        shown.setdefault("consequences", self._consequences(article, choice))
        context = {
            **self.admin_site.each_context(request),
            "title": choice.label,
            "opts": self.opts,
            "article": article,
            "choice": choice,
            **shown,
        }
        return TemplateResponse(request, "admin/articles/article/move.html", context)

    def _consequences(self, article: Article, choice: Choice) -> Any:
        version = article.revisions.filter(number=choice.expected).first()
        return consequences(choice.verb, article, version or article.latest_revision)
