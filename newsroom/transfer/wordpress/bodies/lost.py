"""Was any text lost? The one question an editor has about a conversion, answered by looking for every passage."""

import re
from html.parser import HTMLParser
from unicodedata import normalize

NOT_A_LETTER = re.compile(r"[\W_]+")


def missing(html: str, shown: str) -> list[str]:
    """The passages of the HTML (a line of text, up to the next tag) whose letters do not stand, in their order, in
    the text that is shown.

    Only letters and digits count: quotation marks may have become curly, and blanks may have moved.
    """
    found = _letters(shown)
    return [passage for passage in passages(html) if _letters(passage) not in found]


def _letters(text: str) -> str:
    return NOT_A_LETTER.sub("", normalize("NFC", text)).casefold()


def passages(html: str) -> list[str]:
    """Every line of text in the HTML, each ending at the latest where a tag begins."""
    listener = _Listener()
    listener.feed(html)
    listener.close()
    return [line.strip() for heard in listener.heard for line in heard.split("\n") if line.strip()]


class _Listener(HTMLParser):
    """Hears every piece of text between two tags, but for scripts, styles and the numbers of footnotes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.heard: list[str] = []
        self.deaf_until = ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in {"script", "style"} or (tag == "sup" and "data-fn" in dict(attrs)):
            self.deaf_until = self.deaf_until or tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.deaf_until:
            self.deaf_until = ""

    def handle_data(self, data: str) -> None:
        if not self.deaf_until:
            self.heard.append(data)
