"""Chapter: what goes to the desk, and how it comes back to its writer."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext as _

from articles.models.errors import NotReady
from articles.models.events import ArticleEvent
from articles.models.moves import DRAFT

if TYPE_CHECKING:
    from articles.models.article import Article, ArticleQuerySet
    from articles.models.revisions import Revision
    from newsroom.models import User


def ways_back(article: models.OuterRef | int) -> models.QuerySet[ArticleEvent]:
    """How this article became a draft again, the latest time first."""
    return ArticleEvent.objects.filter(article=article, end=DRAFT).exclude(start=DRAFT).order_by("-pk")


def sent_back(drafts: "ArticleQuerySet") -> models.QuerySet[ArticleEvent]:
    """Of these drafts, those the desk returned, as the events that say who did and why; the latest first."""
    latest = models.Subquery(ways_back(models.OuterRef("pk")).values("pk")[:1])
    returned = drafts.order_by().annotate(way_back=latest).values("way_back")
    events = ArticleEvent.objects.filter(pk__in=returned, verb="send_back")
    return events.select_related("article__section", "by").order_by("-pk")


class Submitted(models.Model):
    """Chapter: take back what was submitted; what the desk returned."""

    class Meta:
        abstract = True

    # Questions

    def sent_back(self: "Article") -> ArticleEvent | None:
        """The event that says who returned this draft and why; None if nobody did."""
        if self.state != DRAFT:
            return None
        latest = ways_back(self.pk).select_related("by").first()
        return latest if latest and latest.verb == "send_back" else None

    # Verbs

    def recall(self: "Article", *, by: "User | None", expected: "Revision | int", reason: str = "") -> None:
        """Its writer takes back what the desk has not approved yet, and goes on writing."""
        with self._moving("recall", by=by, expected=expected, reason=reason):
            pass

    # How

    def _require_words(self: "Article") -> None:
        """Raises NotReady for an article that the desk could not read."""
        missing = [
            word
            for word, words in ((_("the headline"), self.headline), (_("the text"), self.body))
            if not words.strip()
        ]
        if missing:
            raise NotReady(
                _("There is nothing to submit yet. Missing: %s. Write it, save, and submit again.")
                % _(" and ").join(missing)
            )
