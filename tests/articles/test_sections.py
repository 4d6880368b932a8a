"""Section, topic and contributor pages, standing pages, the list of feeds."""

import json

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import make

pytestmark = pytest.mark.django_db


def soup(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "html.parser")


def test_a_section_lists_the_stories_of_all_sections_below(client):
    make.article(section="world", headline="In the world")
    make.article(section="world/americas/canada", headline="In Canada")
    make.article(section="sport", headline="In sport")

    page = soup(client, "/world/").select_one("main").text

    assert "In the world" in page
    assert "In Canada" in page
    assert "In sport" not in page


def test_a_section_leads_to_the_sections_directly_inside(client):
    make.section("world/americas/canada")
    make.section("world/asia")

    inside = soup(client, "/world/").select(".subsections a")

    assert [(link.text, link["href"]) for link in inside] == [
        ("Americas", "/world/americas/"),
        ("Asia", "/world/asia/"),
    ]


def test_a_section_says_where_it_lies(client):
    make.article(section="world/americas")
    page = soup(client, "/world/americas/")

    blocks = [json.loads(block.string) for block in page.select('script[type="application/ld+json"]')]
    trail = next(block for block in blocks if block["@type"] == "BreadcrumbList")["itemListElement"]

    assert page.title.text == "Americas · World · Newsroom"
    assert [(step["position"], step["name"], step["item"]) for step in trail] == [
        (1, "Home", "https://news.example/"),
        (2, "World", "https://news.example/world/"),
        (3, "Americas", "https://news.example/world/americas/"),
    ]


def test_a_section_offers_its_own_feeds(client):
    make.section("world/americas")

    feeds = soup(client, "/world/americas/").select('link[rel="alternate"]')

    assert "/world/americas/feed/" in [link["href"] for link in feeds]
    assert "/world/americas/feed/atom/" in [link["href"] for link in feeds]


def test_a_section_without_stories_says_so(client):
    make.section("world/americas")

    assert "Nothing has been published in this section yet" in soup(client, "/world/americas/").text


@pytest.mark.parametrize("address", ["/nowhere/", "/world/nowhere/", "/americas/", "/world/americas/world/"])
def test_a_section_that_is_not_there_is_nothing(client, address):
    make.section("world/americas")

    assert client.get(address).status_code == 404


def test_a_section_may_have_a_name_in_any_script(client):
    make.article(section="мир", headline="Сталь")

    assert "Сталь" in soup(client, "/мир/").text


def test_a_standing_page_stands_at_the_top(client):
    make.page(title="Standards", slug="standards", body="We **correct** ourselves.")

    page = soup(client, "/standards/")

    assert page.h1.text == "Standards"
    assert page.select_one(".prose strong").text == "correct"
    assert page.select_one('link[rel="canonical"]')["href"] == "https://news.example/standards/"


def test_a_topic_lists_its_stories(client):
    make.article(headline="On trade", tags=["Trade talks"])
    make.article(headline="On steel", tags=["Steel"])

    page = soup(client, "/topics/trade-talks/")

    assert page.h1.text == "Trade talks"
    assert "On trade" in page.text
    assert "On steel" not in page.text


def test_a_contributor_has_a_page_of_their_stories(client):
    ana = make.contributor("Ana Beltrán", slug="ana", role="Americas correspondent", bio="Lives in Lima.")
    ana.links = [
        {"label": "Site", "url": "https://ana.example/"},
        {"label": "Mail", "url": "mailto:a@ana.example"},
    ]
    ana.portrait = make.image()
    ana.save()
    make.article(headline="Signed", bylines=[(ana, "by")])

    page = soup(client, "/by/ana/")
    facts = json.loads(page.select_one('script[type="application/ld+json"]').string)

    assert "Signed" in page.text
    assert facts["@type"] == "ProfilePage"
    assert facts["mainEntity"]["name"] == "Ana Beltrán"
    assert facts["mainEntity"]["jobTitle"] == "Americas correspondent"
    assert facts["mainEntity"]["sameAs"] == ["https://ana.example/"]
    assert facts["mainEntity"]["image"].startswith("https://news.example/media/")


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "scheduled", "withdrawn"])
def test_nobody_can_fish_for_names_readers_have_not_met(client, state):
    at = timezone.now() + make.hours(1) if state == "scheduled" else None
    ana = make.contributor("Ana", slug="ana")
    make.article(state, at=at, bylines=[(ana, "by")], tags=["Merger"])

    for address in ("/by/ana/", "/by/ana/feed/", "/topics/merger/", "/topics/merger/feed/atom/"):
        assert client.get(address).status_code == client.get("/by/nobody/").status_code == 404


def test_every_feed_is_listed(client):
    make.section("world/americas")

    listed = soup(client, "/feeds/").select(".feeds a")

    assert [link["href"] for link in listed] == [
        "/feed/",
        "/feed/atom/",
        "/world/feed/",
        "/world/feed/atom/",
        "/world/americas/feed/",
        "/world/americas/feed/atom/",
        "/corrections/feed/",
        "/corrections/feed/atom/",
    ]


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/world/", 8),
        ("/topics/trade/", 8),
        ("/by/ana/", 9),
        (
            "/search/?q=ports",
            10,
        ),  # on PostgreSQL: bounds, spans of time one after the other, texts and their excerpts
        ("/feeds/", 6),
        ("/standards/", 6),
    ],
)
def test_lists_ask_the_same_few_questions_however_long_they_are(client, address, most):
    make.page(title="Standards", slug="standards")
    ana = make.contributor("Ana", slug="ana", portrait=make.image())

    def queries(articles):
        for number in range(articles):
            section = f"world/part{number}"
            make.article(section=section, picture=make.image(), tags=["Trade"], bylines=[(ana, "by")])
        client.get(address)  # what is only read once is not counted
        client.forget_pages()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    one = queries(1)

    assert queries(19) <= one <= most
