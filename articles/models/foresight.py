"""What stands in the way of a verb, asked of many articles without doing it. As many queries for a page as for one."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models.errors import NotReady, Unread, UrlTaken, VerbRefused
from articles.models.former_slugs import FormerSlug
from articles.models.images import Image
from articles.models.rendering import require_all
from articles.models.revisions import Revision
from newsroom.foundations import markup

if TYPE_CHECKING:
    from articles.models.article import Article, ArticleQuerySet
    from newsroom.models import User

Url = tuple[date, str]


def latest_of(articles: "Iterable[Article]") -> dict[int, Revision]:
    """The latest revision of each of these articles, by the article's key. One query."""
    newer = Revision.objects.filter(article=models.OuterRef("article"), number__gt=models.OuterRef("number"))
    keys = [article.pk for article in articles]
    found = Revision.objects.filter(~models.Exists(newer), article__in=keys).select_related("by")
    return {revision.article_id: revision for revision in found}


class Foresight:
    """These articles as they are now, and why a verb would be refused to any of them. Nothing is locked or done: the verb
    asks all this again."""

    def __init__(self, articles: "ArticleQuerySet") -> None:
        shown = articles.select_related("section", "adopted", "approved", "replacement", "started_by")
        self.articles: list[Article] = list(shown.prefetch_related("bylines__contributor"))
        self.latest = latest_of(self.articles)
        for article in self.articles:
            article._known_latest = self.latest[article.pk]

    def refusal(self, verb: str, article: "Article", *, by: "User", shown: int) -> VerbRefused | None:
        """What the verb would say no with, to this person who looks at the version `shown`; None if it would go on."""
        latest = self.latest[article.pk]
        try:
            article._require(verb, by)
            if shown != latest.number:
                raise Unread(latest)
            if verb == "submit":
                article._require_words()
            if verb == "publish":
                self._require_publishable(article, latest)
        except VerbRefused as refusal:
            return refusal
        return None

    def _require_publishable(self, article: "Article", revision: Revision) -> None:
        article._respect_embargo(timezone.now())
        require_readable(revision)
        require_all(named_in(revision), self._pictures)
        url = self._url(article)
        if self._owners.get(url, {article.pk}) - {article.pk}:
            raise UrlTaken(
                _("Another story of %(day)s already has the slug “%(slug)s”. Change the slug of this one.")
                % {"day": url[0], "slug": url[1]}
            )

    def _url(self, article: "Article") -> Url:
        """The day and slug by which readers would find it, published now."""
        day = article.published_on if article.is_live else None
        return day or timezone.localdate(), str(self.latest[article.pk].content.get("slug", ""))

    @cached_property
    def _pictures(self) -> set[int]:
        """Of all pictures that these texts name, those that are there. One query."""
        named = set[int]().union(*map(named_in, self.latest.values()))
        return set(Image.objects.filter(pk__in=named).values_list("pk", flat=True))

    @cached_property
    def _owners(self) -> dict[Url, set[int]]:
        """Whose these days and slugs are, or once were. Two queries."""
        wanted = {self._url(article) for article in self.articles}
        among = {
            "published_on__in": {day for day, _slug in wanted},
            "slug__in": {slug for _day, slug in wanted},
        }
        model = type(self.articles[0])
        now = model._default_manager.filter(**among).values_list("published_on", "slug", "pk")
        once = FormerSlug.objects.filter(**among).values_list("published_on", "slug", "article")
        owners: dict[Url, set[int]] = {}
        for day, slug, owner in [*now, *once]:
            owners.setdefault((day, slug), set()).add(owner)
        return owners


def named_in(revision: Revision) -> set[int]:
    return set(markup.pictures_named(revision.content.get("body") or ""))


def objection(verb: str, article: "Article", *, by: "User", latest: Revision) -> VerbRefused | None:
    """Why this verb would be refused to the latest version at any time; None if it may go on."""
    try:
        article._require(verb, by)
        if verb == "publish":
            require_readable(latest)
        if verb == "reinstate":
            article._respect_embargo(timezone.now())
    except VerbRefused as refusal:
        return refusal
    return None


def require_readable(revision: Revision) -> None:
    """Raises NotReady for words that could not stand before readers."""
    if not revision.headline.strip():
        raise NotReady(_("Readers need a headline."))
    body = str(revision.content.get("body", ""))
    if not body.strip():
        raise NotReady(_("There is no text to publish yet."))
    try:
        markup.article_html(body)
    except markup.MarkupRefused as refusal:
        raise NotReady(str(refusal)) from None
