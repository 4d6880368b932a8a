"""Network addresses, of which we keep only a keyed hash, and that only for a while."""

from ipaddress import ip_network

from django.utils.crypto import salted_hmac


def hashed(address: str) -> str:
    """Alike for comments from one connection, and of no use to anybody without the site's secret key.

    A household has one IPv4 address but a whole /64 of IPv6, so of the latter only that much counts.
    """
    if not address:
        return ""
    network = ip_network((address, 64), strict=False) if ":" in address else address
    return salted_hmac("comments.addresses", str(network), algorithm="sha256").hexdigest()
