"""URLs as they stand in a text, with no markup around them: each is one whole link, whatever signs it holds."""

import re
from xml.etree.ElementTree import Element

from markdown.extensions.abbr import AbbrTreeprocessor

from newsroom.foundations.markup.limits import Effort
from newsroom.foundations.markup.urls import usable

# A whole web address, with its brackets in pairs and without the stop after it.
BARE_URL = re.compile(
    r"""(?<![^\W_])(?i:https?://|www\.)"""
    r"""(?:[^\s<>"'`{}|\\^()\[\]“”„‘’«»、。，]|\([^\s<>"'`{}|\\^()]*\))+(?<![.,;:!?…])"""
)
# Stars and low lines in a URL are no emphasis. While Markdown reads the text, controls that no text holds (source.py
# drops them) stand for them.
SIGNS = {"*": "\x0e", "_": "\x0f"}
SHIELD = str.maketrans(SIGNS)
UNSHIELD = str.maketrans({control: sign for sign, control in SIGNS.items()})
EMPHASIS = re.compile(
    r"(?<![\w*_\\])(?P<begins>[*_]{1,3})(?![\s*_])|(?<![\s*_\\])(?P<ends>[*_]{1,3})(?![\w*_])"
)
LOOK_BACK = 500  # letters, for the beginning of the emphasis a URL ends
UNLINKED = frozenset("a pre code kbd samp".split())
LINKING = 2_000  # steps


def shield(text: str) -> str:
    return BARE_URL.sub(shielded, text)


def shielded(url: re.Match[str]) -> str:
    """Signs at its end belong to it, unless they end what began before it: `*see https://a.example/b*`."""
    began = begun_before(url) if url[0].endswith(tuple(SIGNS)) else ""
    end = len(url[0]) - len(began) if url[0].endswith(began) else len(url[0])
    return url[0][:end].translate(SHIELD) + url[0][end:]


def begun_before(url: re.Match[str]) -> str:
    """The mark of the emphasis that is open where the URL begins."""
    before = url.string[max(url.start() - LOOK_BACK, 0) : url.start()].rpartition("\n\n")[2]
    open_marks: list[str] = []
    for mark in EMPHASIS.finditer(BARE_URL.sub("", before)):
        if mark["begins"]:
            open_marks.append(mark["begins"])
        elif open_marks:
            open_marks.pop()
    return open_marks[-1] if open_marks else ""


def unshield(html: str) -> str:
    return html.translate(UNSHIELD)


class Abbreviations(AbbrTreeprocessor):
    """Explains abbreviations, but not within a URL."""

    abbrs: dict[str, str]

    def run(self, root: Element) -> None:
        words = "|".join(re.escape(word) for word in sorted(self.abbrs, key=len, reverse=True))
        if words:
            self.RE = re.compile(rf"{BARE_URL.pattern}|\b(?:{words})\b")
            self.abbrs = Explained(self.abbrs)
            self.iter_element(root)


class Explained(dict[str, str]):
    def __missing__(self, url: str) -> str:
        return ""


def link_bare_urls(element: Element, effort: Effort) -> None:
    """What already is a link, or code, stays as it is."""
    if element.tag in UNLINKED:
        return
    for place in range(len(element), 0, -1):  # from the end, for links come in between
        child = element[place - 1]
        link_bare_urls(child, effort)
        if child.tail and may_hold_url(child.tail):
            child.tail, links = parted(child.tail, effort)
            element[place:place] = links
    if element.text and may_hold_url(element.text):
        element.text, links = parted(element.text, effort)
        element[0:0] = links


def may_hold_url(text: str) -> bool:
    return "://" in text or "www." in text.lower()


def parted(text: str, effort: Effort) -> tuple[str, list[Element]]:
    """The words before the first URL, and a link for each with the words after it."""
    words, position = [""], 0
    links: list[Element] = []
    for url in BARE_URL.finditer(text):
        effort.spend(LINKING, url[0])
        href = usable(url[0] if "://" in url[0][:8] else f"http://{url[0]}")
        if href:
            words[-1] = text[position : url.start()]
            link = Element("a", {"href": href, "class": "bare-url"})
            link.text = url[0]
            links.append(link)
            words.append("")
            position = url.end()
    words[-1] = text[position:]
    for link, after in zip(links, words[1:], strict=True):
        link.tail = after
    return words[0], links
