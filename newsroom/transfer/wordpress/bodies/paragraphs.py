"""The classic editor's rule: a blank line makes a paragraph, a single line break a line break."""

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PageElement

from newsroom.foundations.markup.from_html.soup import BLOCKS

BLANK_LINE = re.compile(r"\n[ \t\r\xa0]*\n\s*")
HOLDERS = {"[document]", "article", "aside", "blockquote", "center", "dd", "details", "div", "fieldset", "form"} | {
    "footer", "header", "main", "section"
}  # fmt: skip


def mark(soup: BeautifulSoup, *, classic: bool) -> None:
    """Put loose text into paragraphs. In a block-editor story only what stands outside every block is loose."""
    for holder in [soup, *soup.find_all(HOLDERS)] if classic else [soup]:
        children = list(holder.children)
        if any(_says_something(child) and not _is_block(child) for child in children):
            holder.clear()
            holder.extend(_in_paragraphs(soup, children))


def _in_paragraphs(soup: BeautifulSoup, children: Iterable[PageElement]) -> Iterator[PageElement]:
    """Blocks as they are; the inline elements and text between two blocks as one paragraph or several."""
    paragraph = soup.new_tag("p")
    for child in children:
        if _is_block(child):
            yield from (paragraph, child)
            paragraph = soup.new_tag("p")
        elif isinstance(child, Tag):
            _break_lines(soup, child)
            paragraph.append(child)
        else:
            first, *others = BLANK_LINE.split(str(child))
            _append_lines(soup, paragraph, first)
            for text in others:
                yield paragraph
                paragraph = soup.new_tag("p")
                _append_lines(soup, paragraph, text)
    yield paragraph


def _is_block(node: PageElement) -> bool:
    return isinstance(node, Tag) and (node.name in BLOCKS or node.find(BLOCKS) is not None)


def _says_something(node: PageElement) -> bool:
    return isinstance(node, Tag) or bool(str(node).strip())


def _break_lines(soup: BeautifulSoup, tag: Tag) -> None:
    for text in [text for text in tag.find_all(string=True) if "\n" in text]:
        holder = soup.new_tag("span")
        text.replace_with(holder)
        _append_lines(soup, holder, str(text))
        holder.unwrap()


def _append_lines(soup: BeautifulSoup, parent: Tag, text: str) -> None:
    for number, line in enumerate(text.split("\n")):
        if number:
            parent.append(soup.new_tag("br"))
        if line:
            parent.append(NavigableString(line))
