"""Lists as writers lay them out and CommonMark reads them, said the way Python-Markdown understands: an empty line
before a list, four blanks for each step inwards."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from newsroom.foundations.markup.limits import Effort

ITEM = re.compile(r"(?P<indent> *)(?P<sign>[*+-]|(?P<number>\d{1,9})[.)])(?P<gap> +|$)(?P<words>.*)")
QUOTE = re.compile(r" {0,3}> ?(.*)")
FENCE = re.compile(r" *(`{3,}|~{3,})[^`]*")
HEADING = re.compile(r"#{1,6}(?: |$)")
RULE = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})")
UNDER_A_TABLES_HEAD = re.compile(r"[-:| ]*\|[-:| ]*")
STEP = 4  # blanks
A_YEAR = 1_000  # no list begins with a number like this
PER_LINE = 60  # steps of effort


class Level(NamedTuple):
    """The open item of a list: where its words begin, and its number if it has one."""

    begins: int
    number: int | None


class ListLayout(Preprocessor):
    """With `as_typed`, numbers that do not count from one on stay words: a comment shows what its reader wrote."""

    def __init__(self, markdown: Markdown, effort: Effort, *, as_typed: bool = False) -> None:
        super().__init__(markdown)
        self.effort = effort
        self.as_typed = as_typed

    def run(self, lines: list[str]) -> list[str]:
        return self.laid_out(lines, 0)

    def laid_out(self, lines: list[str], depth: int) -> list[str]:
        self.effort.spend(sum(map(len, lines)) + PER_LINE * len(lines), "\n".join(lines[:3]))
        layout = Layout(as_typed=self.as_typed)
        for is_quote, some in quotations(lines):
            if is_quote and depth < self.effort.limits.nesting:
                layout.quote(self.laid_out(some, depth + 1))
            else:
                for line in some:
                    layout.line(f"> {line}" if is_quote else line)
        return layout.lines


def quotations(lines: list[str]) -> Iterator[tuple[bool, list[str]]]:
    """The lines in runs, those of a quotation without their `>`."""
    run: list[str] = []
    was_quote = False
    for line in lines:
        quote = QUOTE.fullmatch(line)
        if run and bool(quote) != was_quote:
            yield was_quote, run
            run = []
        was_quote = bool(quote)
        run.append(quote[1] if quote else line)
    if run:
        yield was_quote, run


class Layout:
    """Lays out line after line; `levels` are the items open at the moment, one inside the other."""

    def __init__(self, *, as_typed: bool) -> None:
        self.as_typed = as_typed
        self.lines: list[str] = []
        self.levels: list[Level] = []
        self.fence = ""
        self.block: int | None = None  # how deep the item stands that this block began with, if it was one

    @property
    def is_after_words(self) -> bool:
        return bool(self.lines) and bool(self.lines[-1].strip())

    def quote(self, lines: list[str]) -> None:
        self.leave_lists()
        self.block = None
        self.lines += [f"> {line}".rstrip() for line in lines]

    def line(self, line: str) -> None:
        if not line.strip():
            self.lines.append(line)
        elif self.fence:
            self.lines.append(line)
            self.fence = "" if line.strip() == self.fence else self.fence
        elif fence := FENCE.fullmatch(line):
            self.fence = fence[1]
            self.lines.append(line)
        elif item := self.item(line):
            self.add_item(item)
        else:
            self.add_words(line)

    def item(self, line: str) -> re.Match[str] | None:
        """The line as an item, if it can be one."""
        item = ITEM.fullmatch(line)
        if not item or RULE.fullmatch(line) or UNDER_A_TABLES_HEAD.fullmatch(line):
            return None
        if self.as_typed and item["sign"].endswith(")"):
            return None
        depth = self.depth(len(item["indent"]))
        return None if len(item["indent"]) - self.begins(depth) >= STEP else item

    def depth(self, indent: int) -> int:
        """In how many of the open items a line with this indent stands."""
        return sum(1 for level in self.levels if level.begins <= indent)

    def begins(self, depth: int) -> int:
        return self.levels[depth - 1].begins if depth else 0

    def add_item(self, item: re.Match[str]) -> None:
        indent, number = len(item["indent"]), int(item["number"]) if item["number"] else None
        depth = self.depth(indent)
        sibling = self.levels[depth] if depth < len(self.levels) else None
        if not self.goes_on(number, sibling) and not self.may_begin(item, number, depth):
            self.add_words(self.in_words(item), leaves=depth if sibling else None)
            return
        is_other_list = sibling is not None and (sibling.number is None) != (number is None)
        if self.is_after_words and (is_other_list or self.block is None or depth < self.block):
            self.lines.append("")
        if not self.is_after_words:
            self.block = depth
        begins = indent + min(len(item["sign"]) + min(len(item["gap"]) or 1, STEP), STEP)
        self.levels[depth:] = [Level(begins, number)]
        sign = item["sign"].replace(")", ".")
        self.lines.append(f"{' ' * STEP * depth}{sign} {item['words']}")

    def goes_on(self, number: int | None, sibling: Level | None) -> bool:
        """Does an item with this number belong to the list of the open one?"""
        if sibling is None or (sibling.number is None) != (number is None):
            return False
        if number is None or sibling.number is None or number == sibling.number + 1:
            return True
        return number == sibling.number == 1 if self.as_typed else number < A_YEAR

    def may_begin(self, item: re.Match[str], number: int | None, depth: int) -> bool:
        """May a list begin with it? In the middle of a paragraph only one that is plainly meant as a list."""
        if number is not None and number != 1 and (self.as_typed or number >= A_YEAR):
            return False
        if self.is_after_words and depth == len(self.levels):
            return number == 1 or (number is None and bool(item["words"]))
        return True

    def in_words(self, item: re.Match[str]) -> str:
        """What looks like an item and is none."""
        sign = f"{item['sign'][:-1]}\\{item['sign'][-1]}"
        return f"{item['indent']}{sign}{item['gap']}{item['words']}"

    def add_words(self, line: str, leaves: int | None = None) -> None:
        """Words after an empty line belong to the item they stand under; others go on with the paragraph."""
        words = line.lstrip(" ")
        indent = len(line) - len(words)
        depth = self.depth(indent) if leaves is None else leaves
        if self.is_after_words and leaves is None:
            if self.levels and depth < len(self.levels) and (HEADING.match(words) or RULE.fullmatch(line)):
                self.leave_lists()
            self.lines.append(line if not self.levels else words)
            return
        if self.is_after_words:
            self.lines.append("")
        self.block = None
        del self.levels[depth:]
        beyond = indent - self.begins(depth)
        if not depth or (beyond >= STEP and indent >= STEP * (depth + 1)):
            self.lines.append(line)
        else:
            self.lines.append(" " * (STEP * depth + (beyond if beyond >= STEP else 0)) + words)

    def leave_lists(self) -> None:
        if self.levels and self.is_after_words:
            self.lines.append("")
        self.levels.clear()
