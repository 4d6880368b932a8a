"""Where things came from: what an import brought, so that bringing it again finds it instead of doubling it."""

from typing import TYPE_CHECKING, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from newsroom.transfer.report import Origin

Row = TypeVar("Row", bound=models.Model)


class ImportRefQuerySet(models.QuerySet["ImportRef"]):
    def of(self, origin: "Origin") -> "ImportRef | None":
        return self.filter(
            source=origin.source, kind=origin.kind, old_id=origin.old_id, guid=origin.guid
        ).first()

    def pointed_at(self, source: str, kind: str, old_id: str) -> "ImportRef | None":
        """What others of the old site mean by this id; the newest, should two sites have shared an address."""
        return self.filter(source=source, kind=kind, old_id=old_id).order_by("-pk").first()


class ImportRef(models.Model):
    """One row is one thing of an old site (or of a table) and what became of it here.

    `object_id` is the key of our row, empty while the thing is only known: a picture whose file was not given yet.
    `checksum` stands for what the import wrote, `left_as` for our row as the import left it: when that no longer fits,
    somebody here has worked on it, and the import keeps its hands off.
    """

    source = models.CharField(_("source"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20)
    old_id = models.CharField(_("id there"), max_length=200)
    guid = models.CharField(max_length=255, blank=True)
    object_id = models.BigIntegerField(_("id here"), null=True)
    checksum = models.CharField(max_length=64, blank=True)
    left_as = models.CharField(max_length=64, blank=True)
    url = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(default=dict)
    imported_at = models.DateTimeField(_("imported"), auto_now=True)

    objects = ImportRefQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported item")
        verbose_name_plural = _("imported items")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "old_id", "guid"], name="imported_once")
        ]
        indexes = [models.Index(fields=["source", "kind", "url"], name="imported_from_url")]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.old_id}"

    def row_among(self, rows: "models.Manager[Row]") -> "Row | None":
        """Our row of it, if there is one and it has not been deleted since."""
        return rows.filter(pk=self.object_id).first() if self.object_id else None
