"""Footnotes: numbered as they are read, and each way back to the text told from the others."""

from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from newsroom.foundations.markup.tree import families, swap

REFERENCE, WAY_BACK = "footnote-ref", "footnote-backref"


def order_notes(root: Element) -> None:
    """Number the notes in the order a reader meets them, in tables too. Markdown counts them in the order it came
    across them, and it reads cells before paragraphs."""
    for notes in [div for div in root.iter("div") if div.get("class") == "footnote"][-1:]:
        for listed in notes.findall("ol")[:1]:
            order(root, notes, listed)


def order(root: Element, notes: Element, listed: Element) -> None:
    items = {target(item): item for item in listed}
    inside = set(links(notes, REFERENCE))
    met = [link.get("href", "") for link in links(root, REFERENCE) if link not in inside]
    numbers: dict[str, int] = {}
    for name in met:  # it grows: a note may call another
        if name in items and name not in numbers:
            numbers[name] = len(numbers) + 1
            met += [link.get("href", "") for link in links(items[name], REFERENCE)]
    for name in items:
        numbers.setdefault(name, len(numbers) + 1)
    listed[:] = sorted(listed, key=lambda item: numbers[target(item)])
    for link in links(root, REFERENCE):
        if number := numbers.get(link.get("href", "")):
            link.text = str(number)


def target(item: Element) -> str:
    return f"#{item.get('id', '')}"


def links(element: Element, kind: str) -> list[Element]:
    return [link for link in element.iter("a") if link.get("class") == kind]


def set_notes(root: Element) -> None:
    """Footnotes, said to be footnotes."""
    places = {f"#{element.get('id')}": rank for rank, element in enumerate(root.iter()) if element.get("id")}
    for link in links(root, REFERENCE):
        link.set("role", "doc-noteref")
    for link in links(root, WAY_BACK):
        link.attrib.pop("title", None)
        link.attrib.update({"role": "doc-backlink", "aria-label": _("Back to the text")})
    for notes in root.iter("div"):
        if notes.get("class") == "footnote":
            notes.attrib.update({"class": "footnotes", "role": "doc-endnotes", "aria-label": _("Notes")})
            for rule in notes.findall("hr"):
                swap(notes, rule)
            for number, item in enumerate(notes.findall("ol/li"), start=1):
                lead_back(item, number, places)


def lead_back(item: Element, number: int, places: dict[str, int]) -> None:
    """A note called from several places leads to each, in their order, and every link says to which."""
    drop_dead_ends(item, places)
    ways = links(item, WAY_BACK)
    called = sorted((way.get("href", "") for way in ways), key=places.__getitem__)
    for mention, (way, place) in enumerate(zip(ways, called, strict=True), start=1):
        first = _("Back to note %(number)d in the text")
        further = _("Back to note %(number)d in the text, mention %(mention)d")
        words = (first if mention == 1 else further) % {"number": number, "mention": mention}
        way.attrib.update({"href": place, "aria-label": words})


def drop_dead_ends(item: Element, places: dict[str, int]) -> None:
    """Nothing in the text calls this note: there is no way back."""
    for parent, _place, link in families(item):
        if link.get("class") == WAY_BACK and link.get("href") not in places:
            swap(parent, link)
