"""The desk: Django's admin under our name. Its home says what waits for whom."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import update_wrapper
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from articles import permissions
from articles.models import Article, ArticleEvent, Revision
from articles.models.submitting import sent_back
from comments import permissions as comment_permissions
from comments.models import Comment, Lead
from newsroom import logged_out
from newsroom.foundations.db.capped_count import at_most, count_up_to
from newsroom.foundations.http.client_address import sent_from_here
from newsroom.models import Masthead

LATE = timedelta(minutes=5)  # run_due runs every minute
RECENT = 12
OWN = 200  # of a writer's own stories, the latest, among which what changed last is looked for
MOST_WAITING = 500  # more are not counted
EVERYDAY = "article comment lead image contributor tag".split()
SELDOM = "section standingpage reader houserules user masthead formerpath".split()


@dataclass(frozen=True)
class Card:
    """One thing that may be waiting: how many there are, and where to see them."""

    label: str | Promise
    count: int
    url: str
    urgent: bool = False

    @classmethod
    def of(cls, label: str | Promise, rows: QuerySet, url: str) -> "Card":
        return cls(label, count_up_to(MOST_WAITING, rows), url)

    @property
    def shown(self) -> str:
        return at_most(MOST_WAITING, self.count)


class Desk(admin.AdminSite):
    site_title = _("Newsroom desk")
    site_header = _("Newsroom desk")
    index_title = _("Desk")
    index_template = "admin/index.html"
    enable_nav_sidebar = False
    empty_value_display = ""

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """With the paper's name; Django's login page means something else by `site`."""
        return {**super().each_context(request), "paper": SimpleLazyObject(Masthead.current)}

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """Every page of the desk. Whoever sends a form after their log-in has ended takes their words along."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            is_lost = request.method == "POST" and not self.has_permission(request)
            if is_lost and sent_from_here(request) and request.path != reverse("admin:logout"):
                return logged_out.log_in_first(request)
            return inner(request, *args, **kwargs)

        return update_wrapper(guarded, inner)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The log-in; with the form somebody had sent when they had to log in, if there is one."""
        kept = logged_out.kept_in(request)
        if kept and "username" not in request.POST:
            return logged_out.log_in_page(request, kept)
        response: HttpResponse = super().login(request, {**(extra_context or {}), "kept": kept})
        if kept and response.status_code == 302 and self.has_permission(request):
            return logged_out.offer(request, kept)
        return response

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        home = {
            "cards": self.cards(request.user),
            "sent_back": sent_back_to(request.user),
            "recent": recently_changed(request.user),
            "overdue": overdue(request.user),
            "may_start": request.user.has_perm("articles.add_article"),
        }
        return super().index(request, {**home, **(extra_context or {})})

    def cards(self, user: Any) -> list[Card]:
        talk = [*comment_cards(user), *lead_cards(user)] if Comment in self._registry else []
        return [*article_cards(user), *talk]

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The home shows every room already."""
        return redirect("admin:index")

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return Suggestions.as_view(admin_site=self)(request)

    def get_urls(self) -> list[Any]:
        """Without the detour by which Django finds a row's page on the site: ours say where theirs is."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """In the order of a day's work; what every day needs is marked so."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: place(model["object_name"]))
            for model in app["models"]:
                model["everyday"] = model["object_name"].lower() in EVERYDAY
        return sorted(apps, key=lambda app: place(app["models"][0]["object_name"]))


class Suggestions(AutocompleteJsonView):
    """What pickers suggest; a ModelAdmin may say more of a row than its name by `in_pickers()`."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        more: Any = getattr(self.model_admin, "in_pickers", lambda obj: {})
        return {**super().serialize_result(obj, to_field_name), **more(obj)}


def place(name: str) -> int:
    order = [*EVERYDAY, *SELDOM]
    return order.index(name.lower()) if name.lower() in order else len(order)


def article_cards(user: Any) -> list[Card]:
    if not user.has_perm("articles.view_article"):
        return []
    seen = Article.objects.visible_to(user)
    every = reverse("admin:articles_article_changelist")
    return [
        Card.of(_("My drafts"), seen.drafts_of(user), f"{every}?state=draft&whose=mine"),
        Card.of(_("In review"), seen.in_review(), f"{every}?state=in_review"),
        Card.of(_("Approved"), seen.approved(), f"{every}?state=approved"),
        Card.of(_("Scheduled"), seen.planned(), f"{every}?state=scheduled"),
        Card.of(_("Live since today"), seen.live_today(), f"{every}?state=today"),
    ]


def comment_cards(user: Any) -> list[Card]:
    if not comment_permissions.may(user, "view"):
        return []
    waiting = count_up_to(MOST_WAITING, Comment.objects.awaiting())
    return [
        Card(_("Comments waiting"), waiting, reverse("admin:comments_comment_changelist"), urgent=waiting > 0)
    ]


def lead_cards(user: Any) -> list[Card]:
    """What readers report and nobody has taken."""
    if not user.has_perm("comments.view_lead"):
        return []
    waiting = count_up_to(MOST_WAITING, Lead.objects.untaken())
    url = reverse("admin:comments_lead_changelist")
    return [Card(_("Errors reported"), waiting, url, urgent=waiting > 0)]


def sent_back_to(user: Any) -> QuerySet[ArticleEvent]:
    """Why the desk returned this person's drafts, as far as they have not submitted them again."""
    return sent_back(Article.objects.visible_to(user).drafts_of(user))[:RECENT]


def recently_changed(user: Any) -> QuerySet[Revision]:
    """The newest version of each of the articles saved last, of those this person may see."""
    newer = Revision.objects.filter(article=OuterRef("article"), number__gt=OuterRef("number"))
    newest = Revision.objects.filter(~Exists(newer))
    if not (user.has_perm(permissions.SEES_UNPUBLISHED) and user.has_perm(permissions.ANYONES)):
        own = Article.objects.visible_to(user).order_by("-pk").values_list("pk", flat=True)
        newest = newest.filter(article__in=list(own[:OWN]))
    return newest.select_related("article__section", "by").order_by("-pk")[:RECENT]


def overdue(user: Any) -> int:
    """How many articles the clock's job should have dealt with, for those who can have it looked after."""
    if not user.has_perm("articles.publish_article"):
        return 0
    return count_up_to(MOST_WAITING, Article.objects.overdue(timezone.now() - LATE))
