"""The front page, composed by the clock."""

import json
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.lineups import compose
from articles.models import Section
from newsroom.foundations.db.prepared import PreparedQuery
from newsroom.models import Masthead
from tests import make

pytestmark = pytest.mark.django_db


def ago(hours):
    return timezone.now() - make.hours(hours)


def at_hand(monkeypatch, count):
    """The front is made of so many of the newest articles; its query is compiled anew, and again after the test."""
    monkeypatch.setattr(compose, "AT_HAND", count)
    monkeypatch.setattr(compose, "NEWEST", PreparedQuery(compose.NEWEST._make))


def titles(articles):
    return [article.headline for article in articles]


def test_the_newest_story_with_a_picture_leads(client):
    make.article(headline="Older, with a picture", picture=make.image(), at=ago(9))
    make.article(headline="Newer, with a picture", picture=make.image(), at=ago(5))
    make.article(headline="Newest, without", at=ago(1))

    today = compose.compose()

    assert today.lead.headline == "Newer, with a picture"
    assert titles(today.seconds) == ["Newest, without", "Older, with a picture"]


def test_a_picture_does_not_keep_an_old_story_in_the_lead():
    make.article(headline="Last week's", picture=make.image(), at=ago(24 * 8))
    make.article(headline="Today's", at=ago(1))

    assert compose.compose().lead.headline == "Today's"


def test_a_picture_keeps_a_story_in_the_lead_for_three_days_and_no_longer():
    make.article(headline="Pictured", picture=make.image(), at=ago(2))
    make.article(headline="Newer", at=ago(1))
    assert compose.compose().lead.headline == "Pictured"

    with time_machine.travel(timezone.now() + compose.LEADS_FOR):
        assert compose.compose().lead.headline == "Newer"


def test_an_opinion_leads_only_when_there_is_nothing_else():
    make.article(headline="We think", kind="editorial", picture=make.image(), at=ago(1))
    assert compose.compose().lead.headline == "We think"

    make.article(headline="It is so", at=ago(2))
    assert compose.compose().lead.headline == "It is so"
    assert titles(compose.compose().opinion) == ["We think"]


def test_no_story_stands_twice(client):
    ana = make.contributor("Ana")
    for number in range(30):
        kind = "opinion" if number % 5 == 0 else "news"
        section = ("world/americas", "world/asia", "sport", "culture/books")[number % 4]
        make.article(
            headline=f"Story number {number}.",
            section=section,
            kind=kind,
            at=ago(number),
            bylines=[(ana, "by")],
        )

    placed = titles(compose.compose().articles())
    page = BeautifulSoup(client.get("/").content, "html.parser").select_one("main").text

    assert len(placed) == len(set(placed)) > 20
    assert {headline: page.count(headline) for headline in placed} == dict.fromkeys(placed, 1)


def test_every_main_section_shows_its_latest_from_below_too():
    sport = make.section("sport", order=1)
    make.section("world", order=2)
    for number in range(12):
        make.article(section="world/americas/canada", headline=f"Canada {number}", at=ago(number + 1))
    make.article(section="sport", headline="Rowing", at=ago(48))

    strips = compose.compose().strips

    assert [strip.section.name for strip in strips] == ["Sport", "World"]
    assert strips[0].section == sport
    assert titles(strips[0].articles) == ["Rowing"]
    assert titles(strips[1].articles) == ["Canada 5", "Canada 6", "Canada 7", "Canada 8"]


def test_a_section_too_quiet_for_the_newest_stories_still_has_its_strip(monkeypatch):
    at_hand(monkeypatch, 6)
    for number in range(8):
        make.article(section="world/asia", at=ago(number + 1))
    for number in range(3):
        make.article(section="culture/books", headline=f"Old book {number}", at=ago(10_000 + number))

    strips = {strip.section.path: titles(strip.articles) for strip in compose.compose().strips}

    assert strips["culture"] == ["Old book 0", "Old book 1", "Old book 2"]


def test_old_stories_of_one_strip_come_newest_first_whichever_section_below_they_are_of(monkeypatch):
    at_hand(monkeypatch, 6)
    for number in range(8):
        make.article(section="world/asia", at=ago(number + 1))
    on_the_second = ago(10_000).replace(microsecond=0)
    parts = {"books": on_the_second, "film": on_the_second + timedelta(microseconds=500_000)}
    parts["music"] = on_the_second - timedelta(microseconds=1)
    for name, at in parts.items():
        make.article(section=f"culture/{name}", headline=name, at=at)

    strips = {strip.section.path: titles(strip.articles) for strip in compose.compose().strips}

    assert strips["culture"] == ["film", "books", "music"]


@pytest.fixture
def quiet(monkeypatch):
    """A paper whose newest stories are all about Asia; its two about books are old."""
    at_hand(monkeypatch, 6)
    for number in range(8):
        make.article(section="world/asia", at=ago(number + 1))
    return [
        make.article(section="culture/books", headline=f"Book {age}", at=ago(age)) for age in (9000, 8000)
    ]


def on_culture():
    return next(
        (titles(each.articles) for each in compose.compose().strips if each.section.path == "culture"), []
    )


def test_what_is_published_in_a_quiet_section_stands_in_its_strip(quiet):
    assert on_culture() == ["Book 8000", "Book 9000"]

    make.article(section="culture/film", headline="A film", at=ago(5000))

    assert on_culture() == ["A film", "Book 8000", "Book 9000"]


def test_what_is_corrected_or_withdrawn_in_a_quiet_section_is_so_in_its_strip(quiet, editor):
    on_culture()

    quiet[0].revise(by=editor, headline="The book")
    quiet[0].publish(by=editor, expected=quiet[0].latest_revision)
    quiet[1].withdraw(by=editor, expected=quiet[1].latest_revision, reason="It was forged.")

    assert on_culture() == ["The book"]


def test_what_is_scheduled_in_a_quiet_section_stands_in_its_strip_at_its_second(quiet):
    make.article("scheduled", section="culture/film", headline="A film", at=timezone.now() + make.hours(1))
    assert on_culture() == ["Book 8000", "Book 9000"]

    with time_machine.travel(timezone.now() + make.hours(1.001)):
        for number in range(7):  # busy as ever elsewhere
            make.article(section="world/asia", headline=f"Asia {number}")
        assert on_culture() == ["A film", "Book 8000", "Book 9000"]


def test_a_quiet_section_moved_takes_its_stories_to_the_other_strip(quiet):
    on_culture()
    books = Section.objects.get(slug="books")

    books.parent = make.section("science")
    books.save()

    assert on_culture() == []
    assert {each.section.path for each in compose.compose().strips} == {"world", "science"}


def test_the_strip_of_a_quiet_section_repeats_nothing_from_above_it(quiet):
    """Its newest four lead and stand beside the lead; the strip goes on with what is older."""
    for age in range(4):
        make.article(section="culture/film", headline=f"Film {age}", at=ago(age / 10))

    today = compose.compose()
    above = titles([today.lead, *today.seconds])

    assert above[:4] == [f"Film {age}" for age in range(4)]
    assert on_culture() == ["Book 8000", "Book 9000"]


def test_a_section_of_nothing_but_opinion_is_the_opinion_band():
    for number in range(6):
        make.article(section="opinion", kind="opinion", at=ago(number))
    make.article(section="world")

    today = compose.compose()

    assert [strip.section.path for strip in today.strips] == []
    assert len(today.opinion) == 3


def test_an_empty_paper_says_so(client):
    response = client.get("/")

    assert response.status_code == 200
    assert "Nothing has been published yet" in response.text


@pytest.mark.parametrize(("most_at_hand", "most"), [(200, 8), (6, 10)])
def test_the_front_asks_the_same_few_questions_however_much_there_is(client, monkeypatch, most_at_hand, most):
    at_hand(monkeypatch, most_at_hand)
    ana = make.contributor("Ana", portrait=make.image())

    def fill(sections, stories):
        for number in range(sections * stories):
            section = f"section{number % sections}/below"
            make.article(section=section, picture=make.image(), bylines=[(ana, "by")], at=ago(number + 1))

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/").status_code == 200
        return len(asked)

    fill(1, 7)
    few = queries()
    fill(5, 4)

    assert few <= most
    assert queries() <= most


def test_machines_are_told_who_publishes_and_how_to_search(client):
    Masthead.objects.create(pk=1, name="The </script> Courier", tagline="Since 1871")
    response = client.get("/")

    blocks = BeautifulSoup(response.content, "html.parser").select('script[type="application/ld+json"]')
    site, publisher = [json.loads(block.string) for block in blocks]

    assert (site["@type"], site["name"]) == ("WebSite", "The </script> Courier")
    assert site["potentialAction"]["target"] == "https://news.example/search/?q={search_term_string}"
    assert (publisher["@type"], publisher["url"]) == ("NewsMediaOrganization", "https://news.example/")


def test_the_front_is_canonical_to_the_papers_own_address(client):
    response = client.get(
        "/?utm_source=mail", headers={"host": "localhost", "x-forwarded-host": "evil.example"}
    )

    assert '<link rel="canonical" href="https://news.example/">' in response.text
    assert "localhost" not in response.text
    assert "evil.example" not in response.text
