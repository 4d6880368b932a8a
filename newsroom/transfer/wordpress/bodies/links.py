"""Links of a story: dead ones become their words, bare URLs become links."""

import re

from bs4 import BeautifulSoup, NavigableString

from newsroom.foundations.markup.from_html.soup import attribute
from newsroom.transfer.wordpress.bodies.surroundings import Surroundings

BARE = re.compile(r"\s*https?://[^\s<>\"']{4,2000}\s*")
MANY = 50  # links in one paragraph; our renderer takes sixty
ALONE_IN = {"[document]", "p", "div", "figure", "li", "section", "blockquote", "td", "dd"}


def settle(soup: BeautifulSoup, around: Surroundings) -> None:
    """Every link leads somewhere; a URL alone on its line is one; a poem keeps its lines."""
    _keep_lines_of_verse(soup)
    for link in soup.find_all("a"):
        target = attribute(link, "href").strip()
        if not target or target.startswith("#"):
            link.unwrap()
        else:
            link["href"] = around.link(target)
            if getattr(link.previous_sibling, "name", None) == "a":
                link.insert_before(" ")  # buttons side by side are parted by the old site's style only
    soup.smooth()
    for text in soup.find_all(string=True):
        if text.parent and text.parent.name in ALONE_IN and BARE.fullmatch(text) and _alone_on_its_line(text):
            text.wrap(soup.new_tag("a", href=text.strip()))
    _part_crowds(soup)


def _part_crowds(soup: BeautifulSoup) -> None:
    """A paragraph of a hundred links, a cloud of tags say, becomes several."""
    for block in soup.find_all(["p", "div"]):
        crowd = block.find_all("a", recursive=False)
        for first in crowd[MANY::MANY]:
            rest = soup.new_tag(block.name)
            block.insert_after(rest)
            for node in [first, *first.next_siblings]:
                rest.append(node.extract())
            block = rest


def _alone_on_its_line(text: NavigableString) -> bool:
    neighbours = (text.previous_sibling, text.next_sibling)
    return all(one is None or getattr(one, "name", None) in {"br", "figcaption"} for one in neighbours)


def _keep_lines_of_verse(soup: BeautifulSoup) -> None:
    for verse in soup.find_all("pre", class_="wp-block-verse"):
        verse.name = "p"
        for text in [text for text in verse.find_all(string=True) if "\n" in text]:
            for number, line in enumerate(str(text).split("\n")):
                if number:
                    text.insert_before(soup.new_tag("br"))
                text.insert_before(line)
            text.extract()
