"""Chapter: the live version is corrected while a replacement waits for its time, and the two are brought together."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import permissions
from articles.admin.articles.comparing import label
from articles.admin.articles.history import number_in
from articles.models import Article, Revision, VerbRefused
from newsroom.foundations.db import contention

LIVE, PLANNED = "live", "planned"  # what `?start=` may name: the version that the form starts from


def start_of(request: HttpRequest, data: Any, article: Article) -> Revision | None:
    """The version that the form is to start from instead of the latest, if its URL names one that there is."""
    if data is None and article.will_change:
        return {LIVE: article.adopted, PLANNED: article.replacement}.get(request.GET.get("start", ""))
    return None


def lines(request: HttpRequest, article: Article) -> dict[str, Any]:
    """What the sheet says of a live article for which a replacement waits."""
    named = (request.POST or request.GET).get("start", "")
    return {
        "start": named if article.will_change and named in {LIVE, PLANNED} else "",
        "in_each_others_way": [*map(label, article.conflicts_when_joined())] if article.is_parted else [],
        "may_rejoin": article.is_parted and permissions.may(request.user, "publish", article),
    }


class Lines(admin.ModelAdmin):
    """Chapter: `<article>/rejoin/`."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.rejoin_view)
        return [path("<int:pk>/rejoin/", view, name="articles_article_rejoin"), *super().get_urls()]

    @method_decorator(require_POST)
    def rejoin_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self.shown(request, pk)
        expected = number_in(request.POST.get("expected"))
        try:
            written = contention.repeated(partial(article.rejoin, by=request.user, expected=expected))
        except VerbRefused as refusal:
            messages.error(request, str(refusal))
        except OperationalError as problem:
            messages.error(request, contention.explanation(problem))
        else:
            messages.success(request, _("%s holds both, and is planned in its place.") % written)
        return redirect("admin:articles_article_change", pk)
