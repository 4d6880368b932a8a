"""The WordPress export file (WXR: RSS with additions), read as a stream of plain facts. Knows no models.

A file is read twice: `check()` goes through all of it and refuses it whole before anything is written;
`read()` then hands out its parts one at a time, so memory is bounded by the largest item, not by the file.
"""

import gzip
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import ElementTree as SafeTree
from defusedxml.common import DefusedXmlException

from newsroom.transfer.wordpress import elements
from newsroom.transfer.wordpress.facts import Author, Category, Post, Site, Tag, Term
from newsroom.transfer.wordpress.xml_text import XMLText

GIB = 1024**3
MAX_UNPACKED = 16 * GIB  # a site of a million posts; a gzip bomb is stopped here at the latest
MAX_ITEM = 64 * 1024**2  # bytes of XML one item, comments included, may take
MAX_ELEMENTS = 1_000_000  # elements one item may consist of
MAX_DEPTH = 12  # an honest export is five deep: rss, channel, item, wp:comment, its parts

Part = Author | Category | Tag | Term | Post

FAMILIES = (
    (re.compile(r"https?://(www\.)?wordpress\.org/export/\d+\.\d+/excerpt/?"), "excerpt:"),
    (re.compile(r"https?://(www\.)?wordpress\.org/export/\d+\.\d+/?"), "wp:"),
    (re.compile(r"https?://purl\.org/rss/1\.0/modules/content/?"), "content:"),
    (re.compile(r"https?://purl\.org/dc/elements/1\.1/?"), "dc:"),
)
READERS: dict[str, Callable[[Element], Part]] = {
    "item": elements.post,
    "wp:author": elements.author,
    "wp:wp_author": elements.author,
    "wp:category": elements.category,
    "wp:tag": elements.tag,
    "wp:term": elements.term,
}


class BrokenExport(Exception):
    """The file as a whole is not a WordPress export that can be trusted; nothing of it may be brought in."""


@dataclass(frozen=True)
class LeftOut:
    """A thing that XML cannot hold, in words; of which sort ("" for the file itself) and name the part was it stood in,
    and how often."""

    sort: str
    name: str
    what: str
    times: int


@dataclass(frozen=True)
class Contents:
    """What `check()` found in a sound file: the site it came from, how many parts of which sort, and what had to be
    left out to read it."""

    site: Site
    found: Counter = field(default_factory=Counter)
    left_out: list[LeftOut] = field(default_factory=list)


def check(path: Path) -> Contents:
    """Read the whole file without keeping it. Raises BrokenExport when any of it cannot be read."""
    head: dict[str, str] = {}
    found: Counter = Counter()
    left_out: list[LeftOut] = []
    for name, element, lost in _elements(path):
        sort, called = "", path.name
        if name in READERS:
            part = READERS[name](element)
            sort, called = _sort(part), _called(part)
            found[sort] += 1
            found["comment"] += len(getattr(part, "comments", ()))
        else:
            head.setdefault(name, (element.text or "").strip())
        left_out += [LeftOut(sort, called, what, times) for what, times in lost.items()]
    if not re.fullmatch(r"\d+\.\d+", head.get("wp:wxr_version", "")):
        raise BrokenExport(f"{path.name} is not a WordPress export: it names no WXR version.")
    return Contents(elements.site(head), found, left_out)


def read(path: Path) -> Iterator[Part]:
    """Every author, category, tag, term and item of the file, in its order."""
    for name, element, _left_out in _elements(path):
        if name in READERS:
            yield READERS[name](element)


def _sort(part: Part) -> str:
    return f"item:{part.type}" if isinstance(part, Post) else type(part).__name__.lower()


def _called(part: Part) -> str:
    if isinstance(part, Author):
        return part.name()
    return (part.title if isinstance(part, Post) else part.name) or part.slug or part.id


def _elements(path: Path) -> Iterator[tuple[str, Element, Counter]]:
    """The children of the channel with their names in our spelling, each forgotten once it has been seen; and what was
    left out of each. What was left out behind the last comes with an empty element."""
    try:
        with _unpacked(path) as stream:
            text = XMLText(stream)
            parser = SafeTree.DefusedXMLParser(target=TreeBuilder(), encoding="utf-8", forbid_dtd=True)
            events = SafeTree.iterparse(text, ("start", "end"), parser=parser)
            for name, element in _children_of_channel(events, stream):
                yield name, element, text.take_left_out()
            yield "", Element("end"), text.take_left_out()
    except DefusedXmlException as refusal:
        raise BrokenExport(
            f"{path.name} declares a document type or entities; no honest export does."
        ) from refusal
    except (ParseError, UnicodeError, ValueError) as error:
        raise BrokenExport(f"{path.name} is not well-formed XML: {error}.") from error
    except (OSError, EOFError, zlib.error) as error:
        raise BrokenExport(f"{path.name} cannot be read: {error}.") from error


def _children_of_channel(
    events: Iterator[tuple[str, Element]], stream: "_Metered"
) -> Iterator[tuple[str, Element]]:
    above: list[Element] = []
    for event, element in events:
        if event == "start":
            above.append(element)
            stream.count_element(len(above))
            if len(above) <= 2 and element.tag != ("rss", "channel")[len(above) - 1]:
                raise BrokenExport(f"This is not a WordPress export: it begins with <{element.tag}>.")
            element.tag = _name(element.tag)
            continue
        above.pop()
        if len(above) == 2:
            yield element.tag, element
            above[1].clear()
            stream.begin_item()


@lru_cache(maxsize=1024)
def _name(tag: str) -> str:
    """`{http://wordpress.org/export/1.1/}status` → `wp:status`, whichever version or scheme the file declares."""
    if not tag.startswith("{"):
        return tag
    namespace, _, local = tag[1:].partition("}")
    for family, prefix in FAMILIES:
        if family.fullmatch(namespace):
            return prefix + local
    return tag


class _Metered:
    """A stream that counts what is read from it and stops what no honest export would contain."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.total = stream, 0
        self.begin_item()

    def begin_item(self) -> None:
        self.in_item = self.elements = 0

    def count_element(self, depth: int) -> None:
        self.elements += 1
        if depth > MAX_DEPTH or self.elements > MAX_ELEMENTS:
            raise BrokenExport("One item of the file is nested too deeply or has too many parts.")

    def read(self, size: int) -> bytes:
        data = self.stream.read(size)
        self.total += len(data)
        self.in_item += len(data)
        if self.total > MAX_UNPACKED:
            raise BrokenExport(f"The file is larger than {MAX_UNPACKED // GIB} GiB once unpacked.")
        if self.in_item > MAX_ITEM:
            raise BrokenExport(f"One item of the file is larger than {MAX_ITEM // 1024**2} MiB.")
        return data


@contextmanager
def _unpacked(path: Path) -> Iterator[_Metered]:
    """The bytes of the file, unpacked when it is gzip, whatever its name says."""
    with path.open("rb") as packed:
        is_gzip = packed.read(2) == b"\x1f\x8b"
        packed.seek(0)
        yield _Metered(gzip.GzipFile(fileobj=packed) if is_gzip else packed)  # type: ignore[arg-type]
