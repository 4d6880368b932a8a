"""Where the links of an article may lead."""

import re
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from django.conf import settings
from django.utils.translation import gettext as _

from newsroom.foundations.markup.cleaning import SCHEMES
from newsroom.foundations.markup.limits import beginning
from newsroom.foundations.markup.tree import text_of

UNSEEN_BY_BROWSERS = re.compile(
    r"[\x00-\x20\x7f-\xa0]"
)  # browsers read `java<tab>script:` as if it were not there


def mark_links(root: Element) -> list[str]:
    """Links out of the house are `noopener`; what no browser should follow is shown as mere words, and reported."""
    here = urlsplit(settings.SITE_ADDRESS).netloc
    warnings = []
    for link in root.iter("a"):
        href = address(link.attrib.pop("href", ""))
        if not href:
            link.tag = "span"
            warnings.append(
                _("The link “%(words)s” has no usable address.") % {"words": beginning(text_of(link))}
            )
            continue
        link.set("href", href)
        if urlsplit(href).netloc not in ("", here):
            link.set("rel", "noopener")
    return warnings


def address(href: str) -> str:
    """The address as a browser will read it, or nothing. `//host/path` is given its https."""
    href = UNSEEN_BY_BROWSERS.sub(lambda seen: "%20" if seen[0] == " " else "", href.strip()).replace(
        "\\", "/"
    )
    href = f"https:{href}" if href.startswith("//") else href
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.scheme in ("http", "https") and not parts.netloc:
        return ""
    return (
        href if parts.scheme in SCHEMES or (not parts.scheme and ":" not in parts.path.split("/")[0]) else ""
    )
