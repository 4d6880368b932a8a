"""Typewriter signs become printers' signs: "so" → “so”, it's → it’s, -- → –, --- → —, ... → …

Done on the finished tree, in one pass, with the letter before each sign known across tags. (Markdown's own extension for
this goes over every paragraph twenty times, and over one full of quotation marks far oftener.)"""

import re
from xml.etree.ElementTree import Element

from django.conf import settings

from newsroom.foundations.markup.tree import BLOCKS

SIGNS = re.compile(r"(?<!-)---?(?!-)|(?<!\.)\.\.\.(?!\.)|[\"']")
REPLACED = {"--": "–", "---": "—", "...": "…"}
PAIRS = {'"': "“”", "'": "‘’"}
OPENERS = "([{<-–—/“‘"
DECADE = re.compile(r"\d0s\b")
AS_TYPED = frozenset("code pre kbd samp".split())


def compose(root: Element) -> None:
    Compositor().set(root)


class Compositor:
    """Walks the text in reading order. Quotation marks are those of English, so only an English paper gets them."""

    def __init__(self) -> None:
        self.quotes = settings.LANGUAGE_CODE.startswith("en")
        self.before = " "

    def set(self, element: Element) -> None:
        if element.tag in BLOCKS:
            self.before = " "
        if element.tag not in AS_TYPED:
            element.text = self.line(element.text)
            for child in element:
                self.set(child)
                child.tail = self.line(child.tail)
        else:
            self.before = "x"
        if element.tag in BLOCKS:
            self.before = " "

    def line(self, text: str | None) -> str | None:
        if not text:
            return text
        pieces: list[str] = []
        position = 0
        for sign in SIGNS.finditer(text):
            if sign.start() > position:
                self.before = text[sign.start() - 1]
            pieces += text[position : sign.start()], self.turn(sign[0], text[sign.end() : sign.end() + 4])
            self.before = pieces[-1]
            position = sign.end()
        if position < len(text):
            self.before = text[-1]
        return "".join(pieces) + text[position:]

    def turn(self, sign: str, after: str) -> str:
        if sign in REPLACED or not self.quotes:
            return REPLACED.get(sign, sign)
        opens = (self.before.isspace() or self.before in OPENERS) and not after[:1].isspace()
        if sign == "'" and DECADE.match(after):
            opens = False  # the ’90s
        return PAIRS[sign][0 if opens else 1]
