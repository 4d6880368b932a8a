"""What happened to an article, in order: every verb leaves a row."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.foundations.workflow import Event

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.revisions import Revision

PAST = {
    "submit": _("submitted"),
    "recall": _("taken back by its writer"),
    "send_back": _("sent back"),
    "approve": _("approved"),
    "reopen": _("back in review"),
    "publish": _("published"),
    "unschedule": _("taken off the schedule"),
    "cancel_replacement": _("planned change cancelled"),
    "withdraw": _("withdrawn"),
    "block": _("taken down for legal reasons"),
    "reinstate": _("put back"),
    "embargo": _("put under embargo"),
    "lift_embargo": _("embargo lifted"),
    "go_live": _("announced"),
    "replace": _("replaced as planned"),
}


class ArticleEvent(Event):
    """One row: somebody (`by`, or the clock when empty) did one verb to one revision of an article. Append-only.

    `revision` is the one the verb acted on, and `replaced` the one that stood in its place before.
    """

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="events")
    revision = models.ForeignKey("articles.Revision", models.PROTECT, null=True, related_name="+")
    replaced = models.ForeignKey("articles.Revision", models.PROTECT, null=True, related_name="+")
    takes_effect = models.DateTimeField(_("takes effect"), null=True)

    class Meta(Event.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return f"{self.verb} ({self.by or _('the clock')}, {self.at:%Y-%m-%d %H:%M})"

    @property
    def until(self) -> datetime | None:
        """When an embargo ends; of other verbs `takes_effect` says when it begins to be true."""
        return self.takes_effect if self.verb == "embargo" else None

    @property
    def past(self) -> str:
        """“published”: the verb as something that has happened."""
        if self.verb == "publish" and self.takes_effect and self.takes_effect > self.at:
            return str(_("scheduled"))
        return str(PAST.get(self.verb, self.verb))


@dataclass(frozen=True)
class Held:
    """The revisions an article held before a verb: by them its event names, for ever, what the verb acted on."""

    adopted: "Revision | None"
    planned: "Revision | None"
    was_published: bool

    @classmethod
    def by(cls, article: "Article") -> "Held":
        return cls(article.adopted, article.replacement, article.state == "published")

    def acted_on(self, verb: str, article: "Article", latest: "Revision") -> "Revision | None":
        """Asked after the verb has acted. What only passes within the desk is about the latest revision."""
        if self.was_published and article.state != "published":
            return self.adopted
        if verb == "cancel_replacement":
            return self.planned
        if verb == "publish":
            return article.replacement if self._only_planned(article) else article.adopted
        return article.adopted if verb in {"reinstate", "replace"} else latest

    def replaced(self, verb: str, article: "Article", acted_on: "Revision | None") -> "Revision | None":
        """What it took the place of: before readers, on the schedule, or among what is planned."""
        if verb == "publish" and self._only_planned(article):
            before = self.planned
        elif verb in {"reinstate", "replace"} or (verb == "publish" and self.was_published):
            before = self.adopted
        else:
            before = None
        return None if before == acted_on else before

    def _only_planned(self, article: "Article") -> bool:
        """Readers see what they saw; the revision waits for its time."""
        return article.replacement is not None and article.adopted == self.adopted
