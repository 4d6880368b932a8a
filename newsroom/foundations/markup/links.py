"""The links of an article."""

from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from newsroom.foundations.markup.limits import beginning
from newsroom.foundations.markup.tree import text_of
from newsroom.foundations.markup.urls import is_out_of_the_house, usable


def mark_links(root: Element) -> list[str]:
    """Links out of the house are `noopener`; what no browser should follow is shown as mere words, and reported."""
    warnings = []
    for link in root.iter("a"):
        href = usable(link.attrib.pop("href", ""))
        if not href:
            link.tag = "span"
            words = beginning(text_of(link))
            warnings.append(_("The link “%(words)s” has no usable address.") % {"words": words})
            continue
        link.set("href", href)
        if is_out_of_the_house(href):
            link.set("rel", "noopener")
        if not text_of(link) and link.find(".//img") is None:
            link.text = href  # a link nobody can see or hear leads nowhere
    return warnings
