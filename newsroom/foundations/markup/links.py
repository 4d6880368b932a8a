"""Where the links of an article may lead."""

import re
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from django.conf import settings
from django.utils.translation import gettext as _

from newsroom.foundations.markup.cleaning import SCHEMES
from newsroom.foundations.markup.limits import beginning
from newsroom.foundations.markup.tree import text_of

# Browsers read `java<tab>script:` as if the tab were not there.
UNSEEN_BY_BROWSERS = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def mark_links(root: Element) -> list[str]:
    """Links out of the house are `noopener`; what no browser should follow is shown as mere words, and reported."""
    here = urlsplit(settings.SITE_ADDRESS.lower()).netloc
    warnings = []
    for link in root.iter("a"):
        href = address(link.attrib.pop("href", ""))
        if not href:
            link.tag = "span"
            words = beginning(text_of(link))
            warnings.append(_("The link “%(words)s” has no usable address.") % {"words": words})
            continue
        link.set("href", href)
        if not text_of(link) and link.find(".//img") is None:
            link.text = href  # a link nobody can see or hear leads nowhere
        if urlsplit(href).netloc.lower() not in ("", here):
            link.set("rel", "noopener")
    return warnings


def address(href: str) -> str:
    """The address as a browser will read it, or nothing. `//host/path` is given its https."""
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
