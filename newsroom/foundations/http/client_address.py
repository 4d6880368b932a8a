"""Who is on the other side of a request, as far as our own proxies and their browser vouch for it."""

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

OURS = {
    "same-origin",
    "none",
}  # what browsers say of requests from our own pages, and of addresses typed by hand


def address(request: HttpRequest) -> str:
    """The network address of the reader; "" when there is none, as behind a socket.

    `X-Forwarded-For` may be written by anybody; only the entries our own proxies (settings.PROXIES of them) added at
    its end are believed.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.PROXIES else ""
    hops = [*filter(None, forwarded.split(",")), request.META.get("REMOTE_ADDR") or ""]
    return _plain(hops[-1 - settings.PROXIES] if len(hops) > settings.PROXIES else hops[0])


def _plain(hop: str) -> str:
    """One spelling for one address: without brackets and port, and IPv4 as such even when it came inside IPv6."""
    try:
        host = (
            hop.strip()
            if hop.count(":") > 1 and "[" not in hop
            else urlsplit(f"//{hop.strip()}").hostname or ""
        )
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return ""
    inside = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return str(inside or found)


def sent_from_here(request: HttpRequest) -> bool:
    """Was this form sent from a page of ours? Browsers say so themselves, in headers no page can write.

    A client that sends neither header is not a browser that could be tricked into anything.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in OURS:
        return False
    return request.headers.get("Origin") in {
        None,
        settings.SITE_ADDRESS,
        f"{request.scheme}://{request.get_host()}",
    }
