"""A page of ours to be looked at only: its links lead nowhere, its forms take nothing, and Tab does not stop at them.

`inert` would do the same and hide the page from those who listen to it. Here every word stays where it is, and the page
itself is one stop of Tab, so that arrow keys scroll it.
"""

from html import escape
from html.parser import HTMLParser

LEADS_SOMEWHERE = {"a": ("href", "target"), "area": ("href", "target"), "form": ("action",)}
TAKES_SOMETHING = {"button", "input", "select", "textarea"}
ANSWERS_A_KEY = {"summary", "iframe", "audio", "video"}


def without_links(page: str) -> str:
    """The HTML as it was written, but for what could be followed or pressed."""
    still = _Still()
    still.feed(page)
    still.close()
    return "".join(still.written)


class _Still(HTMLParser):
    """Writes down what it reads. All but a few tags goes through untouched."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        more = _more(tag)
        gone = LEADS_SOMEWHERE.get(tag, ())
        if more is None and not gone:
            self.written.append(self.get_starttag_text() or "")
            return
        kept = [(name, value) for name, value in attrs if name not in gone and name != (more or ("",))[0]]
        self.written.append(
            f"<{tag}{''.join(_attribute(*each) for each in [*kept, *([more] if more else [])])}>"
        )

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.written.append(data)

    def handle_entityref(self, name: str) -> None:
        self.written.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.written.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.written.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.written.append(f"<!{decl}>")


def _more(tag: str) -> tuple[str, str | None] | None:
    """The attribute that this tag needs besides its own."""
    if tag == "main":
        return "tabindex", "0"
    if tag in TAKES_SOMETHING:
        return "disabled", None
    return ("tabindex", "-1") if tag in ANSWERS_A_KEY else None


def _attribute(name: str, value: str | None) -> str:
    return f" {name}" if value is None else f' {name}="{escape(value)}"'
