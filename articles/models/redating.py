"""Chapter: the date of first publication, corrected."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models.errors import NotReady

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.revisions import Revision
    from newsroom.models import User

FIRST_NEWSPAPER = 1605  # of the world, in Strasbourg: what is dated earlier is a slip of the pen


class Redated(models.Model):
    """Chapter: redate. The URL has the date in it, so the former one is kept and leads on."""

    class Meta:
        abstract = True

    # Verbs

    def redate(
        self: "Article", *, by: "User | None", expected: "Revision | int", at: datetime, reason: str
    ) -> None:
        """Say truly when a live article first appeared. Lists, feeds and maps have it in its place from now on."""
        if not reason.strip():
            raise NotReady(_("Say why the date was wrong, so that others at the desk understand."))
        with self._moving("redate", by=by, expected=expected, reason=reason, takes_effect=at):
            self._require_possible_date(at)
            self._respect_embargo(at)
            former = self.published_on
            self._appeared(at)
            self._require_free_url()
            self._keep_former_date(former)

    # How

    def _require_possible_date(self: "Article", at: datetime) -> None:
        if at > timezone.now():
            raise NotReady(
                _("That time is still to come, and readers see the article now. Choose a time gone by.")
            )
        if timezone.localtime(at).year < FIRST_NEWSPAPER:
            raise NotReady(_("There were no newspapers then. Is the year right?"))
        if at == self.publish_at:
            raise NotReady(_("That is the date it has already."))
