"""Two texts, compared word by word: for colleagues at the desk, and for readers."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

MOST_WORDS = 1_500  # of one passage; comparing word by word takes the square of it

Piece = tuple[str, str]  # ("same" | "out" | "in" | "gap", text)


def compared(before: str, after: str) -> Iterator[Piece]:
    """Paragraph by paragraph, and word by word inside those that changed; long unchanged stretches are a gap."""
    old, new = _paragraphs(before), _paragraphs(after)
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield ("same", "".join(old[i:j])) if j - i <= 2 else ("gap", "")
        else:
            yield from _words_compared("".join(old[i:j]), "".join(new[k:m]))


def _words_compared(before: str, after: str) -> Iterator[Piece]:
    old, new = re.findall(r"\S+|\s+", before), re.findall(r"\S+|\s+", after)
    if max(len(old), len(new)) > MOST_WORDS:
        yield from ((kind, text) for kind, text in (("out", before), ("in", after)) if text)
        return
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(old[i:j])
        else:
            yield from (
                (kind, "".join(words)) for kind, words in (("out", old[i:j]), ("in", new[k:m])) if words
            )


def _paragraphs(text: str) -> list[str]:
    return text.splitlines(keepends=True)
