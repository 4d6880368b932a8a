"""What happened to an article, in order: every verb leaves a row."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

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
    "redate": _("date of first publication corrected"),
    "embargo": _("put under embargo"),
    "lift_embargo": _("embargo lifted"),
    "go_live": _("announced"),
    "replace": _("replaced as planned"),
    "correct": _("noted for readers"),
    "take_back": _("note taken back"),
    "hide_changes": _("what changed hidden"),
    "show_changes": _("what changed shown"),
}


MOST = 1_000  # events of one article that are looked at for what readers have seen


class Seen(NamedTuple):
    """A version of an article as it came before readers, by a change that was not called minor."""

    event: int
    at: datetime
    revision: int


def seen_by_readers(article: int) -> list[Seen]:
    """The versions of this article that have been before readers, oldest first. A minor change is none of its own; it
    shows in the next. One query."""
    rows = ArticleEvent.objects.filter(article=article, shown__isnull=False).order_by("-pk")
    seen, before = [], None
    for event, at, revision, minor in reversed(rows.values_list("pk", "at", "shown", "minor")[:MOST]):
        if revision != before and not (minor and before):
            seen.append(Seen(event, at, revision))
        before = revision
    return seen


class ArticleEvent(Event):
    """One row: somebody (`by`, or the clock when empty) did one verb to one revision of an article. Append-only.

    `revision` is the one the verb acted on, and `replaced` the one that stood in its place before.
    """

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="events")
    revision = models.ForeignKey("articles.Revision", models.PROTECT, null=True, related_name="+")
    replaced = models.ForeignKey("articles.Revision", models.PROTECT, null=True, related_name="+")
    takes_effect = models.DateTimeField(_("takes effect"), null=True)
    shown = models.ForeignKey(
        "articles.Revision", models.PROTECT, null=True, related_name="+"
    )  # to readers, after it
    minor = models.BooleanField(_("minor change"), default=False)

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
    was_seen: bool

    @classmethod
    def by(cls, article: "Article") -> "Held":
        was_seen = article.is_live or article.is_withdrawn
        return cls(article.adopted, article.replacement, article.state == "published", was_seen)

    def is_rewritten(self, article: "Article") -> bool:
        """Readers who saw it find other words now."""
        return self.was_seen and self.adopted != article.adopted

    def acted_on(self, verb: str, article: "Article", latest: "Revision") -> "Revision | None":
        """Asked after the verb has acted. What only passes within the desk is about the latest revision."""
        if self.was_published and article.state != "published":
            return self.adopted
        if verb == "cancel_replacement":
            return self.planned
        if verb == "publish":
            return article.replacement if self._only_planned(article) else article.adopted
        return article.adopted if verb in {"reinstate", "replace", "block", "redate"} else latest

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
