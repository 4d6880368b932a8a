"""Pictures stand alone in our stories: lifted out of the paragraphs and links they were in, with their caption."""

import re

from bs4 import BeautifulSoup, Tag

from articles.wordpress.bodies.soup import BLOCKS, attribute
from articles.wordpress.bodies.surroundings import Notes, OldPicture, Surroundings

HOLDERS = {"[document]", "article", "aside", "blockquote", "center", "dd", "details", "div", "figure", "fieldset"} | {
    "footer", "form", "header", "li", "main", "section"
}  # fmt: skip
SMALLEST = 40  # pixels wide; what is smaller is a smiley or a bullet, and its alternative text says it
PICTURE_FILE = re.compile(r"\.(jpe?g|png|gif|webp|avif|bmp|svg|tiff?)$", re.IGNORECASE)


def place(soup: BeautifulSoup, around: Surroundings, notes: Notes) -> None:
    """Give every picture its address here, its caption and a place of its own."""
    _unlist_galleries(soup)
    for image in soup.find_all("img"):
        old = around.picture(_old_id(image), attribute(image, "src"))
        if old is None and _is_ornament(image):
            image.replace_with(attribute(image, "alt"))
        else:
            _caption(image, old)
            _stand_alone(image, notes)
    soup.smooth()


def _old_id(image: Tag) -> str:
    named = re.search(r"\bwp-image-(\d+)\b", attribute(image, "class"))
    return named[1] if named else attribute(image, "data-id")


def _is_ornament(image: Tag) -> bool:
    width = attribute(image, "width")
    classes = set(attribute(image, "class").split())
    return bool(classes & {"wp-smiley", "emoji"}) or (width.isdigit() and int(width) < SMALLEST)


def _caption(image: Tag, old: OldPicture | None) -> None:
    """Caption and target are left on the element as `title` and `src`, for the writer of Markdown."""
    figure = image.find_parent("figure")
    image["title"] = _caption_in(figure) if figure and len(figure.find_all("img")) == 1 else ""
    if old:
        image["alt"] = attribute(image, "alt") or old.alt
        image["src"] = f"image:{old.image_id}" if old.image_id else attribute(image, "src") or old.url


def _caption_in(figure: Tag) -> str:
    """The words beside the picture, taken out of the figure: a `<figcaption>`, or all there is but the picture."""
    if figure.find({"table", "blockquote", "video", "audio", "iframe", "ul", "ol", "pre"}):
        return ""
    words = " ".join(figure.get_text(" ").split())
    for text in figure.find_all(string=True):
        text.extract()
    return words


def _stand_alone(image: Tag, notes: Notes) -> None:
    link = image.find_parent("a")
    target = attribute(link, "href") if link else ""
    if link and target and not PICTURE_FILE.search(target) and not link.get_text(strip=True):
        notes.left_out("link around a picture")
    outermost = image
    while outermost.parent is not None and outermost.parent.name not in HOLDERS:
        outermost = outermost.parent
    if outermost is not image:
        outermost.insert_before(image.extract())


def _unlist_galleries(soup: BeautifulSoup) -> None:
    """Galleries used to be lists with nothing but a picture in each item."""
    for list_ in soup.find_all(["ul", "ol"]):
        items = list_.find_all("li", recursive=False)
        if items and all(_only_pictures(item) for item in items):
            for item in items:
                item.unwrap()
            list_.unwrap()


def _only_pictures(item: Tag) -> bool:
    blocks = {child.name for child in item.find_all(BLOCKS)} - {"figure", "figcaption", "div", "p"}
    captions = "".join(caption.get_text() for caption in item.find_all("figcaption"))
    return bool(item.find("img")) and not blocks and item.get_text().strip() == captions.strip()
