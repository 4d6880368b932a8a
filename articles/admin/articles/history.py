"""Chapter: how an article came here. Every version can be read, compared and brought back; every verb left a line."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import permissions
from articles.admin.articles.comparing import differences, label
from articles.models import Article, ArticleEvent, Revision, VerbRefused
from articles.models.revisions import CONTENT

A_PAGE = 30
MOST_EVENTS = 200


@dataclass(frozen=True)
class Saved:
    """One version in a list, with the names of the fields it changed."""

    revision: Revision
    changed: list[str]


def number_in(text: str | None) -> int:
    """The version number somebody's form or URL names; 0, which no version has, for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


class History(admin.ModelAdmin):
    """Chapter: `<article>/history/` and `<article>/versions/<number>/`."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/versions/<int:number>/", view(self.version_view), name="articles_article_version"),
            path("<int:pk>/compare/", view(self.compare_view), name="articles_article_compare"),
            path(
                "<int:pk>/versions/<int:number>/restore/",
                view(self.restore_view),
                name="articles_article_restore",
            ),
            *super().get_urls(),
        ]

    def saved(self, article: Article, *, before: int | None = None, count: int = A_PAGE) -> list[Saved]:
        """Versions newest first, each with what it changed. One query."""
        revisions = article.revisions.select_related("by").order_by("-number")
        if before:
            revisions = revisions.filter(number__lt=before)
        found = list(revisions[: count + 1])
        return [
            Saved(revision, [label(name) for name in revision.changed_since(earlier)] if earlier else [])
            for revision, earlier in zip(found[:count], [*found[1:], None], strict=False)
        ]

    def events(self, article: Article) -> QuerySet[ArticleEvent]:
        events = article.events.select_related("by", "revision", "replaced")
        return events.defer("revision__content", "replaced__content").order_by("-pk")

    def version(self, article: Article, number: int) -> Revision:
        return get_object_or_404(article.revisions.select_related("by"), number=number)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        article = self.get_object(request, unquote(object_id))
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        saved = self.saved(article, before=number_in(request.GET.get("before")))
        context = {
            "saved": saved,
            "older": saved[-1].revision.number if saved and saved[-1].revision.number > 1 else None,
            "comparing": len(saved) > 1,
            "events": self.events(article)[:MOST_EVENTS],
            "title": _("Versions and events"),
        }
        return self._looking_back(request, article, "history.html", context)

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """From the form of the history to the page of the version that was chosen, beside the other."""
        article = self.shown(request, pk)
        since, number = (number_in(request.GET.get(name)) for name in ("from", "to"))
        if not (since and number):
            messages.error(request, _("Choose two versions, one to compare from and one to compare to."))
            return redirect("admin:articles_article_history", pk)
        self.version(article, number)
        address = reverse("admin:articles_article_version", args=[pk, number], query={"since": since})
        return redirect(address)

    def version_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        article = self.shown(request, pk)
        revision = self.version(article, number)
        earlier = self._compared_with(request, article, number)
        latest = article.latest_revision
        context = {
            "revision": revision,
            "latest": latest,
            "earlier": earlier,
            "is_backwards": bool(earlier and earlier.number > number),
            "differences": differences(earlier.content, revision.content) if earlier else [],
            "may_restore": revision != latest and permissions.may(request.user, "change", article),
            "title": str(revision),
        }
        return self._looking_back(request, article, "version.html", context)

    def _compared_with(self, request: HttpRequest, article: Article, number: int) -> Revision | None:
        """The version to compare with: the one `since` names, older or newer; else the one before."""
        others = article.revisions.exclude(number=number).select_related("by").order_by("-number")
        named = number_in(request.GET.get("since"))
        return others.filter(number=named).first() or others.filter(number__lt=number).first()

    @method_decorator(require_POST)
    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Bring a version back by saving its content as the next one: nothing after it is lost."""
        article = self.shown(request, pk)
        if not permissions.may(request.user, "change", article):
            raise PermissionDenied
        old = self.version(article, number)
        content = {name: value for name, value in old.content.items() if name in CONTENT}
        opened_on = number_in(request.POST.get("based_on"))
        note = _("Version %d again") % number
        try:
            new = article.revise(by=request.user, based_on=opened_on, note=note, **content)
        except VerbRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:articles_article_version", pk, number)
        messages.success(
            request, _("Version %(old)d is back, as version %(new)d.") % {"old": number, "new": new.number}
        )
        return redirect("admin:articles_article_change", pk)

    def _looking_back(
        self, request: HttpRequest, article: Article, template: str, shown: dict[str, Any]
    ) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "article": article, **shown}
        return TemplateResponse(request, f"admin/articles/article/{template}", context)
