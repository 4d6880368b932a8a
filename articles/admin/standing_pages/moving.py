"""Chapter: a standing page is put before readers or taken away, after a page that says what will happen."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.admin.articles.history import number_in
from articles.admin.standing_pages.history import PageHistory, differences
from articles.models import StandingPage, VerbRefused
from articles.models.standing_pages import PAGE_MOVES


class PageMoving(PageHistory):
    """Chapter: `<page>/move/<verb>/`."""

    def get_urls(self) -> list[Any]:
        asked = require_http_methods(["GET", "HEAD", "POST"])(self.move_view)
        move = self.admin_site.admin_view(asked)
        return [
            path("<int:pk>/move/<slug:verb>/", move, name="articles_standingpage_move"),
            *super().get_urls(),
        ]

    def move_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        page = self.page_shown(request, pk)
        if verb not in PAGE_MOVES:
            raise Http404
        if not request.user.has_perm(PAGE_MOVES[verb].needs):
            raise PermissionDenied
        refusal = ""
        if request.method == "POST":
            refusal = self._moved(request, page, verb)
            if not refusal:
                return redirect("admin:articles_standingpage_change", pk)
            page = self.page_shown(request, pk)
        return self._asked(request, page, verb, refusal)

    def _moved(self, request: HttpRequest, page: StandingPage, verb: str) -> str:
        """Do the verb to the version that was shown; or why it was refused."""
        try:
            getattr(page, verb)(by=request.user, expected=number_in(request.POST.get("expected")))
        except VerbRefused as refused:
            return str(refused)
        except ValidationError as refused:
            return " ".join(refused.messages)
        done = {
            "publish": _("Readers see version %d now.") % page.latest_revision.number,
            "withdraw": _("Readers see it no longer. Everything written is kept."),
        }
        messages.success(request, done[verb])
        return ""

    def _asked(self, request: HttpRequest, page: StandingPage, verb: str, refusal: str) -> HttpResponse:
        latest, adopted = page.latest_revision, page.adopted
        context = {
            "verb": verb,
            "move": PAGE_MOVES[verb],
            "possible": page.can(verb),
            "refusal": refusal,
            "latest": latest,
            "adopted": adopted,
            "url": page.as_written(latest).get_absolute_url(),
            "differences": differences(adopted, latest) if adopted else [],
            "title": PAGE_MOVES[verb].label,
        }
        return self.looking_back(request, page, "move.html", context)
