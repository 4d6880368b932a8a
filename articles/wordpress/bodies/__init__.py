"""The text of a post, a page or a comment of the old site, as Markdown of ours. Knows no models.

The way of a text: block comments resolved, shortcodes resolved, tag soup cleaned into well-formed HTML without
script, paragraphs and pictures put where our stories have them, and only then written as Markdown.
"""

from dataclasses import dataclass

from . import blocks, links, paragraphs, pictures, shortcodes
from .lost import missing
from .soup import BodyRefused, cleaned, soup_of
from .surroundings import Notes, OldPicture, Surroundings
from .writing import MARKS, StoryWriter

__all__ = ["BodyRefused", "Converted", "OldPicture", "Surroundings", "missing", "to_html", "to_markdown"]


@dataclass(frozen=True)
class Converted:
    """The Markdown, what could not be carried over as it was, and the cleaned HTML it was made from."""

    markdown: str
    notes: list[str]
    html: str

    def lost(self, text: str) -> list[str]:
        """Passages of the source that cannot be found in `text`, which is what readers are shown."""
        return missing(self.html, text)


def to_markdown(source: str, around: Surroundings | None = None) -> Converted:
    """Raises BodyRefused when the text breaks a limit."""
    around, notes = around or Surroundings(), Notes()
    html = to_html(source, around, notes)
    soup = soup_of(html)
    paragraphs.mark(soup, classic=not blocks.are_in(source))
    links.settle(soup, around)
    pictures.place(soup, around, notes)
    numbers = {name: number for number, (name, _words) in enumerate(around.footnotes, 1)}
    markdown = StoryWriter(numbers).convert_soup(soup)
    return Converted("\n\n".join([markdown, *_footnotes(around)]).strip(), notes.lines(), html)


def to_html(source: str, around: Surroundings | None = None, notes: Notes | None = None) -> str:
    """The text as well-formed HTML of known elements, blocks and shortcodes resolved. Raises BodyRefused."""
    around, notes = around or Surroundings(), notes or Notes()
    source = source.replace("\r\n", "\n").replace("\r", "\n").translate(MARKS)
    return cleaned(shortcodes.resolved(blocks.resolved(source, around, notes), around, notes))


def _footnotes(around: Surroundings) -> list[str]:
    written = []
    for number, (_name, words) in enumerate(around.footnotes, 1):
        note = to_markdown(words).markdown.replace("\n", "\n    ")
        written.append(f"[^{number}]: {note}")
    return written
