"""Feeds: whole, true to what readers may see, and readable far from here."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from articles.reading.feeds import entries
from newsroom.models import Masthead
from tests import make

pytestmark = pytest.mark.django_db

NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
EVERY = ["/feed/", "/world/feed/", "/topics/trade/feed/", "/by/ana/feed/"]


@pytest.fixture
def article():
    """A story with all a story can have."""
    return make.article(
        kind="analysis",
        headline="Eleven pages",
        standfirst="What <b> the draft says & does.",
        section="world/americas",
        body='See [steel](/topics/steel/) and [grain](https://grain.example/?a=1&b=2).[^1]\n\n[^1]: `href="/not-a-link"`',
        bylines=[
            (make.contributor("Ana", slug="ana"), "by"),
            (make.contributor("Marc"), "with"),
            (make.contributor("Li"), "photographs"),
        ],
        tags=["Trade", "Steel"],
        picture=make.image(caption="At dusk.", credit="Photograph: Li"),
        at=datetime(2026, 5, 18, 6, 30, tzinfo=UTC),
    )


def xml(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return ElementTree.fromstring(response.content)


def rss_item(client, address="/feed/"):
    return xml(client, address).find("channel/item")


def texts(element, path):
    return [found.text for found in element.findall(path, NAMES)]


def test_an_rss_item_tells_the_whole_story(client, article):
    item = rss_item(client)

    assert item.findtext("title") == "Analysis: Eleven pages"
    assert item.findtext("link") == f"https://news.example{article.get_absolute_url()}"
    assert item.findtext("description") == "What &lt;b&gt; the draft says &amp; does."
    assert parsedate_to_datetime(item.findtext("pubDate")) == article.publish_at
    assert texts(item, "dc:creator") == ["Ana", "Marc"]
    assert [(c.get("domain"), c.text) for c in item.findall("category")] == [
        ("https://news.example/#kinds", "Analysis"),
        ("https://news.example/", "Americas"),
        ("https://news.example/topics/", "Trade"),
        ("https://news.example/topics/", "Steel"),
    ]
    picture = item.find("media:content", NAMES)
    assert picture.get("url").startswith("https://news.example/media/pictures/")
    assert (picture.get("width"), picture.get("medium")) == ("640", "image")
    assert picture.findtext("media:credit", namespaces=NAMES) == "Photograph: Li"
    assert picture.findtext("media:description", namespaces=NAMES) == "At dusk."


def test_an_rss_channel_introduces_the_paper(client, article):
    Masthead.objects.create(pk=1, name="The Courier", tagline="Since 1871")
    channel = xml(client, "/world/americas/feed/").find("channel")

    assert channel.findtext("title") == "Americas · The Courier"
    assert channel.findtext("link") == "https://news.example/world/americas/"
    assert channel.findtext("description") == "Since 1871"
    assert channel.findtext("language") == "en"
    assert int(channel.findtext("ttl")) > 0
    assert channel.find("atom:link", NAMES).attrib == {
        "rel": "self",
        "href": "https://news.example/world/americas/feed/",
    }


def test_an_atom_entry_tells_the_whole_story(client, article):
    feed = xml(client, "/feed/atom/")
    entry = feed.find("atom:entry", NAMES)

    assert entry.findtext("atom:id", namespaces=NAMES) == f"tag:news.example,2026-05-18:article/{article.pk}"
    assert entry.findtext("atom:title", namespaces=NAMES) == "Analysis: Eleven pages"
    assert datetime.fromisoformat(entry.findtext("atom:published", namespaces=NAMES)) == article.publish_at
    assert datetime.fromisoformat(entry.findtext("atom:updated", namespaces=NAMES)) == article.publish_at
    assert texts(entry, "atom:author/atom:name") == ["Ana", "Marc"]
    assert texts(entry, "atom:author/atom:uri")[0] == "https://news.example/by/ana/"
    assert entry.find("atom:content", NAMES).get("type") == "html"
    assert [(c.get("term"), c.get("label")) for c in entry.findall("atom:category", NAMES)] == [
        ("analysis", "Analysis"),
        ("world/americas", "Americas"),
        ("trade", "Trade"),
        ("steel", "Steel"),
    ]
    assert feed.findtext("atom:rights", namespaces=NAMES) == "© Newsroom"
    assert feed.findtext("atom:author/atom:name", namespaces=NAMES) == "Newsroom"
    links = {link.get("rel"): link.get("href") for link in feed.findall("atom:link", NAMES)}
    assert links == {"self": "https://news.example/feed/atom/", "alternate": "https://news.example/"}


def test_a_change_of_substance_moves_updated_and_nothing_else(client, article):
    article.revise(by=None, headline="Twelve pages", slug="twelve-pages")
    article.publish(by=None, expected=article.latest_revision)
    entry = xml(client, "/feed/atom/").find("atom:entry", NAMES)

    assert entry.findtext("atom:id", namespaces=NAMES) == f"tag:news.example,2026-05-18:article/{article.pk}"
    assert datetime.fromisoformat(entry.findtext("atom:published", namespaces=NAMES)) == article.publish_at
    assert datetime.fromisoformat(entry.findtext("atom:updated", namespaces=NAMES)) == article.updated_at


def test_every_address_in_the_text_is_whole_and_every_word_as_it_was(client, article):
    text = rss_item(client).findtext("content:encoded", namespaces=NAMES)
    body = BeautifulSoup(text, "html.parser")
    links = [link["href"] for link in body.select("a")]

    assert links[0] == "https://news.example/topics/steel/"
    assert links[1] == "https://grain.example/?a=1&b=2"
    assert all(link.startswith("https://") for link in links)
    assert any(link.startswith(f"{article.url}#fn") for link in links)
    assert 'href="/not-a-link"' in body.text
    assert body.text == BeautifulSoup(Article.objects.get().body_html, "html.parser").text


def test_pictures_in_the_text_are_found_from_afar(client):
    image = make.image()
    make.article(body=f"![Cranes > ships](image:{image.pk})")

    text = rss_item(client).findtext("content:encoded", namespaces=NAMES)
    shown = BeautifulSoup(text, "html.parser").img

    assert shown["src"] == f"https://news.example{image.fallback().url}"
    assert shown["alt"] == "Cranes > ships"
    for candidate in shown["srcset"].split(", "):
        assert candidate.startswith("https://news.example/media/pictures/")
        assert candidate.endswith("w")


def test_no_address_comes_from_what_the_request_called_us(client, article):
    for address in [*EVERY, *(f"{address}atom/" for address in EVERY)]:
        response = client.get(address, headers={"host": "localhost"})

        assert "localhost" not in response.text
        assert "example.com" not in response.text


@pytest.mark.parametrize("address", EVERY)
@pytest.mark.parametrize("form", ["", "atom/"])
def test_every_feed_is_valid_and_holds_the_story(client, article, address, form):
    feed = xml(client, address + form)

    titles = texts(feed, "channel/item/title") or texts(feed, "atom:entry/atom:title")
    assert titles == ["Analysis: Eleven pages"]


def test_a_feed_says_what_it_is(client, article):
    assert client.get("/feed/")["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert client.get("/feed/atom/")["Content-Type"] == "application/atom+xml; charset=utf-8"


def test_a_section_feed_holds_what_lies_below(client):
    make.article(section="world/americas/canada", headline="In Canada")
    make.article(section="sport", headline="Rowing")

    assert texts(xml(client, "/world/feed/"), "channel/item/title") == ["In Canada"]


def test_no_character_breaks_a_feed(client):
    strange = "Steel\x00\x0b\x1f \ufffe\uffff ]]> <&> \U0001f6a2"
    ana = make.contributor("A\x0bna", slug="ana")
    image = make.image(caption="At\x0c dusk", credit="\x1b[31mLi")
    make.section("world/americas", name="Ameri\x08cas", description="All\x02 of it")
    make.article(
        headline=strange,
        body=strange,
        standfirst=strange,
        tags=["Tra\x01de"],
        bylines=[(ana, "by")],
        picture=image,
    )

    for address in [*EVERY, "/world/americas/feed/"]:
        assert texts(xml(client, address), "channel/item/title") == ["Steel  ]]> <&> \U0001f6a2"]
        assert texts(xml(client, f"{address}atom/"), "atom:entry/atom:title") == ["Steel  ]]> <&> \U0001f6a2"]


def test_an_unchanged_feed_is_not_sent_again(client, article):
    first = client.get("/feed/")

    by_tag = client.get("/feed/", headers={"if-none-match": first["ETag"]})
    by_date = client.get("/feed/", headers={"if-modified-since": first["Last-Modified"]})

    assert by_tag.status_code == by_date.status_code == 304
    assert by_tag.content == b""


def test_an_empty_paper_has_an_empty_feed(client):
    make.section("sport")

    for address in ("/feed/", "/feed/atom/", "/sport/feed/", "/sport/feed/atom/"):
        assert len(xml(client, address).findall(".//item")) == 0


def test_a_feed_holds_the_newest_and_no_more(client):
    for number in range(35):
        make.article(headline=f"Story {number}", at=timezone.now() - make.hours(number))

    titles = texts(xml(client, "/feed/"), "channel/item/title")

    assert titles == [f"Story {number}" for number in range(30)]


@pytest.mark.parametrize("address", EVERY)
def test_a_feed_asks_the_same_few_questions_however_long_it_is(client, address):
    ana = make.contributor("Ana", slug="ana", portrait=make.image())

    def queries(articles):
        for _number in range(articles):
            make.article(tags=["Trade", "Steel"], bylines=[(ana, "by")], picture=make.image())
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    one = queries(1)

    assert queries(19) <= one <= 9


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        ('<a href="/x/">x</a>', '<a href="https://news.example/x/">x</a>'),
        ('<a href="#fn-1">1</a>', '<a href="{url}#fn-1">1</a>'),
        (
            '<a href="?q=1&amp;r=2" rel="noopener">q</a>',
            '<a href="{url}?q=1&amp;r=2" rel="noopener">q</a>',
        ),
        ('<a href="mailto:a@b.example">m</a>', '<a href="mailto:a@b.example">m</a>'),
        ('<p title="href=&quot;/x/&quot;">href="/x/"</p>', '<p title="href=&quot;/x/&quot;">href="/x/"</p>'),
        ('<img alt="a > b" src="/m.jpeg">', '<img alt="a > b" src="https://news.example/m.jpeg">'),
        ('<code>&lt;a href="/x/"&gt;</code>', '<code>&lt;a href="/x/"&gt;</code>'),
    ],
)
def test_only_addresses_inside_tags_are_made_whole(html, whole):
    article = make.article()
    article.body_html = html

    assert entries.text(article) == whole.format(url=article.url)
