"""How fast reports of errors come from one network address and its neighbours."""

import math
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from comments.models import Lead, TooMany

HOUR = timedelta(hours=1)
FROM_AN_ADDRESS = 6  # an hour
FROM_A_NETWORK = 30


def require(ip_hash: str, network_hash: str) -> None:
    """Raise TooMany when these report faster than people find errors. Without a lock: some sent at the very same moment
    may all be taken."""
    for name, value, most in (
        ("ip_hash", ip_hash, FROM_AN_ADDRESS),
        ("network_hash", network_hash, FROM_A_NETWORK),
    ):
        lately = Lead.objects.since(timezone.now() - HOUR).filter(**{name: value}).order_by("-received_at")
        if value and (full := lately.values_list("received_at", flat=True)[most - 1 : most]):
            wait = max(1, math.ceil((full[0] + HOUR - timezone.now()).total_seconds()))
            sentence = _(
                "Many reports have come from your network within the hour. Your words are still here:"
            )
            later = _("please send them again in %d minutes.") % math.ceil(wait / 60)
            raise TooMany(f"{sentence} {later}", retry_after=wait)
