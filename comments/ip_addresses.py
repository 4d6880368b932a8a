"""IP addresses, of which we keep only keyed hashes, and those only for a while."""

from ipaddress import ip_address, ip_network

from django.utils.crypto import salted_hmac

# Bits, by the version of the protocol. A household has one IPv4 address but a whole /64 of IPv6; whoever rents servers
# or has a line at the office holds many of them side by side, in a /24 or a /48.
HOUSEHOLD = {4: 32, 6: 64}
NETWORK = {4: 24, 6: 48}


def hashed(ip: str) -> str:
    """Alike for comments from one connection, and of no use to anybody without the site's secret key."""
    return _hashed(ip, HOUSEHOLD)


def network_hashed(ip: str) -> str:
    """Alike for comments from one neighbourhood of connections."""
    return _hashed(ip, NETWORK)


def _hashed(ip: str, bits: dict[int, int]) -> str:
    if not ip:
        return ""
    network = ip_network((ip, bits[ip_address(ip).version]), strict=False)
    return salted_hmac("comments.ip_addresses", str(network), algorithm="sha256").hexdigest()
