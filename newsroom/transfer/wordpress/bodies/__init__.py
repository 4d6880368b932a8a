"""The text of a post, a page or a comment of the old site, as Markdown of ours. Knows no models.

The way of a text: block comments resolved, shortcodes resolved, tag soup cleaned into well-formed HTML without
script, paragraphs and pictures put where our stories have them, and only then written as Markdown.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bs4 import BeautifulSoup

from newsroom.foundations.markup.from_html.soup import BodyRefused, cleaned, soup_of
from newsroom.foundations.markup.from_html.writing import MARKS, TextWriter
from newsroom.transfer.wordpress.bodies import blocks, links, paragraphs, pictures, shortcodes
from newsroom.transfer.wordpress.bodies.lost import missing, passages
from newsroom.transfer.wordpress.bodies.pictures import RESIZED
from newsroom.transfer.wordpress.bodies.speaking import CommentWriter
from newsroom.transfer.wordpress.bodies.surroundings import Notes, OldPicture, Surroundings

__all__ = [
    "RESIZED",
    "BodyRefused",
    "Converted",
    "OldPicture",
    "Surroundings",
    "missing",
    "passages",
    "to_comment",
    "to_html",
    "to_markdown",
    "to_words",
]
EMBEDDED = re.compile(r"data:image/[\w.+-]+;base64,[\w+/=\s%]{2000,}")  # more than a placeholder
BLOCK = re.compile(r"<(p|div|br|li|h[1-6]|blockquote|tr|td)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Converted:
    """The Markdown, the cleaned HTML it was made from, and what could not be carried over as it was: how often."""

    markdown: str
    html: str
    notes: Mapping[str, int] = field(default_factory=dict)

    def lost(self, text: str) -> list[str]:
        """Passages of the source that cannot be found in `text`, which is what readers are shown."""
        return missing(self.html, text)


def to_markdown(source: str, around: Surroundings | None = None) -> Converted:
    """A story. Raises BodyRefused when the text breaks a limit."""
    around, notes = around or Surroundings(), Notes()
    html = to_html(source, around, notes)
    soup = _settled(html, around, classic=not blocks.are_in(source))
    pictures.place(soup, around, notes)
    numbers = {name: number for number, (name, _words) in enumerate(around.footnotes, 1)}
    markdown = TextWriter(numbers).convert_soup(soup)
    return Converted("\n\n".join([markdown, *_footnotes(around)]).strip(), html, notes.counts)


def to_comment(source: str) -> Converted:
    """A comment, whose brackets nobody but its writer has ever read. Raises BodyRefused when the text breaks a limit."""
    html = cleaned(_fit_to_read(source))
    return Converted(CommentWriter().convert_soup(_settled(html, Surroundings(), classic=True)), html)


def to_words(source: str) -> str:
    """A title, a name or an excerpt as bare text on one line. Raises BodyRefused when the text breaks a limit."""
    html = (
        re.sub(r"<[a-z]", r" \g<0>", cleaned(source.translate(MARKS)))
        if BLOCK.search(source)
        else cleaned(source)
    )
    return " ".join(soup_of(html).get_text().split())


def to_html(source: str, around: Surroundings | None = None, notes: Notes | None = None) -> str:
    """The text as well-formed HTML of known elements, blocks and shortcodes resolved. Raises BodyRefused."""
    around, notes = around or Surroundings(), notes or Notes()
    source = blocks.resolved(_fit_to_read(source), around, notes)
    for embedded in EMBEDDED.findall(source):
        notes.left_out(f"a picture kept inside the text, {len(embedded):,} characters of {embedded[:22]}")
    return cleaned(shortcodes.resolved(source, around, notes))


def _fit_to_read(source: str) -> str:
    return source.replace("\r\n", "\n").replace("\r", "\n").translate(MARKS)


def _settled(html: str, around: Surroundings, *, classic: bool) -> BeautifulSoup:
    soup = soup_of(html)
    paragraphs.mark(soup, classic=classic)
    links.settle(soup, around)
    return soup


def _footnotes(around: Surroundings) -> list[str]:
    written = []
    for number, (_name, words) in enumerate(around.footnotes, 1):
        note = to_markdown(words).markdown.replace("\n", "\n    ")
        written.append(f"[^{number}]: {note}")
    return written
