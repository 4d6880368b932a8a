"""Chapter: `linkable/` finds the paper's own live stories, for who links to one while writing."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from articles import search
from articles.admin.articles.list import LONGEST_SEARCH
from articles.admin.articles.pasting import may_write
from articles.models import Article
from articles.models.status import clock

OFFERED = 8
READ = 1_000  # of those found, drafts among them


class Linking(admin.ModelAdmin):
    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_safe(self.linkable_view))
        return [path("linkable/", view, name="articles_article_linkable"), *super().get_urls()]

    def linkable_view(self, request: HttpRequest) -> JsonResponse:
        """Of the live stories that hold these words, the newest; without words the newest of all."""
        if not may_write(request.user):
            raise PermissionDenied
        stories = live_stories(request.GET.get("q", "")[:LONGEST_SEARCH])
        return JsonResponse({"stories": [in_short(story) for story in stories[:OFFERED]]})


def live_stories(words: str) -> QuerySet[Article]:
    stories = Article.objects.published().select_related("section").order_by("-publish_at", "-pk")
    if not words.strip():
        return stories
    try:
        return stories.filter(pk__in=search.matching(search.Query.parse(words, begun=True), READ))
    except search.TakesTooLong:
        return stories.none()


def in_short(story: Article) -> dict[str, str]:
    return {"headline": story.headline, "path": story.get_absolute_url(), "when": clock(story.publish_at)}
