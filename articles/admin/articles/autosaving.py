"""Chapter: what is typed is kept on the server while it is typed, and offered again when it was never saved."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.admin.articles.comparing import Difference, differences
from articles.admin.articles.form import ArticleForm
from articles.admin.articles.history import number_in
from articles.admin.articles.presence import surroundings
from articles.admin.rates import more_than
from articles.models import Article, NotAllowed, Presence, UnsavedText, VerbRefused
from articles.models.revisions import WORDS, stored
from articles.models.unsaved import KEPT, LAST, Sheet, TooLong, require_change
from newsroom.foundations.db import contention

MOST = 120  # requests a minute and person: several windows, each every few seconds
WINDOW = re.compile(r"[A-Za-z0-9-]{8,40}")
OF_THE_FORM = ("bylines-", "take-", "merged-", "start")  # what its fields' names may begin with besides
STATUS = {NotAllowed: 403, TooLong: 413}  # of an answer to a script; another refusal is a 409

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Offer:
    """Words of this person that were never saved, and what they say otherwise than the latest version."""

    text: UnsavedText
    differences: list[Difference]


def problem(words: Any, status: int) -> JsonResponse:
    return JsonResponse({"problem": str(words)}, status=status)


def too_often(user: Any) -> bool:
    """Has this person's browser asked more in this minute than several open windows do?"""
    return more_than(MOST, f"desk-scripts:{user.pk}")


def window_in(text: str | None) -> str:
    """The name of a window that a form gives itself; empty for anything else."""
    return text if text and WINDOW.fullmatch(text) else ""


def typed_in(data: QueryDict) -> Sheet:
    """The fields of the article's form among what was posted, as typed."""
    known = {*ArticleForm.base_fields}
    return [
        [name, value]
        for name, values in data.lists()
        if name in known or name.startswith(OF_THE_FORM)
        for value in values
    ]


def as_posted(text: UnsavedText) -> QueryDict:
    """Unsaved words as the form would post them, to be shown in it again."""
    data = QueryDict(mutable=True)
    for name, value in text.sheet:
        data.appendlist(name, value)
    data["instead_of"] = text.window
    return data


class Autosaving(admin.ModelAdmin):
    """Chapter: `<article>/autosave/`, and `add/autosave/` for an article that does not exist yet."""

    def get_urls(self) -> list[Any]:
        keep, discard = self._scripted(self.autosave_view), self.admin_site.admin_view(self.discard_view)
        return [
            path("add/autosave/", keep, name="articles_article_add_autosave"),
            path("<int:pk>/autosave/", keep, name="articles_article_autosave"),
            path("add/autosave/discard/", discard, name="articles_article_add_discard"),
            path("<int:pk>/autosave/discard/", discard, name="articles_article_discard"),
            *super().get_urls(),
        ]

    def _scripted(self, view: View) -> View:
        """For a script: who is logged out hears so, instead of being led to the log-in; every refusal is small JSON."""

        @never_cache
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.admin_site.has_permission(request):
                return problem(_("You are logged out."), 401)
            if too_often(request.user):
                return problem(_("That was very often in one minute. Wait a moment."), 429)
            try:
                return view(request, *args, **kwargs)
            except VerbRefused as refusal:
                return problem(refusal, STATUS.get(type(refusal), 409))
            except OperationalError as refusal:
                return problem(contention.explanation(refusal), 503)

        return answered

    def autosave_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        article = self.shown(request, pk) if pk else None
        require_change(request.user, article)
        if request.method != "POST":  # after a log-in in another window the form needs the new token
            return JsonResponse({"token": get_token(request), **surroundings(request, article)})
        if request.POST.get("person") != str(request.user.pk):
            return problem(_("Somebody else is logged in now: %s.") % request.user, 409)
        window, count = window_in(request.POST.get("window")), number_in(request.POST.get("count"))
        if not (window and count):
            return problem(_("This is no text of a form of ours."), 400)
        kept = contention.repeated(lambda: self._keep(request, article, window, count))
        if article:
            Presence.objects.see(request.user, article)
        said = {"count": kept.count, "closed": kept.count == LAST}
        return JsonResponse({**said, **surroundings(request, article)})

    def _keep(self, request: HttpRequest, article: Article | None, window: str, count: int) -> UnsavedText:
        age = timedelta(seconds=number_in(request.POST.get("age")))
        return UnsavedText.objects.keep(
            request.user,
            article,
            typed_in(request.POST),
            window=window,
            count=count,
            instead_of=window_in(request.POST.get("instead_of")),
            based_on=number_in(request.POST.get("based_on")),
            age=min(age, KEPT),
        )

    @method_decorator(require_POST)
    def discard_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Forget what one of this person's own windows held."""
        article = self.shown(request, pk) if pk else None
        if article is None and not self.has_add_permission(request):
            raise PermissionDenied
        self.close_unsaved(request, article)
        messages.info(request, _("Forgotten: what was never saved is gone."))
        return redirect("admin:articles_article_change", pk) if pk else redirect("admin:articles_article_add")

    def close_unsaved(self, request: HttpRequest, article: Article | None) -> None:
        """What this form holds is saved, or discarded."""
        windows = [window_in(request.POST.get(name)) for name in ("window", "instead_of")]
        UnsavedText.objects.close(request.user, article, *windows)

    def restored(self, request: HttpRequest, article: Article | None) -> QueryDict | None:
        """What the form is to show if its URL asks for this person's unsaved words."""
        window = window_in(request.GET.get("unsaved"))
        text = self._waiting(request, article).filter(window=window).first() if window else None
        return as_posted(text) if text else None

    def autosaved(self, request: HttpRequest, article: Article | None, form: ArticleForm) -> dict[str, Any]:
        """What the page of the form needs to keep what is typed, and to offer what was typed before."""
        start = "admin:articles_article"
        of = [article.pk] if article else []
        prefix = start if article else f"{start}_add"
        return {
            "autosave_url": reverse(f"{prefix}_autosave", args=of),
            "discard_url": reverse(f"{prefix}_discard", args=of),
            "restored": form.is_bound and request.method != "POST",
            "offers": [] if form.is_bound else [*self._offers(request, article, form)],
        }

    def _offers(self, request: HttpRequest, article: Article | None, form: ArticleForm) -> Iterator[Offer]:
        """The newest first; none that says what the latest version says."""
        before = form.opened.content if form.opened else blank(form)
        for text in self._waiting(request, article).order_by("-saved_at"):
            typed = self.sheet(request, article, as_posted(text)).draft().content
            if not typed["slug"]:  # it will follow the headline
                typed.pop("slug")
            found = [one for one in differences(before, before | typed) if one.before != one.after]
            if found:
                yield Offer(text, found)

    def _waiting(self, request: HttpRequest, article: Article | None) -> Any:
        return UnsavedText.objects.of(request.user, article).waiting()


def blank(form: ArticleForm) -> dict[str, Any]:
    """What a form says before anybody has typed."""
    credited = [(line.contributor, line.role) for line in form.instance.credits()]
    fields = {name: getattr(form.instance, name) for name in WORDS}
    return stored({**fields, "section": None, "picture": None, "bylines": credited, "tags": []})
