"""Long lists are cut by key: complete, in order, and as cheap at the end as at the beginning."""

from copy import copy
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.http import Http404
from django.test import RequestFactory

from articles.models import Article
from articles.models.order import Cursor
from articles.reading import listings, pagination
from tests import make

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 18, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def short_pages(monkeypatch):
    monkeypatch.setattr(pagination, "PER_PAGE", 3)


def stories(count, section="world/americas", at=NOON, step=timedelta(minutes=1)):
    return [make.article(section=section, at=at + number * step) for number in range(count)]


def headlines(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return [title.text.strip() for title in soup.select("main .card-title")]


def link(response, rel):
    found = BeautifulSoup(response.content, "html.parser").select_one(f'main a[rel="{rel}"]')
    return found and found["href"]


def walk(client, address, rel="next"):
    """Every page from here on, as a reader clicking through."""
    pages = [client.get(address)]
    while further := link(pages[-1], rel):
        pages.append(client.get(address.partition("?")[0] + further))
    return pages


@pytest.mark.parametrize("count", [0, 1, 3, 4, 6, 7])
def test_every_story_is_listed_once_newest_first(client, count):
    made = stories(count)
    make.section("world/americas")

    pages = walk(client, "/world/americas/")

    listed = [headline for page in pages for headline in headlines(page)]
    assert listed == [article.headline for article in reversed(made)]
    assert len(pages) == max(1, -(-count // 3))


def test_stories_of_the_same_moment_are_neither_lost_nor_shown_twice(client):
    made = stories(8, step=timedelta(0))

    listed = [headline for page in walk(client, "/world/americas/") for headline in headlines(page)]

    assert sorted(listed) == sorted(article.headline for article in made)


def test_a_list_of_several_sections_is_one_list(client):
    for number, section in enumerate(["world", "world/asia", "world/americas", "world/americas/canada"] * 2):
        make.article(section=section, headline=f"Story {number}", at=NOON + number * make.hours(1))
    make.article(section="worldwide", headline="Of another section")

    listed = [headline for page in walk(client, "/world/") for headline in headlines(page)]

    assert listed == [f"Story {number}" for number in reversed(range(8))]


def test_a_quiet_section_beside_a_busy_one_is_not_forgotten(client):
    stories(7, section="world/asia")
    make.article(section="world/africa", headline="Long ago", at=NOON - make.hours(10_000))

    assert headlines(walk(client, "/world/")[-1])[-1] == "Long ago"


@pytest.mark.parametrize("others", [0, 1, 3, 9])
def test_many_sections_are_one_list_whether_the_paper_speaks_of_them_or_of_others(client, others):
    made = []
    for number in range(9):
        at = NOON + timedelta(hours=number)
        made.append(make.article(section=("world/americas", "world/asia", "world")[number % 3], at=at))
        stories(others, section="sport", at=at + timedelta(minutes=1))

    pages = walk(client, "/world/")

    listed = [headline for page in pages for headline in headlines(page)]
    assert listed == [article.headline for article in reversed(made)]


def test_a_page_of_many_sections_is_one_query_whether_they_are_busy_or_quiet(django_assert_num_queries):
    quiet = [article.section_id for article in stories(2, "culture/books") + stories(2, "culture/film")]
    busy = [article.section_id for article in stories(3, "world") + stories(9, "sport")]
    listings.of_the_paper().newest(1)  # the tree is read now

    for sections in (busy, quiet):
        with django_assert_num_queries(1):
            assert len(listings.in_sections(sorted(set(sections))).newest(3)) == 3


def test_the_way_back_is_the_way_there(client):
    stories(8)
    there = walk(client, "/world/americas/")
    last = "/world/americas/" + link(there[-2], "next")

    back = walk(client, last, rel="prev")

    assert [headlines(page) for page in back] == [headlines(page) for page in reversed(there)]


def test_the_way_back_ends_at_the_whole_first_page(client):
    made = stories(4)
    second = client.get("/world/americas/" + link(client.get("/world/americas/"), "next"))
    made[-1].withdraw(by=None, expected=made[-1].latest_revision, reason="Wrong.")

    first = client.get("/world/americas/" + link(second, "prev"))

    assert headlines(first) == [article.headline for article in reversed(made[:3])]
    assert link(first, "prev") is None
    assert '<link rel="canonical" href="https://news.example/world/americas/">' in first.text


def test_a_page_deep_in_the_list_is_canonical_to_itself(client):
    stories(4)
    address = "/world/americas/" + link(client.get("/world/americas/"), "next")

    assert f'<link rel="canonical" href="https://news.example{address}">' in client.get(address).text


def test_a_story_published_meanwhile_shifts_nothing(client):
    made = stories(6)
    second = "/world/americas/" + link(client.get("/world/americas/"), "next")

    stories(2, at=NOON + make.hours(1))

    assert headlines(client.get(second)) == [article.headline for article in reversed(made[:3])]


GARBAGE = [
    "before=",
    "before=garbage",
    "before=0-0",
    "before=1",
    "before=1-",
    "before=-1",
    "before=1-0x2a",
    "before=1-%2b2a",
    "before=%EF%BC%91-2a",
    "before=fffffffffffffff-2a",
    "before=ffffffffffffff-2a",
    "before=5ae3-ffffffffffffffff",
    "before=" + "1" * 5000 + "-1",
    "before=1-1%0A",
    "after=garbage",
    "after=ffffffffffffff-1",
    "before=5ae3f00-2a&after=5ae3f00-2a",
    "before=%ED%A0%80-1",
    "before=1-1",
    "page=2",
    "page=abc",
    "page=1000000000",
    "page=",
]


@pytest.mark.parametrize("query", GARBAGE)
@pytest.mark.parametrize("address", ["/world/americas/", "/topics/trade/", "/by/ana/"])
def test_a_place_we_never_pointed_to_is_nothing(client, address, query):
    make.article(tags=["Trade"], bylines=[(make.contributor("Ana"), "by")])

    assert client.get(f"{address}?{query}").status_code == 404


def test_parameters_that_mean_nothing_change_nothing(client):
    stories(2)

    assert headlines(client.get("/world/americas/?utm_source=mail")) == headlines(
        client.get("/world/americas/")
    )


@pytest.mark.parametrize(
    "at", [NOON, datetime(1871, 3, 4, 5, 6, 7, 8, tzinfo=UTC), datetime(1970, 1, 1, 0, 0, 0, 1, tzinfo=UTC)]
)
def test_a_place_is_read_as_it_was_written(at):
    place = Cursor(at, 2**63 - 1)

    assert Cursor.read(str(place)) == place


def test_a_story_older_than_1970_has_its_place_in_the_list(client):
    made = stories(4, at=datetime(1871, 3, 4, tzinfo=UTC))

    assert headlines(walk(client, "/world/americas/")[1]) == [made[0].headline]


def archive(per_section):
    """The keys of three sections with so many stories each that a planner would rather not read them all."""
    written = [make.article(section=path) for path in ("world", "world/asia", "sport")]
    copies = [copy(one) for one in written for _ in range(per_section)]
    for number, one in enumerate(copies):
        one.pk, one.slug, one.publish_at = None, f"copy-{number}", NOON - timedelta(minutes=number)
    Article.objects.bulk_create(copies)
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE articles_article")  # what it knew is of other tests' rows
    return [one.section_id for one in written]


@pytest.mark.parametrize("newest", [True, False])
def test_each_section_is_asked_by_its_own_index(newest):
    sections = archive(200)

    plan = Article.objects.published().first_of_each(sections, 3, newest=newest).explain()

    assert plan.count("live_in_section") >= 1
    assert "Sort" not in plan and "TEMP B-TREE FOR ORDER" not in plan


def test_any_number_of_sections_is_asked_at_once():
    made = [make.article(section=f"part{number}") for number in range(5)]
    sections = [article.section_id for article in made]

    assert set(Article.objects.published().first_of_each(sections, 1)) == set(made)
    assert list(Article.objects.published().first_of_each([], 1)) == []


def test_the_first_page_needs_no_cursor():
    with pytest.raises(Http404):
        pagination.page(RequestFactory().get("/world/?before="), listings.of_the_paper(), "home")
    assert pagination.page(RequestFactory().get("/world/"), listings.of_the_paper(), "home").articles == []
