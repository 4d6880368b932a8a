"""Two lists of paragraphs or words laid beside each other: what is the same, and what differs in between.

Python's own comparison takes the square of what it is given and more. So passages are cut first at what stands once in
both (names, figures, rare words: every text is full of them), and only what lies between is given to it.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby

Words = list[str]
Passage = tuple[bool, Words, Words]  # is it the same? and how it stands in each

MOST_STEPS = 15_000  # for one passage, some milliseconds; what needs more and cannot be cut has changed whole
MOST_CUTS = 12  # of a piece of a piece of a passage


def aligned(old: Words, new: Words) -> Iterator[Passage]:
    """Passages that are the same and passages that differ, in turn."""
    for is_same, passages in groupby(_passages(old, new, MOST_CUTS), key=lambda passage: passage[0]):
        ours, theirs = zip(*((before, after) for _same, before, after in passages), strict=True)
        yield is_same, _joined(ours), _joined(theirs)


def _joined(parts: tuple[Words, ...]) -> Words:
    return [word for part in parts for word in part]


def _passages(old: Words, new: Words, cuts: int) -> Iterator[Passage]:
    """The beginning and the end they have in common, and what lies between."""
    shorter = min(len(old), len(new))
    head = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    rest = range(1, shorter - head + 1)
    tail = next((at - 1 for at in rest if old[-at] != new[-at]), shorter - head)
    if not any(word.strip() for word in old[len(old) - tail :]):
        tail = 0  # a blank at the end is no anchor
    if head:
        yield True, old[:head], new[:head]
    yield from _between(old[head : len(old) - tail], new[head : len(new) - tail], cuts)
    if tail:
        yield True, old[-tail:], new[-tail:]


def _between(old: Words, new: Words, cuts: int) -> Iterator[Passage]:
    if not old and not new:
        return
    if not (old and new) or (_steps(old, new) > MOST_STEPS and not cuts):
        yield False, old, new
    elif _steps(old, new) <= MOST_STEPS:
        for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield kind == "equal", old[i:j], new[k:m]
    else:
        yield from _cut(old, new, cuts)


def _steps(old: Words, new: Words) -> int:
    """What Python's comparison takes to look through them once."""
    ours, theirs = Counter(old), Counter(new)
    return sum(times * theirs[word] for word, times in ours.items())


def _cut(old: Words, new: Words, cuts: int) -> Iterator[Passage]:
    """At the words that stand once in both, in the same order."""
    anchors = _anchors(old, new)
    if not anchors:
        yield False, old, new
        return
    i = k = 0
    for at, there in anchors:
        yield from _passages(old[i:at], new[k:there], cuts - 1)
        yield True, [old[at]], [new[there]]
        i, k = at + 1, there + 1
    yield from _passages(old[i:], new[k:], cuts - 1)


def _anchors(old: Words, new: Words) -> list[tuple[int, int]]:
    """Where each of those words stands in both; the longest row of them that stands in one order."""
    ours, theirs = Counter(old), Counter(new)
    places = {word: there for there, word in enumerate(new) if theirs[word] == 1}
    both = [(at, places[word]) for at, word in enumerate(old) if ours[word] == 1 and word in places]
    ends: list[int] = []  # the place in `new` at which the best row of each length ends …
    rows: list[int] = []  # … which of `both` that is …
    before: list[int] = []  # … and which of them stands before each
    for which, (_at, there) in enumerate(both):
        length = bisect_left(ends, there)
        ends[length : length + 1] = [there]
        rows[length : length + 1] = [which]
        before.append(rows[length - 1] if length else -1)
    found, which = [], rows[-1] if rows else -1
    while which >= 0:
        found.append(both[which])
        which = before[which]
    return found[::-1]
