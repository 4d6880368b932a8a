"""Chapter: `<article>/correct/`, where a note to readers is begun: with the changed text, or without."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from articles import permissions
from articles.admin.articles.consequences import consequences
from articles.admin.articles.moving import Choice
from articles.admin.articles.note_fields import begun
from articles.models import Article, Revision


class Correcting(admin.ModelAdmin):
    """Chapter: the page a lead or a colleague's link comes to. Its buttons are those of moving.py."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.correct_view)
        return [path("<int:pk>/correct/", view, name="articles_article_correct"), *super().get_urls()]

    def correct_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self.shown(request, pk)
        if not permissions.may(request.user, "correct", article):
            raise PermissionDenied
        latest = article.latest_revision
        verbs = [verb for verb in ("publish", "correct") if article.can(verb) and not article.is_scheduled]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Note for readers"),
            "opts": self.opts,
            "article": article,
            "offered": [self._begun(request, article, verb, latest) for verb in verbs],
        }
        return TemplateResponse(request, "admin/articles/article/correct.html", context)

    def _begun(self, request: HttpRequest, article: Article, verb: str, latest: Revision) -> dict[str, Any]:
        """The verb's form with what the link has filled in, and what the verb would do."""
        choice = Choice.of(verb, article, latest.number)
        choice.form.initial = {**choice.form.initial, **begun(request.GET)}
        return {"choice": choice, "consequences": consequences(verb, article, latest)}
