"""Lists: Word's are paragraphs that say so in their style; those of others stand beside the item they belong to."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from newsroom.foundations.markup.from_html.pasted.style import style_of
from newsroom.foundations.markup.from_html.soup import attribute

WORDS_LIST = re.compile(r"l(?P<list>\d+) level(?P<level>\d)")
COUNTED = re.compile(r"\(?(?P<number>\d{1,4}|[a-zA-Z]{1,4})[.)]")
MARKER = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)


def settle(soup: BeautifulSoup) -> None:
    done: set[int] = set()
    for paragraph in soup.find_all("p"):
        if id(paragraph) not in done and _place(paragraph)[1]:
            run = list(_run(paragraph))
            done |= {id(item) for item in run}
            _list(soup, run)
    _drop_markers(soup)
    for nested in soup.find_all(["ul", "ol"]):
        if nested.parent and nested.parent.name in {"ul", "ol"}:
            _put_into_item(soup, nested)
    for item in soup.find_all("li"):
        paragraphs = item.find_all("p", recursive=False)
        if len(paragraphs) == 1:
            paragraphs[0].unwrap()


def mark(soup: BeautifulSoup) -> None:
    """Before spans are unwrapped: Word's bullets and numbers are typed text, kept as an element of ours."""
    for span in soup.find_all("span"):
        if MARKER.search(attribute(span, "style")):
            span.name = "kbd"
            span["class"] = "list-marker"


def _place(paragraph: Tag) -> tuple[str, int]:
    """Which list of Word's this is an item of, and how deep; 0 for none."""
    found = WORDS_LIST.match(style_of(paragraph).get("mso-list", ""))
    return (found["list"], int(found["level"])) if found else ("", 0)


def _run(paragraph: Tag) -> Iterator[Tag]:
    """It and the items right after it."""
    item: Tag | None = paragraph
    while item is not None and item.name == "p" and _place(item)[1]:
        yield item
        item = item.find_next_sibling()


def _list(soup: BeautifulSoup, run: list[Tag]) -> None:
    opened: list[tuple[str, int, Tag]] = []  # which list of Word's, how deep, ours
    for paragraph in run:
        name, level = _place(paragraph)
        while opened and (opened[-1][1] > level or (opened[-1][1] == level and opened[-1][0] != name)):
            opened.pop()
        if not opened or opened[-1][1] < level:
            listed = _begun(soup, paragraph)
            if opened:
                opened[-1][2].find_all("li", recursive=False)[-1].append(listed)
            else:
                paragraph.insert_before(listed)
            opened.append((name, level, listed))
        _drop_markers(paragraph)
        paragraph.name = "li"
        opened[-1][2].append(paragraph.extract())


def _begun(soup: BeautifulSoup, paragraph: Tag) -> Tag:
    """A list of the kind the first item's marker shows."""
    marker = paragraph.find("kbd", class_="list-marker")
    counted = COUNTED.match(marker.get_text(strip=True)) if marker else None
    listed = soup.new_tag("ol" if counted else "ul")
    if counted and counted["number"].isdecimal() and counted["number"] != "1":
        listed["start"] = counted["number"]
    return listed


def _drop_markers(tag: Tag) -> None:
    for marker in tag.find_all("kbd", class_="list-marker"):
        marker.decompose()


def _put_into_item(soup: BeautifulSoup, nested: Tag) -> None:
    item = nested.find_previous_sibling("li")
    if item is None:
        item = soup.new_tag("li")
        nested.insert_before(item)
    item.append(nested.extract())
