"""Chapter: the hashes of IP addresses that came with what readers sent, kept for a while only."""

from datetime import timedelta
from typing import TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from newsroom.foundations.db.short_transactions import short_transaction

Row = TypeVar("Row", bound=models.Model)
AT_ONCE = 500  # rows in a transaction


class WithIpHashes(models.QuerySet[Row]):
    """Rows with `received_at`, `ip_hash` and `network_hash`."""

    def forget_ip_addresses(self) -> int:
        """Forget the hashes older than the house keeps them. How many were forgotten."""
        kept_since = timezone.now() - timedelta(days=settings.COMMENT_ADDRESS_DAYS)
        known, forgotten = self.filter(received_at__lt=kept_since).exclude(ip_hash=""), 0
        while keys := list(known.values_list("pk", flat=True)[:AT_ONCE]):
            with short_transaction():
                forgotten += self.filter(pk__in=keys).update(ip_hash="", network_hash="")
        return forgotten
