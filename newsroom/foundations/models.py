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


class Delivery(models.Model):
    """One row: a cache in front still has to be told to forget these topics. Written with the purge itself, in its
    transaction; gone when the cache has been told twice."""

    cache = models.CharField(_("cache"), max_length=200)  # its address, as in settings.CACHES_IN_FRONT
    topics = models.TextField(_("topics"))  # separated by blanks
    since = models.DateTimeField(_("from"))  # when it was to be told first
    due = models.DateTimeField(_("due"))  # when it is to be told next, or whoever is telling it is given up
    sent = models.BooleanField(_("told once"), default=False)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)  # since it was last told
    problem = models.CharField(_("problem"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        default_permissions = ()
        indexes = [models.Index(fields=["cache", "due"], name="deliveries_due")]

    def __str__(self) -> str:
        return f"{self.cache}: {self.topics}"
