"""Cleaned HTML as a small tree, to be typeset and read out as plain text."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder, tostring

from newsroom.foundations.markup.limits import NEVER_OPEN, Limits
from newsroom.foundations.markup.source import seemly

BLOCKS = frozenset(
    "h1 h2 h3 h4 h5 h6 p div pre br hr blockquote ul ol li dl dt dd figure figcaption details summary "
    "table caption tr".split()
)
UNSPOKEN = {"footnote-ref", "footnote-backref"}
# A run of letters and digits, with its apostrophes and hyphens; in writing without blanks, each sign.
WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+(?:['’\-][^\W_]+)*"
)


class Reader(HTMLParser):
    """Reads what bleach wrote: every tag closed, every attribute quoted."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.stacked_marks = limits.stacked_marks
        self.builder = TreeBuilder()
        self.builder.start("div", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: seemly(value or "", self.stacked_marks) for name, value in attrs})
        if tag in NEVER_OPEN:
            self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in NEVER_OPEN:
            self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        self.builder.data(seemly(data, self.stacked_marks))


def read(html: str, limits: Limits) -> Element:
    """The tree under a `div` of ours. Here, where entities have become characters, they are checked once more."""
    reader = Reader(limits)
    reader.feed(html)
    reader.close()
    reader.builder.end("div")
    return reader.builder.close()


def write(root: Element) -> str:
    """What is inside that `div`, as HTML."""
    return (
        tostring(root, encoding="unicode", method="html").removeprefix("<div>").removesuffix("</div>").strip()
    )


def families(root: Element) -> Iterator[tuple[Element, int, Element]]:
    """Every element with its parent and its place there; the tree may be changed meanwhile."""
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            yield parent, place, child


def swap(parent: Element, child: Element, *others: Element) -> None:
    """Put others (or nothing) where a child was; the text after it stays."""
    place = list(parent).index(child)
    parent[place : place + 1] = others
    if others:
        others[-1].tail = child.tail
    elif child.tail and place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + child.tail
    elif child.tail:
        parent.text = (parent.text or "") + child.tail


def text_of(element: Element) -> str:
    return "".join(element.itertext()).strip()


def plain_text(root: Element) -> str:
    """The words, a line to a block; for search and excerpts. Footnote numbers are left out."""
    spoken: list[str] = []
    speak(root, spoken)
    lines = (" ".join(line.split()) for line in "".join(spoken).split("\0"))
    return "\n".join(line for line in lines if line)


def speak(element: Element, spoken: list[str]) -> None:
    pause = "\0" if element.tag in BLOCKS else " " if element.tag in ("td", "th") else ""
    spoken += pause, element.text or ""
    for child in element:
        if child.get("class") not in UNSPOKEN:
            speak(child, spoken)
        spoken.append(child.tail or "")
    spoken.append(pause)


def count_words(text: str) -> int:
    return sum(1 for _ in WORD.finditer(text))
