"""Heads of pages: what search engines, and those who share a page, are told of it."""

import json

import pytest
from bs4 import BeautifulSoup

from articles.models import Article
from newsroom.models import Masthead
from tests import make

pytestmark = pytest.mark.django_db

LONG = (
    "The port is open. Ships wait outside for a berth. " + "Nobody knows for how long they will have to. " * 9
)


def head(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser").head


def described(client, address):
    page = head(client, address)
    said = {tag["content"] for tag in page.select('meta[name=description], meta[property="og:description"]')}
    assert len(said) == 1, address
    return said.pop()


def test_a_story_without_a_standfirst_is_described_by_its_first_sentences(client):
    article = make.article(standfirst="", body=LONG)

    said = described(client, article.get_absolute_url())

    assert said.startswith("The port is open. Ships wait outside") and said.endswith(".")
    assert 100 < len(said) <= 200


def test_what_an_editor_wrote_describes_it_rather(client):
    written = make.article(standfirst="Both coasts.", seo_description="Ports, on both coasts.")

    assert described(client, written.get_absolute_url()) == "Ports, on both coasts."


def test_a_standing_page_is_described_by_its_first_sentences(client):
    make.page(title="About", slug="about", body=f"## Who we are\n\n{LONG}")

    assert described(client, "/about/").startswith("Who we are The port is open.")


def test_no_public_page_is_without_a_description(client):
    Masthead(pk=1, name="The Meridian").save()
    make.page(title="Empty", slug="empty")
    make.article(section="world", tags=["Trade"], bylines=[(make.contributor(slug="ana"), "by")])

    for address in ("/", "/world/", "/topics/trade/", "/by/ana/", "/feeds/", "/empty/", "/search/"):
        assert described(client, address)


def test_a_topic_and_a_standing_page_of_one_name_have_titles_of_their_own(client):
    make.page(title="Privacy", slug="privacy", body="What we know of you.")
    make.article(tags=["Privacy"])

    assert head(client, "/privacy/").title.text != head(client, "/topics/privacy/").title.text


def test_a_story_without_a_picture_is_shared_with_the_papers_own(client):
    article = make.article(kind=Article.Kind.OPINION)

    page = head(client, article.get_absolute_url())

    article = json.loads(page.find("script", type="application/ld+json").text)
    (image,) = article["image"]
    assert image["url"] == page.find("meta", property="og:image")["content"]
    assert image["url"].startswith("https://news.example/static/img/social") and image["width"] >= 1200


def test_forms_for_replies_say_what_they_are(client):
    article = make.article()
    comments = [make.comment(article=article, name="Ana") for _each in range(2)]
    addresses = [f"/comments/{article.pk}/reply/{comment.pk}/" for comment in comments]

    pages = [head(client, address) for address in (*addresses, f"/comments/{article.pk}/new/")]

    assert len({page.title.text for page in pages}) == 3
    for page, address in zip(pages, addresses, strict=False):
        assert page.find("meta", property="og:url")["content"] == f"https://news.example{address}"
        assert article.headline in page.find("meta", property="og:title")["content"]
        assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
