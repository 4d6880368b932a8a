"""What happened to an article, in order: every verb leaves a row."""

from datetime import datetime
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.foundations.workflow import Event

PAST = {
    "submit": _("submitted"),
    "send_back": _("sent back"),
    "approve": _("approved"),
    "reopen": _("back in review"),
    "publish": _("published"),
    "unschedule": _("taken off the schedule"),
    "cancel_replacement": _("planned change cancelled"),
    "withdraw": _("withdrawn"),
    "reinstate": _("put back"),
    "go_live": _("announced"),
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
    """One row: somebody (`by`, or the clock when empty) did one verb to one revision of an article. Append-only."""

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="events")
    revision = models.ForeignKey("articles.Revision", models.PROTECT, null=True, related_name="+")
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
    def past(self) -> str:
        """“published”: the verb as something that has happened."""
        if self.verb == "publish" and self.takes_effect and self.takes_effect > self.at:
            return str(_("scheduled"))
        return str(PAST.get(self.verb, self.verb))
