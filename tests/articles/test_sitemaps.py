"""What crawlers are told: maps that are true, small and stable, and where not to go."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Day
from articles.reading import sitemaps
from newsroom.models import Masthead
from tests import make

pytestmark = pytest.mark.django_db

NAMES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
}
MAY = datetime(2026, 5, 18, 12, tzinfo=UTC)


def xml(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/xml"
    return ElementTree.fromstring(response.content)


def addresses(client, address):
    return [loc.text for loc in xml(client, address).findall(".//map:loc", NAMES)]


def test_each_month_has_its_map(client):
    make.article(at=MAY)
    make.article(at=MAY - timedelta(days=400))

    assert addresses(client, "/sitemap.xml") == [
        "https://news.example/sitemaps/standing.xml",
        "https://news.example/sitemaps/2026-05.xml",
        "https://news.example/sitemaps/2025-04.xml",
    ]


def test_a_months_map_is_that_months_stories_with_their_last_change(client, time_machine):
    article = make.article(at=MAY, slug="steel")
    make.article(at=MAY + timedelta(days=30))
    time_machine.move_to("2026-12-24")
    article.publish(by=None, expected=article.revise(by=None, headline="Steel"))

    (url,) = xml(client, "/sitemaps/2026-05.xml")

    assert (
        url.findtext("map:loc", namespaces=NAMES) == "https://news.example/world/americas/2026/05/18/steel/"
    )
    assert url.findtext("map:lastmod", namespaces=NAMES) == "2026-12-24"


def test_an_old_months_map_never_changes(client):
    make.article(at=MAY)
    before = client.get("/sitemaps/2026-05.xml").content

    make.article()

    assert client.get("/sitemaps/2026-05.xml").content == before


def test_a_large_month_is_cut_into_days(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "A_FILE", 2)
    for number in range(5):
        make.article(at=MAY + timedelta(days=number % 3))

    files = addresses(client, "/sitemap.xml")[1:]
    listed = [
        address for file in files for address in addresses(client, file.removeprefix("https://news.example"))
    ]

    assert [file.rpartition("/")[2] for file in files] == [f"2026-05-{day}.xml" for day in (20, 19, 18)]
    assert len(set(listed)) == 5


def test_a_scheduled_story_is_on_its_maps_on_time_without_any_job(client, time_machine):
    time_machine.move_to("2026-05-31 20:00+0000", tick=False)
    make.article("scheduled", at=datetime(2026, 6, 1, 6, tzinfo=UTC), slug="steel")
    assert addresses(client, "/sitemap.xml") == ["https://news.example/sitemaps/standing.xml"]
    assert client.get("/sitemaps/2026-06.xml").status_code == 404

    time_machine.move_to("2026-06-01 06:00+0000", tick=False)

    assert addresses(client, "/sitemap.xml")[1:] == ["https://news.example/sitemaps/2026-06.xml"]
    assert changed_on(client, "2026-06") == "2026-06-01T06:00:00+00:00"
    assert len(addresses(client, "/sitemaps/2026-06.xml")) == 1


def changed_on(client, month):
    for file in xml(client, "/sitemap.xml"):
        if file.findtext("map:loc", namespaces=NAMES).endswith(f"{month}.xml"):
            return file.findtext("map:lastmod", namespaces=NAMES)


def test_a_months_date_is_that_of_its_last_change(client, time_machine):
    article = make.article(at=MAY)
    assert changed_on(client, "2026-05") == "2026-05-18T12:00:00+00:00"

    time_machine.move_to("2026-12-24 09:00+0000", tick=False)
    article.publish(by=None, expected=article.revise(by=None, headline="Steel"))

    assert changed_on(client, "2026-05") == "2026-12-24T09:00:00+00:00"


@pytest.mark.parametrize("verb", ["withdraw", "unschedule"])
def test_a_month_without_stories_has_no_map(client, verb):
    if verb == "withdraw":
        make.article(at=MAY).withdraw(by=None, expected=1, reason="Forged.")
    else:
        make.article("scheduled", at=timezone.now() + make.hours(1)).unschedule(by=None, expected=1)

    assert addresses(client, "/sitemap.xml") == ["https://news.example/sitemaps/standing.xml"]
    assert not Day.objects.exists()


def test_the_days_can_be_counted_anew(client):
    make.article(at=MAY)
    make.article(at=MAY, canonical_url="https://other.example/story")
    make.article("scheduled", at=timezone.now() + make.hours(24))
    counted = list(Day.objects.order_by("day").values())

    Day.objects.rebuild()

    assert list(Day.objects.order_by("day").values()) == counted
    assert [row["articles"] for row in counted] == [1, 0]


def test_a_section_that_moves_takes_its_stories_along(client):
    article = make.article(section="world/americas", at=MAY)
    section = article.section
    section.slug = "the-americas"
    section.save()

    assert "/world/the-americas/2026/05/18/" in addresses(client, "/sitemaps/2026-05.xml")[0]


@pytest.mark.parametrize(
    "address",
    [
        "/sitemaps/2026-13.xml",
        "/sitemaps/0000-01.xml",
        "/sitemaps/9999-12.xml",
        "/sitemaps/2026-06.xml",
        "/sitemaps/2026-05-17.xml",
        "/sitemaps/2026-05-32.xml",
        "/sitemaps/9999-12-31.xml",
    ],
)
def test_a_map_that_is_not_there_is_nothing(client, address):
    make.article(at=MAY)

    assert client.get(address).status_code == 404


def test_the_pages_that_stay_are_listed_when_they_hold_something(client):
    make.article(section="world/americas", tags=["Trade"], bylines=[(make.contributor("Ana"), "by")])
    make.article("draft", section="secret", tags=["Merger"], bylines=[(make.contributor("Bob"), "by")])
    make.page(title="About", slug="about")

    assert addresses(client, "/sitemaps/standing.xml") == [
        "https://news.example/",
        "https://news.example/world/",
        "https://news.example/world/americas/",
        "https://news.example/topics/trade/",
        "https://news.example/by/ana/",
        "https://news.example/about/",
    ]


def test_a_section_is_as_new_as_the_newest_story_below(client):
    make.article(section="world/americas", at=MAY)
    make.article(section="world/asia", at=MAY + timedelta(days=1))

    dates = {
        url.findtext("map:loc", namespaces=NAMES): url.findtext("map:lastmod", namespaces=NAMES)
        for url in xml(client, "/sitemaps/standing.xml")
    }

    assert dates["https://news.example/world/"] == "2026-05-19"
    assert dates["https://news.example/world/americas/"] == "2026-05-18"


def test_an_empty_paper_still_has_its_maps(client):
    assert addresses(client, "/sitemap.xml") == ["https://news.example/sitemaps/standing.xml"]
    assert addresses(client, "/sitemaps/standing.xml") == ["https://news.example/"]
    assert addresses(client, "/news-sitemap.xml") == []


def test_the_news_map_holds_two_days(client):
    Masthead.objects.create(pk=1, name="The Courier & Post")
    picture = make.image()
    article = make.article(headline="Ports <reopen>", at=timezone.now() - make.hours(47), picture=picture)
    make.article(at=timezone.now() - make.hours(49))
    make.article("scheduled", at=timezone.now() + make.hours(1))

    (url,) = xml(client, "/news-sitemap.xml")

    assert url.findtext("map:loc", namespaces=NAMES) == article.url
    assert url.findtext("news:news/news:publication/news:name", namespaces=NAMES) == "The Courier & Post"
    assert url.findtext("news:news/news:publication/news:language", namespaces=NAMES) == "en"
    assert url.findtext("news:news/news:title", namespaces=NAMES) == "Ports <reopen>"
    published = datetime.fromisoformat(url.findtext("news:news/news:publication_date", namespaces=NAMES))
    assert published == article.publish_at
    assert (
        url.findtext("image:image/image:loc", namespaces=NAMES)
        == f"https://news.example{picture.widest().url}"
    )


def test_the_news_map_has_at_most_a_thousand(client, monkeypatch):
    assert sitemaps.MOST_NEWS == 1000
    monkeypatch.setattr(sitemaps, "MOST_NEWS", 2)
    for number in range(3):
        make.article(slug=f"story-{number}", at=timezone.now() - make.hours(number))

    assert [address.split("/")[-2] for address in addresses(client, "/news-sitemap.xml")] == [
        "story-0",
        "story-1",
    ]


def test_another_papers_story_is_in_that_papers_map(client):
    make.article(canonical_url="https://other.example/story", at=timezone.now())

    assert addresses(client, "/news-sitemap.xml") == []
    assert len(addresses(client, "/sitemap.xml")) == 1


@pytest.mark.parametrize(
    ("code", "iso"),
    [("en", "en"), ("en-gb", "en"), ("pt-BR", "pt"), ("zh-hans", "zh-cn"), ("zh-tw", "zh-tw")],
)
def test_the_papers_language_is_written_as_the_format_wants_it(code, iso):
    assert sitemaps.language(code) == iso


def test_crawlers_are_told_where_to_go_and_where_not(client):
    lines = client.get("/robots.txt").text.splitlines()

    assert "Sitemap: https://news.example/sitemap.xml" in lines
    assert "Sitemap: https://news.example/news-sitemap.xml" in lines
    for closed in ("/admin/", "/search/", "/comments/"):
        assert f"Disallow: {closed}" in lines


def test_no_map_repeats_what_the_request_called_us(client):
    make.article()
    month = f"/sitemaps/{timezone.localdate():%Y-%m}.xml"

    for address in ("/sitemap.xml", month, "/sitemaps/standing.xml", "/news-sitemap.xml", "/robots.txt"):
        response = client.get(address, headers={"host": "localhost"})
        assert "localhost" not in response.text
        assert "example.com" not in response.text


@pytest.mark.parametrize(
    ("address", "most"),
    {
        "/sitemap.xml": 1,
        "/sitemaps/2026-05.xml": 2,
        "/sitemaps/standing.xml": 5,
        "/news-sitemap.xml": 3,
    }.items(),
)
def test_a_map_asks_the_same_few_questions_however_long_it_is(client, address, most):
    def queries(articles):
        for number in range(articles):
            ana = make.contributor()
            at = timezone.now() if "news" in address else MAY
            make.article(section=f"part{number}", at=at, tags=[f"Topic {ana.pk}"], bylines=[(ana, "by")])
        client.forget_pages()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    one = queries(1)

    assert queries(19) <= one <= most


def test_the_map_of_maps_never_looks_at_the_stories(client):
    make.article(at=MAY)

    with CaptureQueriesContext(connection) as asked:
        client.get("/sitemap.xml")

    assert [query["sql"] for query in asked if "articles_article" in query["sql"]] == []
