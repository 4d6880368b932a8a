"""Which way each block reads: by its own first strong letter, with its bullet, bar or caption.

`dir="auto"` could not say it: browsers then overlook whatever inside bears a direction of its own, so a quotation would
lose its paragraphs. A block bears a direction only where it differs from what is around it."""

import re
from collections.abc import Iterator
from unicodedata import bidirectional
from xml.etree.ElementTree import Element

from django.conf import settings
from django.utils.translation import get_language_info

from newsroom.foundations.markup.tree import BLOCKS

DIRECTED = (BLOCKS | {"td", "th"}) - {"pre", "br", "hr", "tr"}
DIRECTIONS = ("ltr", "rtl")
ASCII_LETTER = re.compile("[A-Za-z]")
STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def direction_of(text: str) -> str:
    """“ltr” or “rtl” by the first strong letter; empty when a text has none, as figures have none."""
    if text.isascii():
        return "ltr" if ASCII_LETTER.search(text) else ""
    return next((STRONG[kind] for kind in map(bidirectional, text) if kind in STRONG), "")


def set_directions(root: Element) -> None:
    """A page reads rightwards unless its paper's language does not; then nothing is taken for granted, for a text is
    shown in feeds too, which others set."""
    set_inside(root, "" if get_language_info(settings.LANGUAGE_CODE)["bidi"] else "ltr")


def set_inside(element: Element, around: str) -> None:
    for child in element:
        direction = child.get("dir") or ""
        if child.tag in DIRECTED and direction not in DIRECTIONS:
            child.attrib.pop("dir", None)
            direction = direction_of("".join(words_of(child)))
            if direction and direction != around:
                child.set("dir", direction)
        set_inside(child, direction if direction in DIRECTIONS else around)


def words_of(element: Element) -> Iterator[str]:
    """The words that decide: not those set apart by a direction of their own, nor the numbers of notes."""
    yield element.text or ""
    for child in element:
        if child.tag not in ("bdi", "pre") and child.get("dir") not in DIRECTIONS:
            yield from words_of(child)
        yield child.tail or ""
