"""Footnotes: a mark in the text that leads to a note, and a link in the note that leads back to the mark. Every
program writes them so, each under names of its own."""

from bs4 import BeautifulSoup, Tag

from newsroom.foundations.markup.from_html.pasted.style import style_of
from newsroom.foundations.markup.from_html.soup import attribute

FRAMES = {"p", "li", "dd", "div", "td"}
OWN_FRAME = {"footnote", "endnote"}
MOST = 400  # marks and links back


def take_out(soup: BeautifulSoup) -> list[Tag]:
    """The notes, out of the text, in the order of their marks; each mark left is `<sup data-fn="1">`."""
    named = _named(soup)
    notes: list[Tag] = []
    places: dict[int, int] = {}
    for mark in soup.find_all("a", href=lambda href: href and href.startswith("#"), limit=MOST):
        target = named.get(attribute(mark, "href")[1:])
        note = _note(target, mark) if target is not None else None
        if note is None:
            continue
        if id(note) not in places:
            notes.append(note)
            places[id(note)] = len(notes)
        _number(soup, mark, places[id(note)])
    for note in notes:
        _take(note)
    _drop_rule(soup, notes)
    return notes


def _named(soup: BeautifulSoup) -> dict[str, Tag]:
    named: dict[str, Tag] = {}
    for tag in soup.find_all(True):
        for name in filter(None, (attribute(tag, "id"), attribute(tag, "name"))):
            named.setdefault(name, tag)
    return named


def _note(target: Tag, mark: Tag) -> Tag | None:
    """The block the mark leads to, if a link in it leads back to the mark."""
    block = target if target.name in FRAMES else target.find_parent(FRAMES)
    if block is None or mark in block.descendants:
        return None
    frame = block.parent
    if block.name == "p" and isinstance(frame, Tag) and _is_own_frame(frame):
        block = frame
    ways = {attribute(mark, "id"), attribute(mark, "name")}
    ways |= {attribute(parent, "id") for parent in mark.parents if parent.name in {"sup", "span"}}
    back = {attribute(link, "href").removeprefix("#") for link in block.find_all("a")}
    is_called = back & (ways - {""})
    return block if is_called and _stands_before(mark, block) else None


def _is_own_frame(frame: Tag) -> bool:
    """Word and LibreOffice give every note a division of its own, with all its paragraphs."""
    name = attribute(frame, "id")
    return frame.name == "div" and (
        style_of(frame).get("mso-element") in OWN_FRAME or name.startswith(("sdfootnote", "sdendnote"))
    )


def _stands_before(mark: Tag, block: Tag) -> bool:
    return any(following is block for following in mark.find_all_next(block.name))


def _drop_rule(soup: BeautifulSoup, notes: list[Tag]) -> None:
    """The line that stood above the notes."""
    rules = soup.find_all("hr")
    if notes and rules and not any(text.strip() for text in rules[-1].find_all_next(string=True)):
        rules[-1].decompose()


def _number(soup: BeautifulSoup, mark: Tag, place: int) -> None:
    sign = soup.new_tag("sup", attrs={"data-fn": str(place)})
    sign.string = str(place)
    raised = mark.find_parent("sup")
    (raised if raised and raised.get_text(strip=True) == mark.get_text(strip=True) else mark).replace_with(
        sign
    )


def _take(note: Tag) -> None:
    """Without the links back, and as a plain division."""
    for link in note.find_all("a", href=lambda href: href and href.startswith("#")):
        raised = link.find_parent("sup")
        (raised if raised and raised in note.descendants else link).decompose()
    holder = note.parent
    note.extract()
    note.name = "div"
    if (
        isinstance(holder, Tag)
        and not holder.get_text(strip=True)
        and holder.name in {"ol", "div", "section"}
    ):
        holder.decompose()
