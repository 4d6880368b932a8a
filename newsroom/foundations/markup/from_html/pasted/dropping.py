"""What was on the clipboard and is no part of the text: what nobody saw, comments, deletions, pictures of others."""

import re
from collections import Counter

from bs4 import BeautifulSoup, Tag

from newsroom.foundations.markup.from_html.pasted.style import classes_of, style_of
from newsroom.foundations.markup.from_html.soup import attribute

PICTURES, COMMENTS, DELETIONS, HIDDEN = "pictures", "comments", "deletions", "hidden"
COMMENT_CLASSES = {"MsoCommentReference", "msocomanchor", "msocomtxt", "MsoCommentText"}
COMMENT_ELEMENTS = {"comment-list", "comment"}
GOOGLE_COMMENT = re.compile(r"#?cmnt(_ref)?\d+")


def drop(soup: BeautifulSoup, left_out: Counter[str]) -> None:
    _drop_google_comments(soup, left_out)
    for tag in soup.find_all(True):
        if tag.decomposed:
            continue
        if kind := _kind(tag):
            if kind != HIDDEN or tag.get_text(strip=True):
                left_out[kind] += 1
            tag.decompose()


def _kind(tag: Tag) -> str:
    """Why this element is left out; "" if it stays."""
    style, classes = style_of(tag), classes_of(tag)
    if classes & COMMENT_CLASSES or style.get("mso-element") in COMMENT_ELEMENTS:
        return COMMENTS
    if tag.name == "del" or "msoDel" in classes:
        return DELETIONS
    if tag.has_attr("hidden") or _is_hidden(style):
        return HIDDEN
    return PICTURES if tag.name == "img" else ""


def _is_hidden(style: dict[str, str]) -> bool:
    return (
        style.get("display") == "none"
        or style.get("mso-hide") == "all"
        or style.get("visibility") in {"hidden", "collapse"}
        or re.fullmatch(r"0(px|pt|em|rem|%)?", style.get("font-size", "")) is not None
    )


def _drop_google_comments(soup: BeautifulSoup, left_out: Counter[str]) -> None:
    """Marked `[a]` in the text; what was said stands below it, in a frame of its own."""
    for link in soup.find_all("a"):
        if link.decomposed or not GOOGLE_COMMENT.fullmatch(attribute(link, "href")):
            continue
        is_mark = attribute(link, "href").startswith("#cmnt") and "_ref" not in attribute(link, "href")
        frame = link.find_parent("sup") if is_mark else (link.find_parent("div") or link.find_parent("p"))
        left_out[COMMENTS] += is_mark
        (frame or link).decompose()
