"""Chapter: who else has the article open, and whether a newer version was saved: told without loading the page again."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from articles.admin.articles.history import number_in
from articles.models import Article, Presence, Revision
from articles.models.status import clock


def surroundings(request: HttpRequest, article: Article | None) -> dict[str, Any]:
    """What happens around a form while it is open, in sentences. The form says which version it was opened on."""
    if article is None:
        return {"present": [], "newer": None}
    return {
        "present": [*in_sentences(Presence.objects.others(request.user, article))],
        "newer": newer(request, article, number_in(request.POST.get("based_on"))),
    }


def in_sentences(present: Iterable[Presence]) -> Iterator[str]:
    for one in present:
        yield _("%(who)s has had it open since %(time)s.") % {"who": one.person, "time": clock(one.since)}


def newer(request: HttpRequest, article: Article, opened: int) -> dict[str, str] | None:
    """The version that was saved since, and where it is compared with the one that was opened."""
    latest = Revision.objects.filter(article=article).select_related("by").defer("content").latest("number")
    if not opened or latest.number <= opened:
        return None
    facts = {"who": latest.by or _("The import"), "number": latest.number, "time": clock(latest.created_at)}
    if latest.by_id == request.user.pk:
        sentence = _("You saved version %(number)d in another window at %(time)s.") % facts
    else:
        sentence = _("%(who)s saved version %(number)d at %(time)s.") % facts
    page = reverse("admin:articles_article_version", args=[article.pk, latest.number])
    return {"sentence": sentence, "url": f"{page}?since={opened}"}


class Present(admin.ModelAdmin):
    """Chapter: `<article>/presence/`, which a browser asks while the article's page is open."""

    def get_urls(self) -> list[Any]:
        view = self._scripted(self.presence_view)
        return [path("<int:pk>/presence/", view, name="articles_article_presence"), *super().get_urls()]

    def presence_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self.shown(request, pk)
        if request.method == "POST" and request.POST.get("leaving"):
            Presence.objects.leave(request.user, article)
            return HttpResponse(status=204)
        if request.method == "POST":
            Presence.objects.see(request.user, article)
        return JsonResponse(surroundings(request, article))


def open_by(articles: list[Article]) -> dict[int, list[str]]:
    """Who has which of these articles open, in sentences, by the articles' keys. One query."""
    found: dict[int, list[str]] = {}
    for one in Presence.objects.now().filter(article__in=articles):
        found.setdefault(one.article_id, []).extend(in_sentences([one]))
    return found
