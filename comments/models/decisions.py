"""What was decided about a comment, in order, and what the screens found when it came. Both append-only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.models.states import State
from newsroom.foundations.db.append_only import AppendOnly
from newsroom.foundations.workflow import Event


class Decision(Event):
    """One row: somebody (`by`, or the site when empty) did one verb to one comment. Append-only."""

    comment = models.ForeignKey("comments.Comment", models.PROTECT, related_name="decisions")
    start = models.CharField(_("from"), max_length=12, choices=State, blank=True)
    end = models.CharField(_("to"), max_length=12, choices=State)

    class Meta(Event.Meta):
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.verb} ({self.by or _('the site')}, {self.at:%Y-%m-%d %H:%M})"


class Finding(AppendOnly):
    """One row: one screen noticed something about one comment when it came. Evidence for moderators; append-only."""

    class Verdict(models.TextChoices):
        NOTE = "note", _("Worth knowing")
        HOLD = "hold", _("Held")
        SPAM = "spam", _("Taken for spam")

    comment = models.ForeignKey("comments.Comment", models.PROTECT, related_name="findings")
    screen = models.CharField(_("screen"), max_length=20)
    verdict = models.CharField(_("verdict"), max_length=4, choices=Verdict)
    detail = models.CharField(_("what was found"), max_length=300)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.detail

    @property
    def is_decisive(self) -> bool:
        """Does it hold the comment, whoever wrote it?"""
        return self.verdict != self.Verdict.NOTE
