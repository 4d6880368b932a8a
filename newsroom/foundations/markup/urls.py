"""Which URLs readers may follow, and which pictures their browsers may load."""

import re
from html import escape
from urllib.parse import SplitResult, urlsplit

import nh3
from django.conf import settings

SCHEMES = {"http", "https", "mailto"}
GATE = nh3.Cleaner(tags={"a"}, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None)
UNSEEN_BY_BROWSERS = re.compile(
    r"[\x00-\x1f\x7f-\x9f]"
)  # they read `java<tab>script:` as if there were no tab
NOT_IN_AN_ADDRESS = re.compile(r"""[ "<>^`{|}\[\]#]|%(?![0-9A-Fa-f]{2})""")
FILE = re.compile(
    r"(?!.*\.\.)[\w./-]+", re.ASCII
)  # plain names only: no browser can read them as another place


def usable(href: str) -> str:
    """The URL as a browser will read it, or nothing if none should. `//host/path` is given its https."""
    href = UNSEEN_BY_BROWSERS.sub("", href).strip().replace("\\", "/")
    try:
        parts = urlsplit(f"https:{href}" if href.startswith("//") else href)
    except ValueError:
        return ""
    spelled = {name: spelt(getattr(parts, name)) for name in ("path", "query", "fragment")}
    href = parts._replace(**spelled).geturl()
    return href if is_followable(parts) and passes_the_gate(href) else ""


def is_followable(parts: SplitResult) -> bool:
    if parts.scheme in ("http", "https"):
        return bool(parts.netloc) and not NOT_IN_AN_ADDRESS.search(parts.netloc.strip("[]"))
    if parts.scheme:
        return parts.scheme in SCHEMES
    return bool(parts.path or parts.query or parts.fragment) and ":" not in parts.path.split("/")[0]


def passes_the_gate(href: str) -> bool:
    """The last gate is asked beforehand, for it drops URLs with a host or port that cannot be."""
    return "href" in GATE.clean(f'<a href="{escape(href)}"></a>')


def spelt(part: str) -> str:
    """With the signs a URL may not hold written as %20 and the like, as browsers do on their own."""
    return NOT_IN_AN_ADDRESS.sub(lambda sign: f"%{ord(sign[0]):02X}", part)


def is_out_of_the_house(href: str) -> bool:
    """Does a usable URL lead to another host than ours?"""
    return urlsplit(href).netloc.lower() not in ("", urlsplit(settings.SITE_ADDRESS).netloc.lower())


def is_ours(src: str) -> bool:
    """Is this a file of our media folder?"""
    path = src.removeprefix(settings.SITE_ADDRESS)
    return path.startswith(settings.MEDIA_URL) and bool(FILE.fullmatch(path.removeprefix(settings.MEDIA_URL)))
