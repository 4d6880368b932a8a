"""What changed and when: the log that every page cache reads, on every machine."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purge(models.Model):
    """One row: pages showing any of these topics are to be made anew, from the moment the row can be read or, if it
    has a date, from that moment on. Written with the change itself, in its transaction; kept for a day."""

    topics = models.TextField(_("topics"))  # separated by blanks
    at = models.DateTimeField(_("from"), null=True)
    written_at = models.DateTimeField(_("written"), auto_now_add=True)
    # PostgreSQL's number of the transaction: rows become readable in another order than they are numbered in.
    transaction = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("purge")
        verbose_name_plural = _("purges")
        default_permissions = ()
        indexes = [
            models.Index(fields=["transaction", "id"], name="purges_in_order"),
            models.Index(fields=["at"], name="purges_by_date", condition=models.Q(at__isnull=False)),
            models.Index(fields=["written_at"], name="purges_by_age"),
        ]

    def __str__(self) -> str:
        return self.topics
