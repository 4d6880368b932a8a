"""Chapter: how a standing page came here. Every version can be read, compared, looked at and brought back."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.admin.articles.comparing import Difference
from articles.admin.articles.history import A_PAGE, MOST_EVENTS, Saved, number_in
from articles.admin.articles.previewing import framed_by_us, no_preview, too_often
from articles.models import PageRevision, StandingPage, VerbRefused
from articles.models.page_history import WORDS
from newsroom.foundations import markup


def label(name: str) -> str:
    return str(getattr(StandingPage._meta.get_field(name), "verbose_name", name))


def differences(before: PageRevision, after: PageRevision) -> list[Difference]:
    """The fields in which two versions differ, in the order of the form."""
    return [
        Difference(label(name), before.content.get(name, ""), after.content.get(name, ""))
        for name in after.changed_since(before)
    ]


class PageHistory(admin.ModelAdmin):
    """Chapter: `<page>/history/` and `<page>/versions/<number>/`."""

    def get_urls(self) -> list[Any]:
        view, version = self.admin_site.admin_view, "<int:pk>/versions/<int:number>/"
        return [
            path(version, view(self.version_view), name="articles_standingpage_version"),
            path(
                f"{version}preview/",
                view(framed_by_us(self.version_preview_view)),
                name="articles_standingpage_version_preview",
            ),
            path(f"{version}restore/", view(self.restore_view), name="articles_standingpage_restore"),
            *super().get_urls(),
        ]

    def page_shown(self, request: HttpRequest, pk: int) -> StandingPage:
        """The page at this key, for somebody who may see pages at the desk."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(StandingPage.objects.with_latest(), pk=pk)

    def version(self, page: StandingPage, number: int) -> PageRevision:
        return get_object_or_404(page.revisions.select_related("by"), number=number)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        page = self.page_shown(request, number_in(unquote(object_id)))
        versions = page.revisions.select_related("by").order_by("-number")
        if before := number_in(request.GET.get("before")):
            versions = versions.filter(number__lt=before)
        found = list(versions[: A_PAGE + 1])
        saved = [
            Saved(revision, [label(name) for name in revision.changed_since(earlier)] if earlier else [])
            for revision, earlier in zip(found[:A_PAGE], [*found[1:], None], strict=False)
        ]
        context = {
            "saved": saved,
            "older": saved[-1].revision.number if len(found) > A_PAGE else None,
            "events": page.events.select_related("by", "revision").defer("revision__content")[:MOST_EVENTS],
            "title": _("Versions and events"),
        }
        return self.looking_back(request, page, "history.html", context)

    def version_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        page = self.page_shown(request, pk)
        revision = self.version(page, number)
        older = page.revisions.filter(number__lt=number).order_by("-number")
        earlier = older.filter(number=number_in(request.GET.get("since"))).first() or older.first()
        is_latest = number == page.latest_number
        context = {
            "revision": revision,
            "is_latest": is_latest,
            "earlier": earlier,
            "differences": differences(earlier, revision) if earlier else [],
            "may_restore": not is_latest and self.has_change_permission(request),
            "title": str(revision),
        }
        return self.looking_back(request, page, "version.html", context)

    def version_preview_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        page = self.page_shown(request, pk)
        return self.laid_out(request, page.as_written(self.version(page, number)))

    @method_decorator(require_POST)
    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Bring a version back by saving its content as the next one: nothing after it is lost."""
        page = self.page_shown(request, pk)
        if not self.has_change_permission(request):
            raise PermissionDenied
        content = self.version(page, number).content
        words = {name: content[name] for name in WORDS if name in content}
        opened_on, note = number_in(request.POST.get("based_on")), _("Version %d again") % number
        try:
            new = page.revise(by=request.user, based_on=opened_on, note=note, **words)
        except VerbRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:articles_standingpage_version", pk, number)
        said = _("Version %(old)d is back, as version %(new)d.") % {"old": number, "new": new.number}
        messages.success(request, said)
        return redirect("admin:articles_standingpage_change", pk)

    def laid_out(self, request: HttpRequest, page: StandingPage) -> HttpResponse:
        """This text as readers would see it, in the frame beside the form."""
        if too_often(request.user):
            return no_preview(request, _("That was many previews in one minute. Wait a moment."), status=429)
        try:
            page.take_down(page.rendered())
        except markup.MarkupRefused as refusal:
            return no_preview(request, str(refusal))
        context = {"page": page, "page_title": page.title, "preview": True}
        return TemplateResponse(request, "articles/standing_page.html", context)

    def looking_back(
        self, request: HttpRequest, page: StandingPage, template: str, shown: dict[str, Any]
    ) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "page": page, **shown}
        return TemplateResponse(request, f"admin/articles/standingpage/{template}", context)
