"""Gutenberg: a story as HTML between `<!-- wp:name {…} -->` comments. The comments are resolved here, and gone."""

import html
import json
import re
from collections.abc import Iterator

from newsroom.transfer.wordpress.bodies.surroundings import Notes, Surroundings

DELIMITER = re.compile(
    r"(?P<end>/)?wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)(?P<rest>\s.*)?", re.DOTALL
)
DEEPEST_REUSE = 5  # a reusable block may hold others, and a hostile one itself


def are_in(source: str) -> bool:
    """Was this written in the block editor? If not, blank lines are its paragraphs."""
    return "<!-- wp:" in source


def resolved(source: str, around: Surroundings, notes: Notes, depth: int = 0) -> str:
    """The story's HTML without comments: reusable blocks in their place, blocks that only a live WordPress can fill
    left out and named in the notes."""
    return "".join(
        _resolved(piece, is_comment, around, notes, depth) for piece, is_comment in _pieces(source)
    )


def _pieces(source: str) -> Iterator[tuple[str, bool]]:
    """Text and comments in turn. One pass with `find`: an unclosed comment costs nothing extra."""
    start = 0
    while (opening := source.find("<!--", start)) >= 0:
        closing = source.find("-->", opening + 4)
        if closing < 0:
            break
        yield source[start:opening], False
        yield source[opening + 4 : closing].strip(), True
        start = closing + 3
    yield source[start:], False


def _resolved(piece: str, is_comment: bool, around: Surroundings, notes: Notes, depth: int) -> str:
    if not is_comment:
        return piece
    if piece == "nextpage":
        return "<hr>"
    delimiter = DELIMITER.fullmatch(piece)
    rest = ((delimiter and delimiter["rest"]) or "").strip()
    if not delimiter or not rest.endswith("/"):
        return ""
    return _filled_in(delimiter["name"].removeprefix("core/"), _attributes(rest[:-1]), around, notes, depth)


def _filled_in(name: str, attributes: dict, around: Surroundings, notes: Notes, depth: int) -> str:
    """What stands for a block that has no HTML of its own."""
    if name == "block":
        return _reused(str(attributes.get("ref", "")), around, notes, depth)
    if name in {"navigation-link", "social-link"} and str(attributes.get("url", "")).startswith("http"):
        label = attributes.get("label") or attributes["url"]
        return f'<p><a href="{html.escape(str(attributes["url"]))}">{html.escape(str(label))}</a></p>'
    if name not in {"footnotes", "spacer", "separator", "nextpage", "more"}:
        notes.left_out(f"block {name}")
    return "<hr>" if name in {"separator", "nextpage"} else ""


def _reused(ref: str, around: Surroundings, notes: Notes, depth: int) -> str:
    source = around.reusable_block(ref) if depth < DEEPEST_REUSE else ""
    if not source:
        notes.left_out(f"reusable block {ref}")
    return resolved(source, around, notes, depth + 1)


def _attributes(text: str) -> dict:
    try:
        attributes = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return attributes if isinstance(attributes, dict) else {}
