"""Words of every script in slugs, URLs and tags: the marks of a letter belong to it, and what nobody sees does not."""

import unicodedata
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

import pytest
from bs4 import BeautifulSoup

from articles.models import Article, Section, StandingPage, Tag
from tests import make

pytestmark = pytest.mark.django_db

HINDI, THAI = "हिन्दी", "ประเทศไทย"


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


@pytest.mark.parametrize("word", [HINDI, THAI])
def test_a_headline_of_any_script_makes_a_slug_that_leads_to_the_story(client, word):
    article = make.article(headline=f"{word} {word}")

    assert article.slug == f"{word}-{word}"
    assert client.get(article.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("word", [HINDI, THAI])
def test_sections_topics_and_people_are_found_in_any_script(client, word):
    person = make.contributor(word)
    make.article(section=f"{word}/{word}-2", tags=[word], bylines=[(person, "by")])

    for address in (f"/{word}/", f"/{word}/{word}-2/feed/", f"/topics/{word}/", f"/by/{word}/"):
        assert client.get(address).status_code == 200, address


def test_words_that_differ_by_a_vowel_are_two_tags():
    heart, party = Tag.objects.named("दिल", "दल")

    assert (heart.slug, party.slug) == ("दिल", "दल")


@pytest.mark.parametrize(
    "typed", [HINDI + "-समाचार", unicodedata.normalize("NFD", "zürich"), "\ufeffnews\u200b"]
)
def test_a_slug_typed_by_hand_is_taken_in_any_script_and_spelling(desk, typed):
    fields = {"name": "News", "parent": "", "slug": typed, "description": "", "order": 100}
    desk.post("/admin/articles/section/add/", fields)

    kept = Section.objects.get().slug
    assert kept == unicodedata.normalize("NFC", typed.strip("\ufeff\u200b"))
    assert desk.get(f"/{kept}/").status_code == 200


@pytest.mark.parametrize("typed", ["two words", "a/b", "news!", "\u0301a"])
def test_what_is_no_slug_is_refused_in_the_form(desk, typed):
    answer = desk.post(
        "/admin/articles/standingpage/add/", {"title": "A", "body": "", "slug": typed, "order": 1}
    )

    assert "slug" in answer.context["adminform"].form.errors
    assert not StandingPage.objects.exists()


@pytest.mark.parametrize("spelling", ["Trade\u200b", "Tra\u00adde", "\ufeffTrade", "TRADE\u2060"])
def test_signs_nobody_sees_make_no_new_tag(spelling):
    (trade,) = Tag.objects.named("Trade")

    assert Tag.objects.named(spelling) == [trade]
    assert Tag.objects.named("Steel", spelling, "Trade")[1:] == [trade]


@pytest.mark.parametrize("word", ["می\u200cخواهم", "👩\u200d💻"])
def test_a_joiner_is_kept_where_it_shapes_what_readers_see(word):
    (tag,) = Tag.objects.named(word)

    assert tag.name == word
    assert Tag.objects.named(word.replace("\u200c", "").replace("\u200d", "")) == [tag]


def test_a_url_spelt_otherwise_is_no_other_page(client):
    make.article(section="zürich")

    for address in (f"/{unicodedata.normalize('NFD', 'zürich')}/", "/zürich\u200b/", "/zürich!/"):
        assert client.get(address).status_code == 404
    assert Article.objects.count() == 1


def heads(client, address):
    """Every address by which the head of this page, and what it tells machines, names the page itself."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    yield page.find("link", rel="canonical")["href"]
    yield page.find("meta", property="og:url")["content"]
    for feed in page.find_all("link", type="application/rss+xml")[:1]:
        yield feed["href"].removesuffix("feed/")


@pytest.mark.parametrize(
    "path", ["/пресса/", "/topics/минздрав/", "/by/анна/", "/о-нас/", "/пресса/2026/01/02/хлеб/"]
)
def test_an_address_is_spelt_everywhere_as_a_browser_sends_it(client, path):
    at = datetime(2026, 1, 2, tzinfo=UTC)
    fields = {
        "slug": "хлеб",
        "tags": ["минздрав"],
        "bylines": [(make.contributor("Анна", slug="анна"), "by")],
    }
    make.article(section="пресса", at=at, **fields)
    make.page(title="О нас", slug="о-нас", body="Кто мы.")
    spelt = quote(path)

    told = {urlsplit(address).path for address in heads(client, path)} - {"/"}

    assert told == {spelt}
    maps = client.get("/sitemaps/standing.xml").text + client.get("/sitemaps/2026-01.xml").text
    assert f"<loc>https://news.example{spelt}</loc>" in maps


def test_feeds_and_pages_of_a_list_spell_their_address_so(client):
    for number in range(21):
        make.article(section="пресса", headline=f"Хлеб {number}")
    section = quote("/пресса/")

    feed = client.get("/пресса/feed/").text
    assert (
        f'href="https://news.example{section}feed/"' in feed
        and f"<link>https://news.example{section}" in feed
    )
    listing = BeautifulSoup(client.get("/пресса/").content, "html.parser")
    older = client.get("/пресса/" + listing.find("a", rel="next")["href"])
    assert f'<link rel="canonical" href="https://news.example{section}?before=' in older.text
    assert "пресса/" not in feed + listing.prettify()
