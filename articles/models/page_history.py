"""How a standing page came to be what it is: every version somebody saved, and every verb that was done to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.events import PAST
from articles.models.versions import Version
from newsroom.foundations.workflow import Event

WORDS = ("title", "body", "slug")  # what an editor writes on a page, and so what a version of it holds


class PageRevision(Version):
    """One row is a whole standing page as one person saved it at one moment. Append-only; numbered from 1."""

    holds = WORDS

    page = models.ForeignKey("articles.StandingPage", models.PROTECT, related_name="revisions")

    class Meta(Version.Meta):
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="page_revision_numbered_once")]


class PageEvent(Event):
    """One row: somebody (`by`, or an import when empty) put one version of a page before readers, or took it away.
    Append-only."""

    page = models.ForeignKey("articles.StandingPage", models.PROTECT, related_name="events")
    revision = models.ForeignKey(PageRevision, models.PROTECT, related_name="+")

    class Meta(Event.Meta):
        default_permissions = ()
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return f"{self.verb} ({self.by or _('the import')}, {self.at:%Y-%m-%d %H:%M})"

    @property
    def past(self) -> str:
        """“published”: the verb as something that has happened."""
        return str(PAST.get(self.verb, self.verb))
