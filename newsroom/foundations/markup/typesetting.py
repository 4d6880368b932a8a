"""What an article's text becomes on the page: headings under the headline, tables that scroll, notes."""

from collections import Counter
from xml.etree.ElementTree import Element

from django.utils.text import slugify
from django.utils.translation import gettext as _

from newsroom.foundations.markup.notes import order_notes, set_notes
from newsroom.foundations.markup.tree import families, swap, text_of

HEADINGS = {f"h{level}": level for level in range(1, 7)}


def typeset(root: Element) -> None:
    drop_empty(root)
    mend_definitions(root)
    fit_headings(root)
    order_notes(root)
    name_anchors(root)
    frame_tables(root)
    set_notes(root)


def drop_empty(root: Element) -> None:
    """Paragraphs and headings without anything in them."""
    for parent, _place, child in families(root):
        if (child.tag == "p" or child.tag in HEADINGS) and not len(child) and not (child.text or "").strip():
            swap(parent, child)


def mend_definitions(root: Element) -> None:
    """A list of definitions that lacks its first term or its last definition is no such list."""
    for definitions in list(root.iter("dl")):
        kinds = [child.tag for child in definitions]
        if kinds[:1] != ["dt"] or kinds[-1:] != ["dd"]:
            for child in definitions:
                child.tag = "div"
            definitions.tag = "div"


def fit_headings(root: Element) -> None:
    """The page's h1 is the headline. The highest level used becomes h2, the next h3, the rest h4, and none is
    skipped on the way down, whatever the writer began with."""
    headings = [element for element in root.iter() if element.tag in HEADINGS]
    ranks = {level: rank for rank, level in enumerate(sorted({HEADINGS[h.tag] for h in headings}), start=2)}
    above = 1
    for heading in headings:
        above = min(ranks[HEADINGS[heading.tag]], above + 1, 4)
        heading.tag = f"h{above}"


def name_anchors(root: Element) -> None:
    """Names that no script or style of the page uses: h-… after a heading's words, fn-1 and fnref-1 for notes, a-1
    for what a writer named. Links inside the text follow."""
    taken: Counter[str] = Counter()
    renamed: dict[str, str] = {}
    for element in root.iter():
        old = element.attrib.pop("id", "")
        if old or element.tag in HEADINGS:
            element.set("id", name_of(element, old, taken))
            renamed.setdefault(old, element.attrib["id"])
    for link in root.iter("a"):
        href = link.get("href", "")
        if href.startswith("#") and href[1:] in renamed:
            link.set("href", "#" + renamed[href[1:]])


def name_of(element: Element, old: str, taken: Counter[str]) -> str:
    if element.tag in HEADINGS:
        words = slugify(text_of(element), allow_unicode=True)[:60].strip("-_")
        return unique(f"h-{words or 'part'}", taken)
    kind = next((kind for kind in ("fnref", "fn") if old.startswith(kind)), "a")
    taken[kind] += 1
    return f"{kind}-{taken[kind]}"


def unique(stem: str, taken: Counter[str]) -> str:
    name = stem
    while taken[name]:
        taken[stem] += 1
        name = f"{stem}-{taken[stem]}"
    taken[name] = 1
    return name


def frame_tables(root: Element) -> None:
    """A wide table scrolls in a frame of its own, reachable by keyboard, so that a phone's page does not."""
    number = 0
    for parent, _place, table in families(root):
        if table.tag == "table" and parent.get("class") != "table-scroll":
            number += 1
            frame = Element("div", {"class": "table-scroll", "tabindex": "0", "role": "region"})
            frame.set("aria-label", table_name(table, number))
            swap(parent, table, frame)
            table.tail = None
            frame.append(table)
            set_cells(table)


def table_name(table: Element, number: int) -> str:
    caption = table.find("caption")
    return (text_of(caption) if caption is not None else "") or _("Table %(number)d") % {"number": number}


def set_cells(table: Element) -> None:
    """Alignment becomes a class, for the page allows no inline style; a heading cell without words heads nothing."""
    for cell in table.iter():
        align = cell.attrib.pop("align", "")
        if align in ("center", "right"):
            cell.set("class", f"align-{align}")
        if cell.tag == "th" and not text_of(cell) and not len(cell):
            cell.tag = "td"
            cell.attrib.pop("scope", None)
            cell.attrib.pop("abbr", None)
