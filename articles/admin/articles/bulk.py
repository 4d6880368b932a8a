"""Chapter: verbs on many articles of the list. One page says of each what would happen; then each goes alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.articles.comparing import TEXTS, Difference, differences
from articles.admin.articles.consequences import in_bulk_sentences, who_learns_of_it
from articles.admin.articles.history import number_in
from articles.models import MOVES, Article, Revision, State, Unread, VerbRefused
from articles.models.foresight import Foresight
from newsroom.foundations.db import contention

CONFIRMED = "confirmed"  # what the page's own button posts


@dataclass(frozen=True)
class Prospect:
    """One chosen article: what would happen to it, or why it will not go."""

    article: Article
    latest: Revision
    shown: int
    sentences: list[str]
    differences: list[Difference]
    refusal: str

    @property
    def is_unsubmitted(self) -> bool:
        return self.article.state == State.DRAFT


def in_bulk(verb: str) -> Callable[..., HttpResponse | None]:
    """The verb as an action on the chosen rows."""

    @admin.action(description=MOVES[verb].label, permissions=[verb])
    def action(model_admin: Any, request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse | None:
        if CONFIRMED not in request.POST:
            return asked_first(model_admin, request, verb, articles)
        done, refused = each_alone(request, verb, articles)
        say_each(request, verb, done, refused)
        return None

    action.__name__ = verb
    return action


def shown_of(request: HttpRequest, article: Article) -> int:
    """The number of the version that stood in the list when this person chose the article."""
    return number_in(request.POST.get(f"shown-{article.pk}"))


# The page before


def asked_first(
    model_admin: Any, request: HttpRequest, verb: str, articles: QuerySet[Article]
) -> HttpResponse:
    """What would happen to each of them. Nothing is done, and it costs as many queries for a page as for one."""
    prospects = list(foreseen(request, verb, articles))
    going = [prospect for prospect in prospects if not prospect.refusal]
    unsubmitted = [one for one in going if verb == "publish" and one.is_unsubmitted]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": MOVES[verb].label,
        "opts": model_admin.opts,
        "verb": verb,
        "going": [prospect for prospect in going if prospect not in unsubmitted],
        "unsubmitted": unsubmitted,
        "staying": [prospect for prospect in prospects if prospect.refusal],
        "told": who_learns_of_it() if verb == "publish" else [],
    }
    return TemplateResponse(request, "admin/articles/article/bulk.html", context)


def foreseen(request: HttpRequest, verb: str, articles: QuerySet[Article]) -> Iterator[Prospect]:
    """The chosen articles in the order of the list."""
    keys = list(articles.values_list("pk", flat=True))
    foresight = Foresight(Article.objects.filter(pk__in=keys))
    for article in sorted(foresight.articles, key=lambda article: keys.index(article.pk)):
        latest, shown = foresight.latest[article.pk], shown_of(request, article)
        refusal = foresight.refusal(verb, article, by=request.user, shown=shown)
        seen = article.adopted if verb == "publish" and article.is_live else None
        yield Prospect(
            article,
            latest,
            shown,
            sentences=in_bulk_sentences(verb, article, latest),
            differences=differences(seen.content, latest.content, among=TEXTS) if seen else [],
            refusal=why_not(article, refusal, shown) if refusal else "",
        )


# The verb, and what came of it


def each_alone(
    request: HttpRequest, verb: str, articles: QuerySet[Article]
) -> tuple[list[tuple[Article, int]], list[str]]:
    """Each goes through the verb alone, and a refusal stops no other. Who went in which version; why others did not."""
    done, refused = [], []
    for article in articles:
        shown = shown_of(request, article)
        try:
            if not shown:
                raise VerbRefused(_("It was not on the page. Choose it where you can see it."))
            contention.repeated(partial(getattr(article, verb), by=request.user, expected=shown))
            done.append((article, shown))
        except VerbRefused as refusal:
            refused.append(named(article, why_not(article, refusal, shown)))
        except OperationalError as problem:
            refused.append(named(article, contention.explanation(problem)))
    return done, refused


def say_each(request: HttpRequest, verb: str, done: list[tuple[Article, int]], refused: list[str]) -> None:
    if done:
        count = ngettext("%(verb)s: %(count)d article.", "%(verb)s: %(count)d articles.", len(done))
        each = format_html_join("", " <span class='each'>“{}”: {}</span>", _with_versions(done))
        said = count % {"verb": MOVES[verb].label, "count": len(done)}
        messages.success(request, format_html("{}{}", said, each))
    for reason in refused:
        messages.error(request, reason)


def _with_versions(done: list[tuple[Article, int]]) -> Iterator[tuple[str, str]]:
    for article, version in done:
        yield str(article), f"{_('Version %d') % version}. {article.standing()}"


def named(article: Article, reason: str) -> str:
    return format_html("“{}”: {}", article, reason)


def why_not(article: Article, refusal: VerbRefused, shown: int) -> str:
    """A refusal in words; one for a newer version leads to what has changed since."""
    if not isinstance(refusal, Unread):
        return str(refusal)
    if not shown:
        return _("It was not on the page. Choose it where you can see it.")
    page = reverse("admin:articles_article_version", args=[article.pk, refusal.revision.number])
    return format_html('{} <a href="{}?since={}">{}</a>', refusal, page, shown, _("What has changed"))


class InBulk(admin.ModelAdmin):
    """Chapter: the list's actions."""

    actions = [in_bulk("submit"), in_bulk("approve"), in_bulk("publish")]

    def response_action(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponse | None:
        if not all(map(number_in, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise BadRequest("An article is chosen by its number.")
        return super().response_action(request, queryset)

    def has_submit_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MOVES["submit"].needs)

    def has_approve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MOVES["approve"].needs)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MOVES["publish"].needs)
