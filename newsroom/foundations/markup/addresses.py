"""Which addresses readers may follow, and which pictures their browsers may load."""

import re
from urllib.parse import urlsplit

from django.conf import settings

SCHEMES = {"http", "https", "mailto"}
UNSEEN_BY_BROWSERS = re.compile(
    r"[\x00-\x1f\x7f-\x9f]"
)  # they read `java<tab>script:` as if there were no tab
FILE = re.compile(
    r"(?!.*\.\.)[\w./-]+", re.ASCII
)  # plain names only: no browser can read them as another place


def usable(href: str) -> str:
    """The address as a browser will read it, or nothing if none should. `//host/path` is given its https."""
    href = UNSEEN_BY_BROWSERS.sub("", href).strip().replace("\\", "/").replace(" ", "%20")
    href = f"https:{href}" if href.startswith("//") else href
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.scheme in ("http", "https"):
        return href if parts.netloc else ""
    if parts.scheme:
        return href if parts.scheme in SCHEMES else ""
    return "" if ":" in parts.path.split("/")[0] else href


def is_out_of_the_house(href: str) -> bool:
    """Does a usable address lead to another host than ours?"""
    return urlsplit(href).netloc.lower() not in ("", urlsplit(settings.SITE_ADDRESS).netloc.lower())


def is_ours(src: str) -> bool:
    """Is this a file of our media folder?"""
    path = src.removeprefix(settings.SITE_ADDRESS)
    return path.startswith(settings.MEDIA_URL) and bool(FILE.fullmatch(path.removeprefix(settings.MEDIA_URL)))
