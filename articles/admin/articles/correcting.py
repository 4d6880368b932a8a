"""Chapter: `<article>/correct/`, where a note to readers is begun: with the changed text, or without."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from articles import permissions
from articles.admin.articles.moving import Choice
from articles.admin.articles.note_fields import begun


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
        with_text = article.is_live and latest != article.adopted
        verbs = [verb for verb in (*(["publish"] if with_text else []), "correct") if article.can(verb)]
        offered = [Choice.of(verb, article, latest.number) for verb in verbs]
        for choice in offered:
            choice.form.initial = {**choice.form.initial, **begun(request.GET)}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Note for readers"),
            "opts": self.opts,
            "article": article,
            "offered": offered,
        }
        return TemplateResponse(request, "admin/articles/article/correct.html", context)
