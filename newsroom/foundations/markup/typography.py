"""Typewriter signs become printers' signs: "so" → “so”, it's → it’s, -- → –, --- → —, ... → …

Done on the finished tree, in one pass, with the letters around each sign known across tags. (Markdown's own extension
for this goes over every paragraph twenty times, and over one full of quotation marks far oftener.)"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from django.conf import settings

from newsroom.foundations.markup.tree import BLOCKS

SIGNS = re.compile(r"(?<!-)---?(?!-)|(?<!\.)\.\.\.(?!\.)|[\"']")
REPLACED = {"--": "–", "---": "—", "...": "…"}
PAIRS = {'"': "“”", "'": "‘’"}
BRACKETS, DASHES = "([{<“‘", "-–—/"
QUOTES = "\"'“”‘’([{"
# Something is left out here and nothing quoted: the ’90s, ’07, rock ’n’ roll, ’em, ’tis, ’twas, ’til.
LEFT_OUT = re.compile(r"(\d\d(s\b|(?![\d.,:%]*\d|\w))|(n|em|tis|twas|til)(?!\w))", re.IGNORECASE)
AHEAD = 8  # letters after a sign are enough to tell what it is
AS_TYPED = frozenset("code pre kbd samp".split())


class Passage(NamedTuple):
    """A piece of text and the element that holds it, before its children or (`tail`) after it; or, without an
    element, what stands in its way: a blank for the edge of a block, a letter for words left as typed."""

    text: str
    element: Element | None = None
    attribute: str = "text"


def compose(root: Element) -> None:
    """Quotation marks are those of English, so only an English paper gets them."""
    compositor = Compositor(quotes=settings.LANGUAGE_CODE.startswith("en"))
    passages = list(passages_of(root))
    for passage, after in zip(passages, following(passages), strict=True):
        words = compositor.line(passage.text, after)
        if passage.element is not None:
            setattr(passage.element, passage.attribute, words)


def passages_of(element: Element) -> Iterator[Passage]:
    """In the order they are read."""
    edge = [Passage(" ")] if element.tag in BLOCKS else []
    yield from edge
    if element.tag in AS_TYPED or is_bare_url(element):
        yield Passage("x")
    else:
        if element.text:
            yield Passage(element.text, element)
        for child in element:
            yield from passages_of(child)
            if child.tail:
                yield Passage(child.tail, child, "tail")
    yield from edge


def is_bare_url(element: Element) -> bool:
    """A link whose words are its URL: they are to be read letter by letter."""
    return (
        element.tag == "a"
        and not len(element)
        and bool(re.match(r"(https?://|www\.)\S+$", element.text or ""))
    )


def following(passages: list[Passage]) -> list[str]:
    """What is read after each."""
    after, reversed_ = " ", []
    for passage in reversed(passages):
        reversed_.append(after)
        after = (passage.text[:AHEAD] + after)[:AHEAD]
    return reversed_[::-1]


class Compositor:
    def __init__(self, *, quotes: bool) -> None:
        self.quotes = quotes
        self.before = " "

    def line(self, text: str, after: str) -> str:
        pieces: list[str] = []
        position = 0
        for sign in SIGNS.finditer(text):
            if sign.start() > position:
                self.before = text[sign.start() - 1]
            ahead = text[sign.end() : sign.end() + AHEAD]
            pieces += text[position : sign.start()], self.turn(sign[0], (ahead + after)[:AHEAD])
            self.before = pieces[-1]
            position = sign.end()
        if position < len(text):
            self.before = text[-1]
        return "".join(pieces) + text[position:]

    def turn(self, sign: str, after: str) -> str:
        if sign in REPLACED or not self.quotes:
            return REPLACED.get(sign, sign)
        return PAIRS[sign][0 if self.opens(sign, after) else 1]

    def opens(self, sign: str, after: str) -> bool:
        """After a dash a mark opens only before a word, for speech is cut off with a dash as well."""
        if sign == "'" and LEFT_OUT.match(after):
            return False
        if self.before in DASHES:
            return after.lstrip(QUOTES)[:1].isalnum()
        return (self.before.isspace() or self.before in BRACKETS) and not after[0].isspace()
