"""Chapter: the desk's list of articles. As many queries for a full page as for one row."""

from functools import reduce
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles import permissions, search
from articles.admin.articles.bulk import InBulk
from articles.admin.articles.filters import FILTERS, ByBylineForm
from articles.admin.articles.presence import open_by
from articles.models import Article, Byline, Contributor, Section
from articles.models.scheduling import NEXT_CHANGE
from articles.models.status import clock
from newsroom.foundations.db.capped_count import ShortPaginator

LONGEST_SEARCH = 200
MOST_FOUND = 1_000
ORDERS: dict[str, list[Any]] = {
    "live": ["-publish_at", "-pk"],
    "today": ["-publish_at", "-pk"],
    "scheduled": [NEXT_CHANGE.asc(), "pk"],
}


class ArticleList(ChangeList):
    """One page of the list, loaded for what it shows, each article with its section's trail."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Article]:
        return super().get_queryset(request, exclude_parameters).for_lists()

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        trails = Section.objects.trail_names()
        self.result_list = list(self.result_list)
        present = open_by(self.result_list)
        for article in self.result_list:
            article.trail_shown = trails[article.section_id]
            article.open_by = " ".join(present.get(article.pk, []))


def holding(word: str) -> Q:
    """In headline, standfirst or bylines."""
    people = Contributor.objects.filter(name__icontains=word)
    signed = Byline.objects.filter(contributor__in=people).values("article")
    return Q(headline__icontains=word) | Q(standfirst__icontains=word) | Q(pk__in=signed)


class Listing(InBulk):
    """Chapter: the list."""

    list_display = ["headline_shown", "standing_shown", "section_shown", "bylines_shown", "published_shown"]
    list_display_links = ["headline_shown"]
    sortable_by = ()
    list_filter = FILTERS
    list_per_page = 50
    list_max_show_all = 200
    ordering = ["-pk"]
    paginator = ShortPaginator
    search_fields = ["headline"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    @property
    def media(self) -> forms.Media:
        return super().media + ByBylineForm().media

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ArticleList

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """As an index has them: by when readers see them, where that is what was asked for; else by when they began."""
        if request.GET.get("from") or request.GET.get("until"):
            return ["-published_on", "-pk"]
        return ORDERS.get(request.GET.get("state", ""), ["-pk"])

    def get_search_results(
        self, request: HttpRequest, articles: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """Articles that hold every word asked for, or words that begin so; of very many, the newest thousand.

        Who sees the whole archive is answered by the search's index. Who sees only their own has few enough to read.
        """
        query = search.Query.parse(search_term[:LONGEST_SEARCH], begun=True)
        if not search_term.split():
            return articles, False
        if not request.user.has_perm(permissions.ANYONES):
            return reduce(lambda own, word: own.filter(holding(word)), query.text.split(), articles), False
        try:
            found = search.matching(query, MOST_FOUND)
        except search.TakesTooLong:
            messages.warning(
                request, _("This search takes too long just now. Try again, or with other words.")
            )
            return articles.none(), False
        if len(found) == MOST_FOUND:
            messages.info(request, _("Very many articles hold these words; you see the newest thousand."))
        return articles.filter(pk__in=found), False

    def action_checkbox(self, article: Article) -> str:
        """The tick, and the version it is for: a verb in bulk is done to no other."""
        return format_html(
            '{}<input type="hidden" name="shown-{}" value="{}">',
            super().action_checkbox(article),
            article.pk,
            article.newest,
        )

    @admin.display(description=_("headline"))
    def headline_shown(self, article: Article) -> str:
        embargo = format_html(' <span class="embargo-badge">{}</span>', _("Embargo"))
        shown = embargo if article.is_embargoed else ""
        return format_html('<span class="kicker">{}</span> {}{}', article.label, article, shown)

    @admin.display(description=_("state"))
    def standing_shown(self, article: Article) -> str:
        standing = format_html(
            '<span class="standing is-{}">{}</span>', article.phase, article.status_sentence()
        )
        present = format_html(' <span class="open-by">{}</span>', article.open_by) if article.open_by else ""
        return format_html("{}{}", standing, present)

    @admin.display(description=_("section"))
    def section_shown(self, article: Article) -> str:
        return article.trail_shown

    @admin.display(description=_("bylines"))
    def bylines_shown(self, article: Article) -> str:
        return ", ".join(byline.contributor.name for byline in article.credits())

    @admin.display(description=_("published"))
    def published_shown(self, article: Article) -> str:
        if not article.publish_at:
            return ""
        updated = (
            format_html("<br>{} {}", _("updated"), clock(article.updated_at)) if article.was_updated else ""
        )
        return format_html("{}{}", clock(article.publish_at), updated)
