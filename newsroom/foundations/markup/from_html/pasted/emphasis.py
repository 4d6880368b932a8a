"""Bold, italic, raised, lowered and struck through, however a program says it; and frames that say nothing."""

from bs4 import BeautifulSoup, Tag

from newsroom.foundations.markup.from_html.pasted.style import style_of

ONE_NAME = {"strong": "b", "em": "i", "cite": "i", "strike": "s", "tt": "code"}
JOINED = ["b", "i", "s", "sup", "sub"]
ALREADY_BOLD = ["h1", "h2", "h3", "h4", "h5", "h6", "th"]


def settle(soup: BeautifulSoup) -> None:
    for tag in soup.find_all(["b", "strong", "i", "em", "cite", "strike", "tt"]):
        tag.name = ONE_NAME.get(tag.name, tag.name)
        style = style_of(tag)
        if (tag.name == "b" and _is_light(style)) or (
            tag.name == "i" and style.get("font-style") == "normal"
        ):
            tag.name = "span"  # Google Docs wraps the whole in a <b> that is not bold
    for span in soup.find_all("span"):
        for name in _meant(style_of(span)):
            _fill(soup, span, name)
        span.unwrap()
    for tag in soup.select(", ".join(f"{name} b" for name in ALREADY_BOLD)):
        tag.unwrap()
    for insertion in soup.find_all("ins"):
        insertion.unwrap()
    soup.smooth()
    _join(soup)


def _is_light(style: dict[str, str]) -> bool:
    return style.get("font-weight") in {"normal", "400", "300", "lighter"}


def _meant(style: dict[str, str]) -> list[str]:
    weight = style.get("font-weight", "")
    decoration = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    said = {
        "b": weight in {"bold", "bolder"} or (weight.isdecimal() and len(weight) < 5 and int(weight) >= 600),
        "i": style.get("font-style") in {"italic", "oblique"},
        "s": "line-through" in decoration,
        "sup": style.get("vertical-align") == "super",
        "sub": style.get("vertical-align") == "sub",
    }
    return [name for name, is_meant in said.items() if is_meant]


def _fill(soup: BeautifulSoup, span: Tag, name: str) -> None:
    inner = soup.new_tag(name)
    inner.extend(list(span.contents))
    span.append(inner)


def _join(soup: BeautifulSoup) -> None:
    """Runs that programs cut in pieces: two bold words beside each other are bold together."""
    for tag in soup.find_all(JOINED):
        if tag.parent is None:
            continue
        while isinstance(beside := tag.next_sibling, Tag) and beside.name == tag.name:
            tag.extend(list(beside.contents))
            beside.extract()
