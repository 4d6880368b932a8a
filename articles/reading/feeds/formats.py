"""RSS and Atom as Django writes them, and what news readers expect beyond."""

from io import StringIO
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator

MEDIA = "http://search.yahoo.com/mrss/"


class InOnePiece(SyndicationFeed):
    """Chapter: handed over in one piece. Written piece by piece into an answer, each of two thousand is encoded."""

    def write(self, outfile: HttpResponse, encoding: str) -> None:
        text = StringIO()
        super().write(text, encoding)
        outfile.write(text.getvalue().encode(encoding))


def add_picture(handler: SimplerXMLGenerator, picture: dict[str, str] | None) -> None:
    """The lead picture as Media RSS, which both formats may hold."""
    if not picture:
        return
    attributes = {name: picture[name] for name in ("url", "type", "width", "height")}
    handler.startElement("media:content", AttributesImpl({**attributes, "medium": "image"}))
    for name, words in (("media:description", picture["caption"]), ("media:credit", picture["credit"])):
        if words:
            handler.addQuickElement(name, words)
    handler.endElement("media:content")


class Rss(InOnePiece, Rss201rev2Feed):
    """RSS 2.0 with the whole text, every writer, every subject and the lead picture."""

    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": MEDIA,
        }

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name, _page in item["writers"]:
            handler.addQuickElement("dc:creator", name)
        for subject in item["subjects"]:
            handler.addQuickElement("category", subject.name, {"domain": subject.domain})
        handler.addQuickElement("content:encoded", item["text"])
        add_picture(handler, item["picture"])


class Atom(InOnePiece, Atom1Feed):
    """Atom with the same."""

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:media": MEDIA}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name, page in item["writers"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.addQuickElement("uri", page)
            handler.endElement("author")
        for subject in item["subjects"]:
            facts = {"scheme": subject.domain, "term": subject.key, "label": subject.name}
            handler.addQuickElement("category", "", facts)
        handler.addQuickElement("content", item["text"], {"type": "html"})
        add_picture(handler, item["picture"])
