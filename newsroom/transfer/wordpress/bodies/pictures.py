"""Pictures stand alone in our stories: lifted out of the paragraphs and links they were in, with their caption."""

import re
from itertools import takewhile

from bs4 import BeautifulSoup, NavigableString, Tag

from newsroom.foundations.markup.from_html.soup import ADDRESSES, BLOCKS, SETS, attribute
from newsroom.transfer.wordpress.bodies.surroundings import Notes, OldPicture, Surroundings

HOLDERS = {"[document]", "article", "aside", "blockquote", "center", "dd", "details", "div", "figure", "fieldset"} | {
    "footer", "form", "header", "li", "main", "section"
}  # fmt: skip
SMALLEST = 40  # pixels wide; what is smaller is a smiley or a bullet, and its alternative text says it
EMPHASIS = ["b", "strong", "em", "i", "cite", "mark", "del", "ins", "s", "strike", "sub", "sup", "code"]
# What WordPress adds to the names of copies.
RESIZED = re.compile(r"-(\d{1,5}x\d{1,5}(@\dx)?|scaled)(?=\.\w{2,5}$)")
PICTURE_FILE = re.compile(r"\.(jpe?g|png|gif|webp|avif|bmp|svg|tiff?)$", re.IGNORECASE)


def place(soup: BeautifulSoup, around: Surroundings, notes: Notes) -> None:
    """Give every picture its URL here, its caption and a place of its own."""
    _unlist_galleries(soup)
    _part_twins(soup)
    for image in soup.find_all("img"):
        old = _known(image, around)
        if old is None and _is_ornament(image):
            image.replace_with(attribute(image, "alt"))
        else:
            _settle(image, old, around, notes)
            _stand_alone(image, notes)
    soup.smooth()


def _known(image: Tag, around: Surroundings) -> OldPicture | None:
    named = re.search(r"\bwp-image-(\d+)\b", attribute(image, "class"))
    old_id = named[1] if named else attribute(image, "data-id")
    return next((old for url in _urls(image) or [""] if (old := around.picture(old_id, url))), None)


def _urls(image: Tag) -> list[str]:
    """Where the picture is, the likeliest first: what a late loading script would load, then what a browser would."""
    plain = [attribute(image, name).strip() for name in (*ADDRESSES, "src")]
    return list(dict.fromkeys(filter(None, [*plain, *(_widest(attribute(image, name)) for name in SETS)])))


def _widest(sizes: str) -> str:
    """Of `a-300.jpg 300w, a-1024.jpg 1024w` the URL of the second."""
    offers = [offer.split() for offer in re.split(r",\s+", sizes) if offer.strip()]
    return max(offers, key=_width, default=[""])[0]


def _width(offer: list[str]) -> float:
    size = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)[wx]", offer[-1])
    return float(size[1]) if size else 0


def _part_twins(soup: BeautifulSoup) -> None:
    """A picture that loads late has a twin beside it for browsers without scripts. One of the two is enough."""
    before: Tag | None = None
    for image in soup.find_all("img"):
        if before is None or not _are_twins(before, image) or _are_parted(before, image):
            before = image
        elif _urls(before):
            image.extract()
        else:
            before.extract()
            before = image


def _are_twins(one: Tag, other: Tag) -> bool:
    theirs = [{RESIZED.sub("", url.partition("?")[0]) for url in _urls(image)} for image in (one, other)]
    is_late = any(attribute(image, name) for image in (one, other) for name in (*ADDRESSES, *SETS[:2]))
    return not all(theirs) or (is_late and bool(theirs[0] & theirs[1]))


def _are_parted(one: Tag, other: Tag) -> bool:
    """Do words stand between the two?"""
    between = takewhile(lambda node: node is not other, one.next_elements)
    return any(isinstance(node, NavigableString) and str(node).strip() for node in between)


def _is_ornament(image: Tag) -> bool:
    width = attribute(image, "width")
    classes = set(attribute(image, "class").split())
    return bool(classes & {"wp-smiley", "emoji"}) or (width.isdigit() and int(width) < SMALLEST)


def _settle(image: Tag, old: OldPicture | None, around: Surroundings, notes: Notes) -> None:
    """Caption and target are left on the element as `title` and `src`, for the writer of Markdown. The caption of a
    picture that stays a link stays where it is."""
    figure = image.find_parent("figure")
    image["title"] = ""
    if old:
        image["alt"] = attribute(image, "alt") or old.alt
    if old and old.image_id:
        image["src"] = f"image:{old.image_id}"
        if figure and len(figure.find_all("img")) == 1:
            image["title"] = _caption_in(figure, notes)
        return
    image["src"] = around.whole(next(iter(_urls(image)), "") or (old.url if old else ""))
    if not image["src"]:
        notes.left_out(f"a picture without an address, “{attribute(image, 'alt')}”")
    elif old and not around.files_were_given:
        notes.stays_link("no folder with files was given")
    else:
        why = "its file was not given" if old else "the export knows no such file"
        notes.stays_link(f"{why}, {image['src']}")


def _caption_in(figure: Tag, notes: Notes) -> str:
    """The words beside the picture, taken out of the figure: a `<figcaption>`, or all there is but the picture."""
    if figure.find({"table", "blockquote", "video", "audio", "iframe", "ul", "ol", "pre"}):
        return ""
    for link in figure.find_all("a", href=True):
        if link.get_text(strip=True):
            notes.left_out(f"the link of a caption, “{_words(link)}” to {attribute(link, 'href')}")
    for marked in figure.find_all(EMPHASIS):
        notes.left_out(f"the emphasis of a caption, “{_words(marked)}”")
    for block in figure.find_all([*BLOCKS, "br"]):
        block.insert_before(" ")
        block.insert_after(" ")
    words = _words(figure)
    for text in figure.find_all(string=True):
        text.extract()
    return words


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


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
