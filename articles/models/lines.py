"""Chapter: two lines of one article. While a replacement waits for its time, what readers see may be corrected; then the
waiting one lacks the correction, and the two are brought together."""

from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from articles.models.errors import Conflict, NotReady
from articles.models.revisions import CONTENT, TEXTS, Revision
from newsroom.foundations.merging import merged

if TYPE_CHECKING:
    from articles.models.article import Article
    from newsroom.models import User


def together(
    base: dict[str, Any], theirs: dict[str, Any], yours: dict[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """One content out of two that were made from the same base, and the names of the fields in which they conflict."""
    content, conflicting = dict(yours), []
    for name in CONTENT:
        was, one, other = (side.get(name) for side in (base, theirs, yours))
        if other in (was, one):
            content[name] = one
        elif one != was:
            merge = merged(was or "", one or "", other or "") if name in TEXTS else None
            if merge and not merge.conflicts:
                content[name] = merge.text
            else:
                conflicting.append(name)
    return content, conflicting


class TwoLines(models.Model):
    """Chapter: correct what readers see while a replacement waits, and bring the two together."""

    class Meta:
        abstract = True

    # Questions

    @property
    def is_parted(self: "Article") -> bool:
        """Was the planned replacement written before what readers see now, so that it lacks something of it?"""
        if not (self.will_change and self.adopted and self.replacement):
            return False
        return bool(self.replacement.number < self.adopted.number)

    def is_correction(self: "Article", number: int) -> bool:
        """Was this revision made from what readers see?"""
        made = Revision.objects.filter(article=self.pk, number=number, based_on__isnull=False)
        return made.filter(based_on=self.adopted_id).exists()

    def conflicts_when_joined(self: "Article") -> list[str]:
        """The names of the fields in which the correction and the planned replacement are in each other's way."""
        return self._joined()[1]

    # Verbs

    def revise_live(
        self: "Article", *, by: "User | None", live: int, note: str = "", **fields: Any
    ) -> Revision:
        """Save a small fix of what readers see, made from that revision and not from the latest.

        `live` is the number of the revision the editor had before them: raises Conflict when readers see another now.
        Readers see the correction when it is published.
        """
        with transaction.atomic():
            self._lock()
            if not (self.is_live and self.adopted):
                raise NotReady(_("Readers see no version of it that could be corrected."))
            if self.adopted.number != live:
                raise Conflict(self.adopted)
            return self.revise(by=by, made_from=self.adopted, note=note, **fields)

    def rejoin(self: "Article", *, by: "User | None", expected: "Revision | int") -> Revision:
        """Put the correction into the planned replacement: a new revision, planned for the same time."""
        with transaction.atomic():
            self._lock()
            at, planned = self.replacement_at, self.replacement
            if not (self.is_parted and planned and self._as_expected(expected) == self.adopted):
                raise NotReady(_("Something was saved since. Open the planned version, and save it anew."))
            content, conflicting = self._joined()
            if conflicting:
                raise NotReady(_("Both changed the same words. Open the planned version, and save it anew."))
            if content == self.adopted.content:
                raise NotReady(
                    _("The planned version says nothing that readers do not see. Cancel the planned change.")
                )
            note = _("%(planned)s and %(live)s") % {"planned": planned, "live": self.adopted}
            written = self.revise(by=by, note=note, **content)
            self.publish(by=by, at=at, expected=written)
            return written

    # How

    def _joined(self: "Article") -> tuple[dict[str, Any], list[str]]:
        live, planned = self.adopted, self.replacement
        if not (live and planned):
            return {}, []
        base = planned.common_with(live) or planned
        return together(base.content, live.content, planned.content)
