"""Pictures in an article's text: `![What it shows](image:12 "Caption")`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from django.utils.translation import gettext as _

from newsroom.foundations.markup.tree import families, swap
from newsroom.foundations.markup.urls import is_ours

OURS = re.compile(r"image:([0-9]{1,18})")


@dataclass(frozen=True)
class Picture:
    """A picture ready to be shown: the URLs of its renditions, its size in pixels, and its words."""

    src: str
    width: int
    height: int
    srcset: str = ""
    sizes: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""


Pictures = Callable[[set[int]], dict[int, Picture]]


def pictures_named(text: str) -> set[int]:
    """The numbers of the pictures a text may show. One it only talks about, in code, is among them."""
    return {int(number) for number in OURS.findall(text)}


def place_pictures(root: Element, pictures: Pictures | None) -> list[str]:
    """Show our pictures, turn foreign ones into links (no reader's browser should tell another house what it reads),
    and say what could not be shown. A paragraph of nothing but pictures becomes figures."""
    known = find(root, pictures)
    warnings = turn_away(root, known)
    for parent, _place, paragraph in families(root):
        if paragraph.tag == "p" and only_pictures(paragraph):
            swap(parent, paragraph, *[figure(image, known) for image in paragraph])
    for image in root.iter("img"):
        show(image, known.get(number_of(image)))
    return warnings


def find(root: Element, pictures: Pictures | None) -> dict[int, Picture]:
    wanted = {number_of(image) for image in root.iter("img")} - {0}
    return pictures(wanted) if pictures and wanted else {}


def number_of(image: Element) -> int:
    """12 of image:12, or 0."""
    ours = OURS.fullmatch(image.get("src", ""))
    return int(ours[1]) if ours else 0


def turn_away(root: Element, known: dict[int, Picture]) -> list[str]:
    """Take out the pictures we cannot show, and say so."""
    linked = {inner for link in root.iter("a") for inner in link.iter()}
    warnings = []
    for parent, _place, image in families(root):
        if image.tag != "img" or number_of(image) in known or is_ours(image.get("src", "")):
            continue
        if number := number_of(image):
            warnings.append(_("Picture %(number)d does not exist and was left out.") % {"number": number})
            swap(parent, image)
        else:
            warnings.append(
                _("A picture from elsewhere is shown as a link: %(src)s") % {"src": image.get("src", "–")}
            )
            swap(parent, image, in_words(image, link=image not in linked))
    return warnings


def in_words(image: Element, *, link: bool) -> Element:
    """A link to a picture that is not ours, in its own words."""
    words = Element("a" if link and image.get("src") else "span")
    words.text = _("Picture: %(alt)s") % {"alt": image.get("alt")} if image.get("alt") else _("Picture")
    if words.tag == "a":
        words.set("href", image.get("src", ""))
    return words


def only_pictures(paragraph: Element) -> bool:
    words = [paragraph.text, *(child.tail for child in paragraph)]
    return (
        len(paragraph) > 0
        and all(child.tag == "img" for child in paragraph)
        and not any(word and word.strip() for word in words)
    )


def figure(image: Element, known: dict[int, Picture]) -> Element:
    """The picture with its caption, the writer's if there is one, and its credit."""
    picture = known.get(number_of(image))
    caption = image.get("title") or (picture.caption if picture else "")
    credit = picture.credit if picture else ""
    frame = Element("figure")
    frame.append(image)
    image.tail = None
    if caption or credit:
        line = SubElement(frame, "figcaption")
        line.text = f"{caption} " if caption and credit else caption
        if credit:
            SubElement(line, "span", {"class": "credit"}).text = credit
    return frame


def show(image: Element, picture: Picture | None) -> None:
    """Fill in what the browser needs to keep the space free and take the right size."""
    image.attrib.pop("title", None)
    if picture:
        image.attrib.update({"src": picture.src, "width": str(picture.width), "height": str(picture.height)})
        image.set("alt", image.get("alt") or picture.alt)
        if picture.srcset:
            image.attrib.update({"srcset": picture.srcset, "sizes": picture.sizes or "100vw"})
    image.attrib.setdefault("alt", "")
    image.attrib.update({"loading": "lazy", "decoding": "async"})
