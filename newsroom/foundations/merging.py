"""Three versions of one text become one: what two people changed in the same original, paragraph by paragraph, and word
by word inside those paragraphs that both changed."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

MANY_WORDS = (
    500  # of one passage; beyond, words that stand everywhere no longer tell where two versions agree
)
MOST_PARAGRAPHS = 2_000  # of one passage
MOST_WORDS = 3_000  # of one passage; beyond, it is compared as a whole

ALIKE = {"same", "both"}  # kinds of passages in which there is nothing to look at closer

Span = tuple[int, int]
Finer = Callable[..., Iterator["Part"]]


@dataclass(frozen=True)
class Part:
    """A passage: "same" in all three, changed by "theirs" or "yours" alone or by "both" alike, or in "conflict"."""

    kind: str
    base: str
    theirs: str
    yours: str

    @property
    def text(self) -> str:
        """What the merge says here: where the two are in conflict, what yours says."""
        return self.theirs if self.kind == "theirs" else self.yours


@dataclass(frozen=True)
class Merge:
    """The passages in order."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    @property
    def conflicts(self) -> int:
        return sum(part.kind == "conflict" for part in self.parts)


def merged(base: str, theirs: str, yours: str) -> Merge:
    """Both changes of the base in one text, with the passages in which they are in each other's way."""
    parts = _parts(*(text.splitlines(keepends=True) for text in (base, theirs, yours)), finer=_by_paragraphs)
    return Merge(tuple(_joined(parts)))


def _parts(
    base: list[str], theirs: list[str], yours: list[str], *, finer: Finer | None = None
) -> Iterator[Part]:
    """Along what is the same in all three. `finer` looks closer at what both have changed."""
    at: tuple[int, ...] = (0, 0, 0)
    for *here, length in _in_all(base, theirs, yours):
        texts = [side[begin:end] for side, begin, end in zip((base, theirs, yours), at, here, strict=True)]
        part = _judged(*map("".join, texts))
        if part and part.kind not in ALIKE and finer:
            yield from finer(*texts)
        elif part:
            yield part
        at = tuple(begin + length for begin in here)
        same = "".join(base[here[0] : at[0]])
        if same:
            yield Part("same", same, same, same)


def _in_all(base: list[str], theirs: list[str], yours: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Where a stretch begins in each of the three that is the same in all, and its length; the last is their ends."""
    roughly = max(map(len, (base, theirs, yours))) > MANY_WORDS
    first, second = (
        [*SequenceMatcher(None, base, other, autojunk=roughly).get_matching_blocks()]
        for other in (theirs, yours)
    )
    i = j = 0
    while i < len(first) and j < len(second):
        one, other = first[i], second[j]
        begin, end = max(one.a, other.a), min(one.a + one.size, other.a + other.size)
        if begin < end:
            yield begin, one.b + begin - one.a, other.b + begin - other.a, end - begin
        if one.a + one.size < other.a + other.size:
            i += 1
        else:
            j += 1
    yield len(base), len(theirs), len(yours), 0


def _judged(base: str, theirs: str, yours: str) -> Part | None:
    if base == theirs == yours:
        return Part("same", base, theirs, yours) if base else None
    if theirs == yours:
        kind = "both"
    elif theirs == base:
        kind = "yours"
    else:
        kind = "theirs" if yours == base else "conflict"
    return Part(kind, base, theirs, yours)


def _by_paragraphs(*texts: list[str]) -> Iterator[Part]:
    """Each paragraph beside those it became; what has no counterpart as one passage."""
    if max(map(len, texts)) > MOST_PARAGRAPHS:
        yield from _by_words(*map("".join, texts))
        return
    base, *others = texts
    labels = [
        [*map(str, range(len(base)))],
        *(_labels(base, other, str(n)) for n, other in enumerate(others)),
    ]
    at: tuple[int, ...] = (0, 0, 0)
    for *here, length in _in_all(*labels):
        yield from _by_words(*(_slice(text, *span) for text, *span in zip(texts, at, here, strict=True)))
        at = tuple(begin + length for begin in here)
        for alike in zip(
            *(text[begin:end] for text, begin, end in zip(texts, here, at, strict=True)), strict=True
        ):
            yield from _by_words(*alike)


def _slice(text: Sequence[str], begin: int, end: int) -> str:
    return "".join(text[begin:end])


def _labels(base: list[str], other: list[str], prefix: str) -> list[str]:
    """A label for each paragraph of the other: that of the paragraph of the base it was made from, if there is one."""
    labels = [f"{prefix}+{number}" for number in range(len(other))]
    for number, counterpart in _counterparts(base, other):
        labels[counterpart] = str(number)
    return labels


def _counterparts(base: list[str], other: list[str]) -> list[Span]:
    """Which paragraph became which: the one with which it shares most turns of words, in the order of both."""
    where: dict[tuple[str, ...], int] = {}
    for number, paragraph in enumerate(other):
        where.update(dict.fromkeys(_turns(paragraph), number))
    pairs = []
    for number, paragraph in enumerate(base):
        votes = Counter(where[turn] for turn in _turns(paragraph) if turn in where)
        pairs += [(number, votes.most_common(1)[0][0])] if votes else []
    return _in_order(pairs)


def _turns(paragraph: str) -> set[tuple[str, ...]]:
    words = paragraph.split()
    return {*zip(words, words[1:], words[2:], strict=False)} or ({tuple(words)} if words else set())


def _in_order(pairs: list[Span]) -> list[Span]:
    """The longest run of pairs in which both rise."""
    ends: list[int] = []  # the smallest end of a run of each length
    chains: list[list[Span]] = []
    for pair in pairs:
        place = bisect_left(ends, pair[1])
        chain = [*(chains[place - 1] if place else []), pair]
        ends[place : place + 1], chains[place : place + 1] = [pair[1]], [chain]
    return chains[-1] if chains else []


def _by_words(base: str, theirs: str, yours: str) -> Iterator[Part]:
    words = [re.findall(r"\s+|\S+\s*", text) for text in (base, theirs, yours)]
    part = _judged(base, theirs, yours)
    if part and (part.kind in ALIKE or max(map(len, words)) > MOST_WORDS):
        yield part
    elif part:
        yield from _parts(*words)


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """Neighbours of one kind as one passage."""
    for kind, run in groupby(parts, key=lambda part: part.kind):
        found = [*run]
        yield Part(
            kind, *("".join(getattr(part, side) for part in found) for side in ("base", "theirs", "yours"))
        )
