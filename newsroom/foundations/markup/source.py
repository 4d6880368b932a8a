"""The text as it came from a keyboard, an import or an attacker, made fit to be read."""

import re
from unicodedata import category, normalize

from django.utils.translation import gettext as _

from newsroom.foundations.markup.limits import Limits, MarkupRefused, check_source

NEW_LINE = re.compile("\r\n|[\r\x85\u2028\v\f]")
# Nothing to see, or not a character at all: controls, embeddings, overrides and isolates that make a text read
# otherwise than it is stored (U+202A–E, U+2066–9), the byte-order mark, and Unicode's noncharacters.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")


def receive(text: str, limits: Limits) -> str:
    """The text in NFC with plain line ends. NUL and its like are dropped, for they mean nothing and nobody typed
    them; half a surrogate pair is refused, for a letter was there and is lost."""
    check_source(text, limits)
    broken = HALF_A_CHARACTER.search(text)
    if broken:
        raise MarkupRefused(
            _("Character %(position)s of the text is broken. Please delete it and type it again.")
            % {"position": f"{broken.start() + 1:,}"}
        )
    text = NEW_LINE.sub("\n", text).replace("\u2029", "\n\n")
    text = seemly(text.expandtabs(4), limits.stacked_marks)
    check_source(text, limits)
    return text


def seemly(text: str, stacked_marks: int) -> str:
    """Without unseen characters and with at most so many accents on one letter, in NFC."""
    if text.isascii() and text.isprintable():
        return text
    return normalize("NFC", unstack(UNSEEN.sub("", text), stacked_marks))


def unstack(text: str, most: int) -> str:
    """Drop the marks beyond `most` in a row: letters buried under hundreds of accents spill over the lines around
    them, and normalising them takes time that grows with their square."""
    if text.isascii():
        return text
    kept = []
    stacked = 0
    for letter in text:
        stacked = stacked + 1 if category(letter) in ("Mn", "Me", "Mc") else 0
        if stacked <= most:
            kept.append(letter)
    return "".join(kept)
