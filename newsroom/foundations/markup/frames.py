"""Quotes whose first line says that they are something else: `> [!pull]`, `> [!box] What we know`, `> [!gallery]`,
`> [!related]`, `> [!embed]`. In any other reader of Markdown they still are quotes, and lose no word."""

import re
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from newsroom.foundations.markup.tree import families, swap

SIGN = re.compile(r"\s*\[!(pull|box|gallery|related|embed)\][ \t]*")


def set_frames(root: Element) -> None:
    """One begins wherever a sign stands: Markdown itself takes quotes that follow each other for one."""
    for parent, _place, quote in families(root):
        if quote.tag == "blockquote":
            parts = split(quote)
            if parts != [quote]:
                swap(parent, quote, *parts)


def split(quote: Element) -> list[Element]:
    parts = [quote]
    for child in list(quote):
        if child.tag == "p" and (sign := SIGN.match(child.text or "")):
            child.text = (child.text or "")[sign.end() :]
            frame = begun(sign[1], child)
            if not frame.get("class") == parts[-1].get("class") == "related":  # one box holds them all
                parts.append(frame)
        if len(parts) > 1:
            quote.remove(child)
            if (child.text or "").strip() or len(child):
                parts[-1].append(child)
    for part in parts[1:]:
        if part.get("class") == "embed":
            name_host(part)
    return parts if len(quote) else parts[1:]


def begun(kind: str, first: Element) -> Element:
    """The frame. What stands on a box's first line is its title, and leaves its first paragraph."""
    if kind == "pull":
        first.text = (first.text or "").lstrip()
        return Element("blockquote", {"class": "pull"})
    title, newline, rest = (first.text or "").partition("\n")
    if kind == "box" and (newline or not len(first)):
        first.text = rest
        return box(title.strip())
    first.text = (first.text or "").lstrip()
    if kind == "related":
        return box(_("Related"), "related")
    if kind == "gallery":
        return Element("div", {"class": "gallery", "role": "group", "aria-label": _("Pictures")})
    return Element("div", {"class": kind})


def box(title: str, kind: str = "box") -> Element:
    frame = Element("div", {"class": kind, "role": "note"})
    if title:
        frame.set("aria-label", title)
        line = Element("p", {"class": "frame-title"})
        line.text = title
        frame.append(line)
    return frame


def name_host(card: Element) -> None:
    """Nothing of another house is loaded: who reads sees where the link leads, and presses it or not."""
    link = card.find(".//a")
    try:
        host = urlsplit(link.get("href", "")).hostname if link is not None else ""
    except ValueError:
        host = ""
    if host:
        line = Element("p", {"class": "frame-title"})
        line.text = _("On %(host)s") % {"host": host.removeprefix("www.")}
        card.append(line)
