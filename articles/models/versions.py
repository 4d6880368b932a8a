"""Chapter: what editors write is kept version by version. Articles and standing pages are made of this: the row is what
readers see, a version is what an editor wrote (law 1)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models.errors import Conflict, WorkingCopyError
from newsroom.foundations.db.append_only import AppendOnly


class Version(AppendOnly):
    """One row is the whole of an article or a page as one person saved it at one moment. Append-only; numbered from 1."""

    holds: ClassVar[tuple[str, ...]] = ()  # the names of the fields in `content`, in the order of the form

    number = models.PositiveIntegerField(gettext_lazy("version"))
    content = models.JSONField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=gettext_lazy("saved by"),
    )
    created_at = models.DateTimeField(gettext_lazy("saved"), auto_now_add=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True
        verbose_name = gettext_lazy("version")
        verbose_name_plural = gettext_lazy("versions")
        ordering = ["-number"]

    def __str__(self) -> str:
        return _("Version %d") % self.number

    def changed_since(self, other: "Version") -> list[str]:
        """The names of the fields in which the two differ."""
        return [name for name in self.holds if self.content.get(name) != other.content.get(name)]


class Versioned(models.Model):
    """Chapter: a row with versions, which stand in `revisions`, and with working copies, which are never stored."""

    is_working_copy = False

    class Meta:
        abstract = True

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """Every way to save one row ends here. Raises WorkingCopyError."""
        self._require_stored()
        super().save_base(*args, **kwargs)

    @property
    def latest_revision(self) -> Any:
        versions: Any = getattr(self, "revisions")  # noqa: B009  (a relation of those who are made of this)
        return versions.select_related("by").latest("number")

    def _require_stored(self) -> None:
        if self.is_working_copy:
            raise WorkingCopyError

    def _require_latest(self, based_on: int | None) -> Any:
        """The latest version. Raises Conflict when it is another than somebody had before them."""
        latest = self.latest_revision
        if based_on is not None and latest.number != based_on:
            raise Conflict(latest)
        return latest

    def _next_number(self) -> int:
        # Numbered under the row lock, so two editors saving at once get 4 and 5, never 4 and 4.
        versions: Any = getattr(self, "revisions")  # noqa: B009
        return int(versions.aggregate(models.Max("number"))["number__max"] or 0) + 1
