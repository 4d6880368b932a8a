"""Chapter: the article as readers would see it, before they do. Shown in a frame beside the form, to nobody else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from articles.admin.articles.form import ArticleForm
from articles.admin.articles.stillness import without_links
from articles.admin.rates import more_than
from articles.models import Article, NotReady, Revision
from articles.reading import preview

MOST_PREVIEWS = 60  # a minute and person; laying out a long text costs a second

ELSEWHERE = {
    "cards": "articles/preview_cards.html",
    "search": "articles/preview_search.html",
    "social": "articles/preview_social.html",
}

View = Callable[..., HttpResponse]


def framed_by_us(view: View) -> View:
    """This answer may stand in a frame of our own pages, and is kept by nobody. Nothing in it can be followed."""

    @xframe_options_sameorigin
    @csp_replace({"frame-ancestors": [SELF]})
    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"
        if isinstance(response, TemplateResponse):
            response.add_post_render_callback(still)
        return response

    return wrapped


def still(response: HttpResponse) -> None:
    response.content = without_links(response.text)


def too_often(user: Any) -> bool:
    """Has this person asked for more previews this minute than one can look at?"""
    return more_than(MOST_PREVIEWS, f"previews:{user.pk}")


def no_preview(request: HttpRequest, why: str, status: int = 200) -> HttpResponse:
    """Why there is nothing to look at, in the frame where it would be."""
    return TemplateResponse(request, "admin/no_preview.html", {"why": why}, status=status)


class Previewing(admin.ModelAdmin):
    """Chapter: `<article>/preview/` of what has been typed, `<article>/versions/4/preview/` of what was saved."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("add/preview/", view(self.preview_view), name="articles_article_add_preview"),
            path("<int:pk>/preview/", view(self.preview_view), name="articles_article_preview"),
            path(
                "<int:pk>/versions/<int:number>/preview/",
                view(self.version_preview_view),
                name="articles_article_version_preview",
            ),
            *super().get_urls(),
        ]

    @property
    def preview_view(self) -> View:
        return framed_by_us(require_POST(self._preview))

    @property
    def version_preview_view(self) -> View:
        return framed_by_us(self._version_preview)

    def _preview(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        article = self.shown(request, pk) if pk else None
        if article is None and not self.has_add_permission(request):
            raise PermissionDenied
        if too_often(request.user):
            return no_preview(request, _("That was many previews in one minute. Wait a moment."), status=429)
        form = self.sheet(request, article)
        return self._laid_out(request, article or form.instance, self._typed(form))

    def _typed(self, form: ArticleForm) -> Revision:
        """What stands in the form; if nothing was typed into it, the version it was opened on."""
        typed: Revision = form.draft()
        opened: Revision | None = form.opened
        if opened is None:
            return typed
        said = {name: value for name, value in typed.content.items() if name != "slug" or value}
        return opened if opened.content | said == opened.content else typed

    def _version_preview(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        article = self.shown(request, pk)
        return self._laid_out(request, article, self.version(article, number))

    def _laid_out(self, request: HttpRequest, article: Article, revision: Revision) -> HttpResponse:
        """The page; or what is made of the same words elsewhere, if the URL says `?as=cards` or another of ELSEWHERE."""
        template = ELSEWHERE.get(request.GET.get("as", ""))
        made = preview.elsewhere if template else preview.page
        try:
            shown = made(article, revision, preview.what_is_shown(article, revision))
        except NotReady as refusal:
            return no_preview(request, str(refusal))
        return TemplateResponse(request, template or "articles/article.html", shown)
