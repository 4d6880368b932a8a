"""Two texts, compared word by word: for colleagues at the desk, and for readers."""

import re
from collections.abc import Iterator
from itertools import groupby

from articles.aligning import aligned

WORDS = re.compile(r"\S+|\s+")

Piece = tuple[str, str]  # ("same" | "out" | "in" | "gap", text)


def compared(before: str, after: str) -> Iterator[Piece]:
    """Paragraph by paragraph, and word by word inside those that changed; long unchanged stretches are a gap."""
    for is_same, old, new in aligned(_paragraphs(before), _paragraphs(after)):
        if is_same:
            yield ("same", "".join(old)) if len(old) <= 2 else ("gap", "")
        else:
            yield from _words_compared("".join(old), "".join(new))


def _words_compared(before: str, after: str) -> Iterator[Piece]:
    """A blank that stayed between two words that did not is no news: both are read as one change."""
    passages = list(aligned(WORDS.findall(before), WORDS.findall(after)))
    inner = range(1, len(passages) - 1)
    stayed = [same and not (at in inner and _is_blank(old)) for at, (same, old, _new) in enumerate(passages)]
    for is_same, run in groupby(zip(stayed, passages, strict=True), key=lambda each: each[0]):
        old, new = zip(*(("".join(ours), "".join(theirs)) for _is, (_same, ours, theirs) in run), strict=True)
        kinds = (("same", old),) if is_same else (("out", old), ("in", new))
        yield from ((kind, "".join(texts)) for kind, texts in kinds if any(texts))


def _is_blank(words: list[str]) -> bool:
    return not "".join(words).strip()


def _paragraphs(text: str) -> list[str]:
    return text.splitlines(keepends=True)
