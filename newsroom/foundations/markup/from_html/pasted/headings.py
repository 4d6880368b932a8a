"""Headings and quotations, by element or by the name of a word processor's style."""

from bs4 import BeautifulSoup, Tag

from newsroom.foundations.markup.from_html.pasted.style import classes_of
from newsroom.foundations.markup.from_html.soup import attribute

HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
QUOTES = {"MsoQuote", "MsoIntenseQuote"}
HIGHEST = 2  # the first level there is under a headline


def settle(soup: BeautifulSoup) -> None:
    for paragraph in soup.find_all(["p", "div"]):
        if "MsoTitle" in classes_of(paragraph):
            paragraph.name = "h1"
        elif attribute(paragraph, "role") == "heading" and attribute(paragraph, "aria-level") in list(
            "123456"
        ):
            paragraph.name = f"h{attribute(paragraph, 'aria-level')}"
        elif classes_of(paragraph) & QUOTES:
            _quote(soup, paragraph)
    _shift(soup.find_all(HEADINGS))


def _quote(soup: BeautifulSoup, paragraph: Tag) -> None:
    before = paragraph.find_previous_sibling()
    quote = before if isinstance(before, Tag) and attribute(before, "id") == "quoted" else None
    if quote is None:
        quote = soup.new_tag("blockquote", id="quoted")
        paragraph.insert_before(quote)
    quote.append(paragraph.extract())


def _shift(headings: list[Tag]) -> None:
    """So that the highest of them is what the text's own headings are."""
    above = min((int(heading.name[1]) for heading in headings), default=HIGHEST)
    for heading in headings:
        heading.name = f"h{min(int(heading.name[1]) - above + HIGHEST, 6)}"
