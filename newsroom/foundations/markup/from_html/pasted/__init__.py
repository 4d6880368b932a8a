"""What Word, Google Docs, Pages, LibreOffice and web pages put on the clipboard, as Markdown of ours.

Each step takes the tree and settles one thing in it; the writer then finds plain elements only.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag

from newsroom.foundations.markup.dialect import without_comments
from newsroom.foundations.markup.from_html.pasted import (
    dropping,
    emphasis,
    footnotes,
    headings,
    links,
    lists,
    tables,
)
from newsroom.foundations.markup.from_html.pasted.dropping import COMMENTS, DELETIONS, HIDDEN, PICTURES
from newsroom.foundations.markup.from_html.soup import BLOCKS, BodyRefused, cleaned, levelled, tree_of
from newsroom.foundations.markup.from_html.writing import MARKS, TextWriter

__all__ = ["COMMENTS", "DELETIONS", "HIDDEN", "PICTURES", "BodyRefused", "Pasted", "to_markdown"]

ATTRIBUTES = {
    "*": {"style", "class", "id", "name", "hidden", "role", "aria-level", "cite", "datetime"},
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"colspan"},
    "th": {"colspan"},
}
# Word's own data, and what is a control or a drawing and no text.
WITHOUT = {"title", "xml", "svg", "math", "template", "textarea", "select", "button", "iframe", "object"} | {
    "audio", "video", "canvas", "nav"
}  # fmt: skip
EMBEDDED = re.compile(r"data:[\w/+.-]{1,60};base64,[\w+/=%]*")
SPACES = re.compile(r"[ \n\t\xa0]{2,}")
DEEPEST = 40  # web pages frame their text in many divisions


@dataclass(frozen=True)
class Pasted:
    """The Markdown, and how much of what was left out, by the names in `dropping`."""

    markdown: str
    left_out: Mapping[str, int] = field(default_factory=dict)


def to_markdown(source: str, *, notes_before: int = 0) -> Pasted:
    """The clipboard's HTML as Markdown; its footnotes count on from those already in the text.

    Raises BodyRefused when it breaks a limit.
    """
    soup = tree_of(_known(source))
    left_out: Counter[str] = Counter()
    dropping.drop(soup, left_out)
    _in_plain_spaces(soup)
    lists.mark(soup)
    emphasis.settle(soup)
    levelled(soup, DEEPEST)
    headings.settle(soup)
    notes = footnotes.take_out(soup)
    links.settle(soup)
    lists.settle(soup)
    tables.settle(soup)
    _without_stray_breaks(soup)
    return Pasted(_written(soup, notes, notes_before), left_out)


def _known(source: str) -> str:
    """Well-formed, of known elements. What only makes it long (comments, pictures spelled out) goes first."""
    source = EMBEDDED.sub("data:", without_comments(source)).translate(MARKS)
    return cleaned(source, attributes=ATTRIBUTES, also={"span"}, without=WITHOUT)


def _in_plain_spaces(soup: BeautifulSoup) -> None:
    """Runs of no-break spaces are a word processor's, one between two words may be its writer's."""
    for space in soup.select(".Apple-converted-space, [style*=mso-spacerun]"):
        space.replace_with(" ")
    for text in soup.find_all(string=lambda text: text and "\xa0" in text):
        text.replace_with(SPACES.sub(lambda run: " " if "\xa0" in run[0] else run[0], str(text)))


def _without_stray_breaks(soup: BeautifulSoup) -> None:
    """A line break between two blocks, or at the end of one, breaks no line."""
    for line_break in soup.find_all("br"):
        beside = [line_break.find_previous_sibling(), line_break.find_next_sibling()]
        texts = [line_break.previous_sibling, line_break.next_sibling]
        is_loose = any(isinstance(tag, Tag) and tag.name in BLOCKS for tag in beside)
        if is_loose and not any(text and not isinstance(text, Tag) and str(text).strip() for text in texts):
            line_break.decompose()


def _written(soup: BeautifulSoup, notes: list[Tag], notes_before: int) -> str:
    numbers = {str(place): notes_before + place for place in range(1, len(notes) + 1)}
    written = [TextWriter(numbers).convert_soup(soup)]
    for place, note in enumerate(notes, 1):
        apart = tree_of("")
        apart.append(note)
        words = TextWriter(numbers).convert_soup(apart).replace("\n", "\n    ")
        written.append(f"[^{numbers[str(place)]}]: {words}")
    return "\n\n".join(written).strip()
