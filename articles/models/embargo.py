"""Chapter: embargo. Until its time an article may be written and judged, and nothing of it comes before readers."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import permissions
from articles.models.errors import IllegalMove, NotAllowed, NotReady, UnderEmbargo
from articles.models.moves import PUBLISHED

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.revisions import Revision
    from newsroom.models import User

FARTHEST = timedelta(days=5 * 366)
NOBODY_READS_EARLIER = models.CheckConstraint(
    condition=~models.Q(state=PUBLISHED)
    | models.Q(embargo_until__isnull=True)
    | models.Q(publish_at__gte=models.F("embargo_until")),
    name="embargo_ends_before_publication",
)


def in_full(moment: datetime) -> str:
    """“3 May 2026, 09:12 (Europe/Berlin)”: for a time by which others are bound."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    return f"{date_format(local, 'j F Y, H:i')} ({timezone.get_default_timezone_name()})"


class Embargoed(models.Model):
    """Chapter: `embargo_until`. It belongs to the article, whatever its revisions say, and lapses by the clock alone.

    What is before readers, or on its way, is never under an embargo that still runs: the verbs and the database refuse.
    """

    embargo_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    # Questions

    @property
    def is_embargoed(self) -> bool:
        return self.embargo_until is not None and self.embargo_until > timezone.now()

    def embargo_sentence(self) -> str:
        """“Under embargo until 3 May 2026, 09:12 (Europe/Berlin).” Empty when there is none."""
        if not (self.is_embargoed and self.embargo_until):
            return ""
        return _("Under embargo until %s.") % in_full(self.embargo_until)

    # Verbs

    def embargo(
        self: "Article", *, by: "User | None", expected: "Revision | int", until: datetime, reason: str = ""
    ) -> None:
        """Nothing of it may appear before this time. To end a running one earlier is for who may lift it."""
        try:
            with self._moving("embargo", by=by, expected=expected, reason=reason, takes_effect=until):
                self._require_sensible_end(until)
                self._require_right_to_shorten(by, until)
                self._require_nothing_earlier(until)
                self.embargo_until = until
        except IllegalMove:
            if self.is_live:
                raise IllegalMove(
                    _("Readers see it already, so an embargo would come too late. Withdraw it first.")
                ) from None
            raise

    def lift_embargo(self: "Article", *, by: "User | None", expected: "Revision | int", reason: str) -> None:
        """It may appear at once. It does not appear by that: publishing is another verb."""
        if not reason.strip():
            raise NotReady(_("Say why the embargo may be lifted: who agreed to it?"))
        with self._moving("lift_embargo", by=by, expected=expected, reason=reason):
            self.embargo_until = None

    # How

    def _respect_embargo(self, at: datetime) -> None:
        """Raises UnderEmbargo if readers would see it before its time. One that has lapsed binds nobody: it is dropped,
        where the article is dated before its end."""
        if not self.embargo_until or at >= self.embargo_until:
            return
        if self.is_embargoed:
            raise UnderEmbargo(
                _(
                    "It is under embargo until %s. Publish it for that time or later; or somebody who may lift an "
                    "embargo, as editors may, lifts it first."
                )
                % in_full(self.embargo_until)
            )
        self.embargo_until = None

    def _require_sensible_end(self, until: datetime) -> None:
        if until <= timezone.now():
            raise NotReady(_("That time has already gone by. An embargo ends at a time to come."))
        if until > timezone.now() + FARTHEST:
            raise NotReady(_("That is years away. Is the year right?"))

    def _require_right_to_shorten(self: "Article", by: "User | None", until: datetime) -> None:
        if by is None or not (self.is_embargoed and self.embargo_until and until < self.embargo_until):
            return
        if not permissions.may(by, "lift_embargo", self):
            raise NotAllowed(
                _("It is under embargo until %s. Only who may lift an embargo can end it earlier.")
                % in_full(self.embargo_until)
            )

    def _require_nothing_earlier(self: "Article", until: datetime) -> None:
        if self.is_scheduled and self.publish_at and self.publish_at < until:
            raise NotReady(
                _(
                    "It is scheduled for %s, before this embargo would end. Take it off the schedule first, or "
                    "schedule it for a later time."
                )
                % in_full(self.publish_at)
            )
