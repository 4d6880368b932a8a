"""The bytes of an export as text that XML can hold.

WordPress writes into its exports whatever stands in its database: control characters, references to them, bytes cut
out of the middle of a letter. A parser refuses a whole file for one of them. Here they are left out and named, so
that all the rest can be read.
"""

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from typing import Protocol

from django.utils.translation import gettext as _

AT_ONCE = 16 * 1024  # bytes
FIRST_LOOK = 1_024  # bytes in which a file says its encoding
MOST_APART = (
    10_000  # losses of a file are told by item; a file of nothing else would be read letter by letter
)
LONGEST_REFERENCE = 50  # characters
UTF_16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']""")
# Those a site may be written in. Python knows others, some of which take time that grows with the square of the text.
READABLE = re.compile(
    r"utf-(8|16|32)(-[bl]e)?|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|gb\w+|big5\w*|euc_\w+|shift_ji\w+|tis-620|hz|johab"
)
BEFORE_THE_START = "\ufeff " + "".join(map(chr, range(32)))
UNHELD = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|&#(?:[0-9]{1,40}|x[0-9a-fA-F]{1,40});"
)
OPEN_REFERENCE = re.compile(r"&(?:#(?:[0-9]{0,40}|x[0-9a-fA-F]{0,40}))?\Z")


class Bytes(Protocol):
    def read(self, size: int, /) -> bytes: ...


class XMLText:
    """The file as UTF-8. A read ends before each thing that is left out, which is counted with the next read: so
    whoever has heard what the parser made of the text before knows in which item it stood."""

    def __init__(self, file: Bytes) -> None:
        self._file = file
        self._left_out: Counter[str] = Counter()
        self._apart = 0
        self._pieces = self._held()

    def read(self, size: int) -> bytes:
        """The next piece, b"" at the end. Raises ValueError when the file's encoding is none we read."""
        return next(self._pieces, b"")

    def take_left_out(self) -> Counter[str]:
        """What was left out since this was asked last, in sentences, and how often."""
        taken, self._left_out = self._left_out, Counter()
        return taken

    # How

    def _held(self) -> Iterator[bytes]:
        """What XML can hold of the text."""
        for text in self._whole_references():
            pieces, done = [], 0
            for thing in UNHELD.finditer(text):
                if _can_be_held(thing[0]):
                    continue
                pieces.append(text[done : thing.start()])
                if self._apart < MOST_APART:
                    yield from _encoded(pieces)
                    pieces, self._apart = [], self._apart + 1
                self._left_out[_described(thing[0])] += 1
                done = thing.end()
            yield from _encoded([*pieces, text[done:]])

    def _whole_references(self) -> Iterator[str]:
        """The text in pieces that end in no half of a reference."""
        rest = ""
        for text in self._from_the_start():
            whole = rest + text
            cut = OPEN_REFERENCE.search(whole, max(0, len(whole) - LONGEST_REFERENCE))
            end = cut.start() if cut else len(whole)
            rest = whole[end:]
            yield whole[:end]
        yield rest

    def _from_the_start(self) -> Iterator[str]:
        """The text without what stands before its first sign: a parser wants the declaration at the very beginning."""
        texts = self._decoded()
        for text in texts:
            begun = text.lstrip(BEFORE_THE_START)
            if text.removesuffix(begun).strip("\ufeff"):
                self._left_out[_("what stood before its beginning was left out: blanks or blank lines")] = 1
            if begun:
                yield begun
                break
        yield from texts

    def _decoded(self) -> Iterator[str]:
        beginning = b""
        while len(beginning) < FIRST_LOOK and (data := self._file.read(AT_ONCE)):
            beginning += data
        encoding = _encoding(beginning)
        # Bytes that are no text become half characters, which are left out like others. UTF-16 has no such bytes.
        errors = "surrogatepass" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
        decoder = codecs.getincrementaldecoder(encoding)(errors)
        yield decoder.decode(beginning)
        while data := self._file.read(AT_ONCE):
            yield decoder.decode(data)
        yield decoder.decode(b"", final=True)


def _encoded(pieces: list[str]) -> Iterator[bytes]:
    if whole := "".join(pieces):
        yield whole.encode()


def _encoding(beginning: bytes) -> str:
    """As the file says it, or UTF-8. Raises ValueError."""
    if beginning[:2] in UTF_16:
        return UTF_16[beginning[:2]]
    declared = DECLARED.search(beginning, 0, FIRST_LOOK)
    named = declared[1].decode() if declared else "utf-8"
    try:
        encoding = codecs.lookup(named).name
    except LookupError:
        encoding = ""
    if encoding == "ascii":
        return "utf-8"
    if not READABLE.fullmatch(encoding):
        raise ValueError(_("its encoding “%s” is not known here") % named)
    return encoding


def _can_be_held(thing: str) -> bool:
    """Most references are to characters like any other."""
    code = _code(thing)
    return len(thing) > 1 and code <= 0x10FFFF and not UNHELD.fullmatch(chr(code))


def _code(thing: str) -> int:
    """The number of the character, which may be written as a reference: `&#8;` or `&#x8;`."""
    if len(thing) == 1:
        return ord(thing)
    return int(thing[3:-1], 16) if thing[2] == "x" else int(thing[2:-1])


def _described(thing: str) -> str:
    code = _code(thing)
    if len(thing) > 1:
        name = f"U+{code:04X}" if code <= 0x10FFFF else _("beyond Unicode")
        return _("a reference to the character %s was left out, which XML cannot hold") % name
    if 0xDC80 <= code <= 0xDCFF:
        return _("the byte %02X was left out, which is no text in the encoding of the file") % (code - 0xDC00)
    return _("the character U+%04X was left out, which XML cannot hold") % code
