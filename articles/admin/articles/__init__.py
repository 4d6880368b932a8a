"""Articles in the admin: the sum of the chapters beside this file, and who may open which."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from articles import permissions
from articles.admin.articles.autosaving import Autosaving
from articles.admin.articles.correcting import Correcting
from articles.admin.articles.history import History
from articles.admin.articles.lines import Lines
from articles.admin.articles.linking import Linking
from articles.admin.articles.list import Listing
from articles.admin.articles.moving import Moving
from articles.admin.articles.pasting import Pasting
from articles.admin.articles.presence import Present
from articles.admin.articles.previewing import Previewing
from articles.admin.articles.sharing import Sharing
from articles.admin.articles.writing import Writing
from articles.models import Article


@admin.register(Article)
class ArticleAdmin(
    Writing,
    Pasting,
    Linking,
    Autosaving,
    Present,
    Lines,
    Moving,
    Correcting,
    Previewing,
    Sharing,
    History,
    Listing,
):
    """Clicks become verbs here; no rule of the desk lives here."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Everything in this admin starts from what this person may see."""
        return Article.objects.visible_to(request.user)

    def shown(self, request: HttpRequest, pk: int) -> Article:
        """The article if this person may see it; otherwise it never existed."""
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return super().has_view_permission(request)
        return permissions.may(request.user, "view", obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return super().has_change_permission(request)
        return permissions.may(request.user, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Articles are withdrawn, never deleted."""
        return False

    def view_on_site(self, article: Article) -> str | None:
        return article.get_absolute_url() if article.is_live else None
