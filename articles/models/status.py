"""Chapter: where the article stands, in words an editor can act on."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models.moves import State

if TYPE_CHECKING:
    from datetime import datetime

    from articles.models.article import Article


def clock(moment: "datetime | None") -> str:
    """“09:12” today, “3 May 2026, 09:12” on another day, in the site's time zone."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    time = date_format(local, "H:i")
    return time if local.date() == timezone.localdate() else f"{date_format(local, 'j F Y')}, {time}"


class Status(models.Model):
    """Chapter: the state in words."""

    class Meta:
        abstract = True

    @property
    def phase(self: "Article") -> str:
        """Its state in one word, with what is published told apart by the clock: “scheduled” or “live”."""
        if self.is_scheduled:
            return "scheduled"
        return "live" if self.is_live else self.state

    def status_sentence(self: "Article") -> str:
        """“Live since 09:12. Version 4 is not yet published.”"""
        return " ".join(
            filter(None, [self.standing(), self.embargo_sentence(), self._replacement_due(), self._ahead()])
        )

    def standing(self: "Article") -> str:
        """“Live since 09:12.” Its place in the workflow alone."""
        if self.is_live:
            return _("Live since %s.") % clock(self.publish_at)
        if self.is_scheduled:
            return _("Scheduled for %s.") % clock(self.publish_at)
        if self.is_withdrawn and self.blocked:
            return _("Taken down for legal reasons; readers are told: “%s”") % self.withdrawn_reason
        if self.is_withdrawn:
            return _("Withdrawn; readers are told: “%s”") % self.withdrawn_reason
        return {
            State.DRAFT: _("A draft. Readers cannot see it."),
            State.IN_REVIEW: _("Waiting for the desk. Readers cannot see it."),
            State.APPROVED: _("Approved, not yet published."),
        }[State(self.state)]

    def _replacement_due(self: "Article") -> str:
        if not (self.replacement and self.replacement_at):
            return ""
        facts = {"number": self.replacement.number, "time": clock(self.replacement_at)}
        due = _("Version %(number)d replaces it at %(time)s.") % facts
        if not self.is_parted:
            return due
        return f"{due} {_('It lacks what version %d changed.') % self.adopted.number}"  # type: ignore[union-attr]

    def _ahead(self: "Article") -> str:
        number = self._number_ahead()
        if not number:
            return ""
        if self.approved:
            return _("Version %(approved)d was approved; version %(number)d was saved since.") % {
                "approved": self.approved.number,
                "number": number,
            }
        if self.is_scheduled and self.adopted:
            return _(
                "Version %(adopted)d goes out then, and not version %(number)d, which was saved since."
            ) % {
                "adopted": self.adopted.number,
                "number": number,
            }
        if self.is_withdrawn:
            return _("Version %d was saved since.") % number
        return _("Version %d is not yet published.") % number

    def _number_ahead(self: "Article") -> int | None:
        """The latest revision's number, if it is neither approved, nor before readers, nor scheduled to be."""
        known = {revision.number for revision in (self.approved, self.adopted, self.replacement) if revision}
        if not (self.approved or self.state in {State.PUBLISHED, State.WITHDRAWN}):
            return None
        newest: int = self.__dict__.get("newest") or self.latest_revision.number  # lists have fetched it
        return None if newest in known else newest
