"""What an element's `style` and `class` say."""

from bs4 import Tag

from newsroom.foundations.markup.from_html.soup import attribute

MOST = 4_000  # letters of one element's style; more is no style


def style_of(tag: Tag) -> dict[str, str]:
    """Its declarations, in small letters."""
    declarations = attribute(tag, "style")[:MOST].lower().split(";")
    pairs = (declaration.partition(":") for declaration in declarations)
    return {name.strip(): value.replace("!important", "").strip() for name, _colon, value in pairs if value}


def classes_of(tag: Tag) -> set[str]:
    return set(attribute(tag, "class").split())
