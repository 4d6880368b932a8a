"""What happened to an article, in order: every verb leaves a row."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.foundations.workflow import Event

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
}


class ArticleEvent(Event):
    """One row: somebody (`by`, or the clock when empty) did one verb to one revision of an article. Append-only."""

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="events")
    revision = models.ForeignKey("articles.Revision", models.PROTECT, null=True, related_name="+")
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
