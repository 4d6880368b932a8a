"""The Markdown we read: Python-Markdown, with the parts replaced whose time grows faster than the text, and with
two meters that stop the rest before it does."""

import logging
import re
from collections import Counter
from html import escape
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from newsroom.foundations.markup.bare_urls import shield, unshield
from newsroom.foundations.markup.limits import TAG, Effort, MarkupRefused, beginning

logger = logging.getLogger(__name__)

FENCE = re.compile(r"(`{3,}|~{3,})[ ]*[\w#.+-]*[ ]*")
DEFINITION = re.compile(
    r" {0,3}\[(?!\^)(?P<name>[^\[\]]{1,200})\]: *<?(?P<address>\S{1,2000}?)>?"
    r"""(?: +(?:"(?P<title>[^"]*)"|'(?P<other>[^']*)'))? *"""
)
INLINE_MARK = re.compile(r"[\\`*_\[\]<&!]")
ODD_TAG = re.compile(r"<[!?]")
BRACKET = re.compile(r"[\[\]]")


def convert(markdown: Markdown, text: str) -> str:
    """The HTML, not yet safe. One Markdown object serves one text: after an exception it cannot be trusted."""
    try:
        return unshield(markdown.convert(shield(text)))
    except MarkupRefused:
        raise
    except RecursionError as error:
        raise MarkupRefused(
            _("Lists, quotes or emphasis are nested too deep. Please flatten them.")
        ) from error
    except Exception as error:  # a parser written for friends: on hostile text it may stumble in any way
        logger.exception("Markdown stumbled")
        raise MarkupRefused(
            _("The text cannot be read as Markdown. Look for unfinished lists, tables, footnotes or HTML.")
        ) from error


def measure(markdown: Markdown, effort: Effort, abbreviations: dict[str, str] | None = None) -> Markdown:
    """Put both meters into the machine: before every block is looked at, and before paragraphs are. The
    abbreviations are those the text will turn out to explain."""
    markdown.parser.blockprocessors.register(BlockMeter(markdown.parser, effort), "meter", 1000)
    markdown.treeprocessors.register(
        InlineMeter(markdown, effort, {} if abbreviations is None else abbreviations), "meter", 25
    )
    return markdown


class FencedCode(Preprocessor):
    """Code between ``` and ```, in one pass over the lines. A fence left open runs to the end of the text."""

    def run(self, lines: list[str]) -> list[str]:
        kept: list[str] = []
        code: list[str] = []
        fence = ""
        for line in lines:
            if fence and line.rstrip() == fence:
                kept += self.stash(code)
                fence = ""
            elif fence:
                code.append(line)
            elif opening := FENCE.fullmatch(line):
                fence, code = opening[1], []
            else:
                kept.append(line)
        return kept + (self.stash(code) if fence else [])

    def stash(self, code: list[str]) -> list[str]:
        html = f"<pre><code>{escape(chr(10).join(code).rstrip())}\n</code></pre>"
        return ["", self.md.htmlStash.store(html), ""]


class Headings(HashHeaderProcessor):
    """A heading has a blank after its #. A paragraph may begin with a #hashtag."""

    RE = re.compile(
        r"(?:^|\n)(?P<level>#{1,6})(?=[ \n]|$)(?P<header>(?:\\.|[^\\#]|#+(?=[^#\n]))*?)#*(?:\n|$)"
    )


class RawHtml(Preprocessor):
    """HTML comments are dropped here and HTML is counted, for the parser that comes next looks at its tags again
    and again: at all that are open for each one closed, and from each unfinished one to the end."""

    def __init__(self, markdown: Markdown, effort: Effort) -> None:
        super().__init__(markdown)
        self.effort = effort

    def run(self, lines: list[str]) -> list[str]:
        text = without_comments("\n".join(lines))
        odd = len(ODD_TAG.findall(text))
        self.effort.spend(odd * len(text) // 16 + looks_at_open_tags(text) + reach_of_tags(text), text)
        return text.split("\n")


def without_comments(text: str) -> str:
    """Drop <!-- … -->; one never closed stays, as text."""
    kept, position = [], 0
    while (start := text.find("<!--", position)) >= 0:
        end = re.compile("--!?>").search(text, start + 4)
        if not end:
            break
        kept.append(text[position:start])
        position = end.end()
    return "".join(kept) + text[position:]


def looks_at_open_tags(text: str) -> int:
    """For each tag closed, the tags open at that time: the parser looks through them for its beginning."""
    total, depth, opened = 0, 0, Counter[str]()
    for closing, name in TAG.findall(text):
        if not closing:
            opened[name] += 1
            depth += 1
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
        total += depth if closing else 0
    return total


def reach_of_tags(text: str) -> int:
    """From each `<` to the next `>`, or the end, added up: what an unfinished tag makes a parser read."""
    total, end = 0, len(text)
    for position in range(len(text) - 1, -1, -1) if "<" in text else ():
        if text[position] == ">":
            end = position
        elif text[position] == "<":
            total += end - position
    return total


class References(Preprocessor):
    """Link definitions, `[name]: https://… "Title"`, one to a line."""

    def run(self, lines: list[str]) -> list[str]:
        return [line for line in lines if not self.defines(line)]

    def defines(self, line: str) -> bool:
        found = DEFINITION.fullmatch(line) if "]:" in line else None
        if found:
            title = found["title"] or found["other"]
            self.md.references[found["name"].strip().lower()] = (found["address"], title)
        return bool(found)


class BlockMeter(BlockProcessor):
    """Never takes a block; only sees each one first, as often as it is looked at, and charges for the look."""

    def __init__(self, parser: Any, effort: Effort) -> None:
        super().__init__(parser)
        self.effort = effort

    def test(self, parent: Element, block: str) -> bool:
        self.effort.spend(150 + len(block) * self.looks(block) + self.table(block), block)
        if len(self.parser.state) > self.effort.limits.nesting:
            raise MarkupRefused(
                _("Lists or quotes are nested too deep near “%(start)s”. Please flatten them.")
                % {"start": beginning(block)}
            )
        return False

    def looks(self, block: str) -> int:
        """Footnote and abbreviation marks each make the parser read on to the end of the block."""
        return 2 + (block.count("[^") + block.count("*[")) // 8

    def table(self, block: str) -> int:
        """What may be a table is taken apart at its bars; code in a line is told apart from them, sign by sign."""
        header, _newline, rest = block.partition("\n")
        steps = header.count("|") * (rest.count("\n") + 1) * 20
        for line in block.split("\n") if rest and "`" in block else ():
            backticks = line.count("`")
            steps += backticks * backticks // 64 + backticks * line.count("|")
        return steps


class InlineMeter(Treeprocessor):
    """Charges for the paragraphs, once all are known and before their links and emphasis are looked for."""

    def __init__(self, markdown: Markdown, effort: Effort, abbreviations: dict[str, str]) -> None:
        super().__init__(markdown)
        self.effort = effort
        self.abbreviations = abbreviations

    def run(self, root: Element) -> None:
        references = self.md.references.values()
        longest = max((len(url) + len(title or "") for url, title in references), default=0)
        for element in root.iter():
            for text in (element.text, element.tail):
                if text and not isinstance(text, AtomicString):
                    self.weigh(text, longest)

    def weigh(self, text: str, longest_reference: int) -> None:
        brackets = text.count("[")
        if brackets > self.effort.limits.brackets:
            raise MarkupRefused(
                _(
                    "One paragraph, “%(start)s”, has more than %(limit)s opening brackets [. Please part it in two."
                )
                % {"start": beginning(text), "limit": self.effort.limits.brackets}
            )
        explained = sum(
            text.count(short) * (500 + len(full) // 16) for short, full in self.abbreviations.items()
        )
        self.effort.spend(300 + inline_steps(text) + brackets * longest_reference // 16 + explained, text)


def inline_steps(text: str) -> int:
    """What it takes to find links, code and emphasis in a paragraph. Each mark found rebuilds the
    paragraph; each bracket is read on to its partner, each backtick to the end; stars are tried against each other."""
    marks = len(INLINE_MARK.findall(text))
    stars = text.count("*") + text.count("_")
    backticks = text.count("`")
    return (
        len(text)
        + marks * (20 + len(text.encode()) // 128)
        + stars * stars // 4
        + backticks * len(text)
        + reach_of_brackets(text) * 4
    )


def reach_of_brackets(text: str) -> int:
    """From each `[` to the `]` that closes it, or else to the end, added up."""
    total, opened = 0, []
    for match in BRACKET.finditer(text):
        if match[0] == "[":
            opened.append(match.start())
        elif opened:
            total += match.start() - opened.pop()
    return total + sum(len(text) - start for start in opened)
