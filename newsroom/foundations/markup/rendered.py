"""What comes out of the room."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.utils.safestring import SafeString

from newsroom.foundations.markup.tree import count_words, plain_text


def stored(html: str) -> SafeString:
    """HTML that passed the last gate before it was stored, handed to a template as the safe text it is."""
    return SafeString(html)


@dataclass(frozen=True)
class Rendered:
    """A text ready for readers (`html`, safe as it is), for search and excerpts (`text`, a line to a block), and
    what its writer should hear (`warnings`)."""

    html: SafeString
    text: str
    word_count: int
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, root: Element, html: SafeString, warnings: Iterable[str] = ()) -> "Rendered":
        text = plain_text(root)
        return cls(html, text, count_words(text), tuple(dict.fromkeys(warnings)))
