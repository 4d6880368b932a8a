"""The desk's list of articles: narrowed in every way, as cheap for a full page as for one row."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.admin.articles import list
from articles.admin.taxonomy import tags
from newsroom.foundations.db import capped_count
from tests import make

LIST = "/admin/articles/article/"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def listed(client, **narrowed):
    answer = client.get(LIST, narrowed, follow=True)
    assert answer.status_code == 200
    return [article.headline for article in answer.context["cl"].result_list]


def queries(client, path, **query):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path, query).status_code == 200
    return len(asked)


def in_every_state():
    for state in ("draft", "in_review", "approved", "published", "withdrawn"):
        make.article(state, headline=state)
    make.article("scheduled", headline="scheduled", at=timezone.now() + timedelta(days=1))
    make.article(headline="yesterday", at=timezone.now() - timedelta(days=1))


@pytest.mark.parametrize(
    ("state", "found"),
    {
        "draft": ["draft"],
        "in_review": ["in_review"],
        "approved": ["approved"],
        "scheduled": ["scheduled"],
        "live": ["published", "yesterday"],
        "today": ["published"],
        "withdrawn": ["withdrawn"],
    }.items(),
)
def test_the_list_is_narrowed_to_a_state(desk, state, found):
    in_every_state()

    assert listed(desk, state=state) == found


def test_a_section_means_everything_below_it_too(desk):
    make.article(section="world/americas", headline="below")
    make.article(section="world", headline="here")
    make.article(section="culture", headline="elsewhere")

    assert listed(desk, section=make.section("world").pk) == ["here", "below"]


def test_the_list_is_narrowed_by_kind_byline_day_and_owner(desk, editor):
    ana = make.contributor("Ana")
    make.article(headline="other", at=timezone.now() - timedelta(days=9))
    make.article(headline="opinion", kind="opinion", at=timezone.now() - timedelta(days=5))
    make.article(headline="hers", bylines=[(ana, "by")], at=timezone.now() - timedelta(days=3))
    make.article("draft", headline="mine", by=editor)
    four_days_ago = timezone.localdate() - timedelta(days=4)

    assert listed(desk, kind="opinion") == ["opinion"]
    assert listed(desk, by=ana.pk) == ["hers"]
    assert listed(desk, whose="mine") == ["mine"]
    assert listed(desk, **{"from": four_days_ago.isoformat()}) == ["hers"]
    assert listed(desk, until=four_days_ago.isoformat()) == ["opinion", "other"]


def test_search_looks_at_headlines_standfirsts_and_bylines(desk):
    make.article(
        headline="Ports reopen",
        standfirst="After nine days",
        bylines=[(make.contributor("Ana Beltrán"), "by")],
    )
    make.article(headline="Ports close", standfirst="For good")

    assert listed(desk, q="ports nine") == ["Ports reopen"]
    assert listed(desk, q="Beltrán") == ["Ports reopen"]
    assert listed(desk, q="ports") == ["Ports close", "Ports reopen"]
    assert listed(desk, q="x " * 5_000) == []


@pytest.mark.parametrize(
    "query",
    [
        {"state": "gossip"},
        {"section": "abc"},
        {"section": "9" * 40},
        {"by": "abc"},
        {"by": "9" * 40},
        {"from": "2026-02-30"},
        {"from": "0001-01-01"},
        {"until": "9999-12-31"},
        {"kind": "'"},
        {"p": "abc"},
        {"p": "1000000000"},
        {"p": "-1"},
        {"o": "99.-7.x"},
        {"q": "%_\\'\""},
        {"all": ""},
        {"e": "1"},
    ],
    ids=str,
)
def test_no_question_breaks_the_list(desk, query):
    make.article()

    assert desk.get(LIST, query, follow=True).status_code == 200


@pytest.mark.parametrize("query", ["started_by__password__startswith=a", "revisions__content__contains=x"])
def test_nobody_asks_the_list_for_what_it_does_not_offer(desk, query):
    assert desk.get(f"{LIST}?{query}").status_code == 400


def test_a_row_says_what_stands_where_in_words(desk):
    ana = make.contributor("Ana Beltrán")
    article = make.article(headline="Ports reopen", kicker="Trade", bylines=[(ana, "by")])
    article.revise(by=make.user(), headline="Ports reopen at last")

    row = BeautifulSoup(desk.get(LIST).text, "html.parser").select_one("#result_list tbody tr").text

    assert "Version 2 is not yet published." in row
    for words in ("Trade", "Ports reopen", "Live since", "World › Americas", "Ana Beltrán"):
        assert words in row


def test_a_full_page_costs_as_many_queries_as_one_row(desk):
    def another(number):
        article = make.article(
            section=f"world/part-{number}", bylines=[(make.contributor(), "by")], tags=["Trade"]
        )
        article.revise(by=make.user(), headline=f"New {number}")

    another(0)
    with_one = queries(desk, LIST)
    for number in range(1, 20):
        another(number)

    assert queries(desk, LIST) == with_one
    assert with_one <= 13


@pytest.mark.parametrize("model", ["image", "contributor", "tag", "section", "standingpage"])
def test_the_other_lists_too(desk, model):
    def another(number):
        make.section(f"part-{number}/inside")
        make.article(tags=[f"Tag {number}"], section=f"part-{number}")
        make.contributor(user=make.user())
        make.image()
        make.page(title=f"Page {number}", slug=f"page-{number}", body="Words.")

    another(0)
    path = reverse(f"admin:articles_{model}_changelist")
    with_one = queries(desk, path)
    for number in range(1, 20):
        another(number)

    assert queries(desk, path) == with_one
    assert with_one <= 12


def test_a_writer_lists_their_own_and_learns_of_nothing_else(client, writer):
    me = make.contributor("Wen", user=writer)
    make.article("draft", headline="started", by=writer)
    make.article("draft", headline="signed", bylines=[(me, "by")])
    make.article("draft", headline="secret")
    client.force_login(writer)

    assert listed(client) == ["signed", "started"]
    assert listed(client, q="secret") == []
    assert "secret" not in client.get("/admin/").text


def test_a_moderator_has_no_list_of_articles(client, moderator):
    client.force_login(moderator)

    assert client.get(LIST).status_code == 403


def test_a_list_is_counted_only_as_far_as_its_pages_lead(desk, monkeypatch):
    monkeypatch.setattr(capped_count, "MOST_LISTED", 3)
    for number in range(5):
        make.article("draft", headline=f"Draft {number}")

    page = desk.get(LIST)

    assert page.context["cl"].result_count == 3
    assert "The first 3; narrow the list" in page.text
    assert "The first 3" not in desk.get(LIST, {"q": "draft 4"}).text


def test_a_tag_of_very_many_stories_is_not_counted_to_the_end(desk, monkeypatch):
    monkeypatch.setattr(tags, "MOST_COUNTED", 2)
    make.article(tags=["Trade", "Steel"])
    make.article(tags=["Trade"])
    make.article(tags=["Trade"])

    rows = BeautifulSoup(desk.get("/admin/articles/tag/").text, "html.parser").select("#result_list tbody tr")

    assert [row.select_one(".field-articles").text for row in rows] == ["1", "2+"]


def test_the_desk_finds_every_state_by_any_word_and_the_beginning_of_the_last(desk):
    in_every_state()
    make.article("draft", headline="Ports reopen", body="Of the harbour master.")

    assert listed(desk, q="harbour") == ["Ports reopen"]
    assert listed(desk, q="ports reo") == ["Ports reopen"]
    assert listed(desk, q="po reopen") == []
    assert listed(desk, q="withdrawn") == ["withdrawn"]


def test_the_desk_is_told_when_it_sees_only_the_newest_that_match(desk, monkeypatch):
    monkeypatch.setattr(list, "MOST_FOUND", 2)
    for number in range(3):
        make.article(headline=f"Steel {number}", at=timezone.now() - make.hours(3 - number))

    assert listed(desk, q="steel") == ["Steel 2", "Steel 1"]
    assert "you see the newest" in desk.get(LIST, {"q": "steel"}).text
