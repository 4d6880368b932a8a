"""From whatever HTML an export or a clipboard holds to a small, well-formed tree: known elements, bounded depth."""

import re
from collections.abc import Set as AbstractSet

import nh3
from bs4 import BeautifulSoup, NavigableString, Tag

MAX_SOURCE = 1_000_000  # characters; five times what an article may have
MAX_TEXT = 400_000  # characters without tags, entities spelled out; an article may have 200,000 in all
MAX_LINES = 10_000  # as an article
MAX_AMPERSANDS = 100_000  # reading a million takes a quarter of a minute
MAX_ELEMENTS = 16_000  # as an article
MAX_OPEN = 500  # elements open at once: more is an attack, and costs more than it says
MAX_DEPTH = 20  # what lies deeper is kept as plain text

BLOCKS = set(
    "address article aside blockquote center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hgroup hr legend li main menu nav ol option p pre section summary table tbody td tfoot th thead "
    "tr ul audio video iframe embed object caption".split()
)
INLINE = set("a b br cite code del em i img ins kbd mark q s samp source strike strong sub sup tt".split())
# Their end is often left out, or they have none, so they say nothing about depth.
UNCLOSED = set(
    "area base br col dd dt embed hr img input li link meta option p source tbody td tfoot th thead tr wbr".split()
)
# Where scripts that load pictures late keep the true URL; `src` is a placeholder then.
ADDRESSES = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-large-file")
SETS = ("data-srcset", "data-lazy-srcset", "srcset")
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "class", "width", "data-id", *ADDRESSES, *SETS},
    "iframe": {"src"},
    "embed": {"src"},
    "object": {"data"},
    "video": {"src"},
    "audio": {"src"},
    "source": {"src"},
    "ol": {"start"},
    "td": {"colspan"},
    "th": {"colspan"},
    "sup": {"data-fn"},
    "code": {"class"},
    "pre": {"class"},
    "figure": {"class"},
    "blockquote": {"class"},
}
# What stands in it is for those without scripts; a parser that knows of scripts would take its tags for text.
NOSCRIPT = re.compile(r"</?noscript\b[^>]{0,200}>", re.IGNORECASE)
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")


class BodyRefused(ValueError):
    """The text of this one item cannot be converted within bounds; the message says why."""


def cleaned(
    source: str,
    *,
    attributes: dict[str, set[str]] = ATTRIBUTES,
    also: AbstractSet[str] = frozenset(),
    without: AbstractSet[str] = frozenset(),
) -> str:
    """Well-formed HTML of the elements we know and `also` these, scripts and styles gone with what is in them, and
    so what is `without`.

    html5ever reads tag soup as browsers do and in linear time, unless it is nested by the thousand: refused before.
    """
    _refuse_excess("characters", len(source), MAX_SOURCE)
    _refuse_excess("signs &", source.count("&"), MAX_AMPERSANDS)
    source = NOSCRIPT.sub("", source)
    _refuse_abyss(source)
    html = nh3.clean(
        source,
        tags=(BLOCKS | INLINE | also) - without,
        attributes=attributes,
        clean_content_tags={"script", "style", *without},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )
    _refuse_excess("elements", len(re.findall(r"<[a-z]", html)), MAX_ELEMENTS)
    _refuse_excess("lines of text", sum(not line.isspace() for line in html.split("\n")), MAX_LINES)
    _refuse_excess("characters", len(re.sub(r"<[^>]*>", "", html)), MAX_TEXT)
    return html


def soup_of(html: str) -> BeautifulSoup:
    """The tree of cleaned HTML, nowhere deeper than MAX_DEPTH."""
    return levelled(tree_of(html))


def tree_of(html: str) -> BeautifulSoup:
    return BeautifulSoup(f"{html}\n", "html.parser")  # without the line's end it might warn of a file's name


def levelled(soup: BeautifulSoup, depth: int = MAX_DEPTH) -> BeautifulSoup:
    """Nowhere deeper than this."""
    _level(soup, depth)
    for line_break in soup.select("pre br"):
        line_break.replace_with("\n")
    return soup


def attribute(tag: Tag, name: str) -> str:
    """An attribute's value as it was written, "" when the element has none."""
    return " ".join(str(part) for part in tag.get_attribute_list(name) if part is not None)


def _refuse_excess(what: str, count: int, most: int) -> None:
    if count > most:
        raise BodyRefused(f"The text has {count:,} {what}; at most {most:,} are converted.")


def _refuse_abyss(source: str) -> None:
    depth = 0
    for closing, name in TAG.findall(source):
        if name.lower() not in UNCLOSED:
            depth = max(0, depth - 1) if closing else depth + 1
        if depth > MAX_OPEN:
            raise BodyRefused(f"The HTML is nested more than {MAX_OPEN} levels deep.")


def _level(soup: BeautifulSoup, most: int) -> None:
    shelf: list[tuple[Tag, int]] = [(soup, 0)]
    while shelf:
        parent, depth = shelf.pop()
        for child in list(parent.children):
            if not isinstance(child, Tag):
                continue
            if depth >= most and child.contents:
                child.replace_with(NavigableString(child.get_text(" ")))
            else:
                shelf.append((child, depth + 1))
