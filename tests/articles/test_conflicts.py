"""The second of two people who save meets a comparison of three: nothing either of them wrote is lost unseen."""

import pytest
from bs4 import BeautifulSoup

from tests import make
from tests.sheet import address, fields_of, opened

BODY = "The ports are closed.\n\nTalks go on today.\n\nNobody has signed."


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def met(desk, mine, theirs):
    """An article, and the page that the second to save is answered with: fields and text."""
    article = make.article("draft", headline="Ports", body=BODY)
    sheet = opened(desk, article, **mine)
    article.revise(by=make.user("editor"), **theirs)
    page = desk.post(address(article), sheet)
    return article, page


def pressed(desk, article, page, **chosen):
    """Save, pressed once more on that page."""
    return desk.post(address(article), {**fields_of(page.text, "article_form"), **chosen}, follow=True)


def words_of(page):
    return " ".join(BeautifulSoup(page.text, "html.parser").find(class_="conflict").text.split())


def test_what_only_one_of_them_changed_merges_by_itself_and_is_said(desk):
    article, page = met(desk, {"kicker": "Trade"}, {"headline": "Ports reopen"})

    assert "Only they changed 1 field: it is taken from their version. (headline)" in words_of(page)
    assert "Nothing is in each other's way" in words_of(page)
    pressed(desk, article, page)

    content = article.latest_revision.content
    assert (content["kicker"], content["headline"]) == ("Trade", "Ports reopen")


def test_fields_that_neither_changed_are_not_shown(desk):
    _article, page = met(desk, {"headline": "Mine"}, {"headline": "Hers"})

    assert "standfirst" not in words_of(page).lower()
    assert "Section" not in words_of(page)


def test_different_passages_of_one_text_are_merged_and_marked(desk):
    article, page = met(
        desk, {"body": BODY.replace("Nobody", "Everybody")}, {"body": BODY.replace("closed", "open")}
    )
    marks = BeautifulSoup(page.text, "html.parser").select_one(".marked")
    assert marks.select_one(".by-theirs").text.strip() == "open."

    pressed(desk, article, page)

    assert (
        article.latest_revision.content["body"]
        == "The ports are open.\n\nTalks go on today.\n\nEverybody has signed."
    )


@pytest.mark.parametrize(
    ("chosen", "saved"),
    [
        ({"take-body": "theirs"}, BODY.replace("closed", "open")),
        ({"take-body": "yours"}, BODY.replace("closed", "shut")),
        ({"take-body": "merge", "merged-body": "Half open."}, "Half open."),
    ],
)
def test_the_same_words_take_one_choice(desk, chosen, saved):
    article, page = met(
        desk, {"body": BODY.replace("closed", "shut")}, {"body": BODY.replace("closed", "open")}
    )

    again = pressed(desk, article, page)
    assert "Choose whose words to take: text." in again.text
    assert article.revisions.count() == 2

    pressed(desk, article, again, **chosen)
    assert article.latest_revision.content["body"] == saved


def test_two_sections_are_no_third_one(desk):
    mine, theirs = make.section("sport"), make.section("world/europe")
    article, page = met(desk, {"section": mine.pk}, {"section": theirs})

    answer = pressed(desk, article, page, **{"take-section": "merge"})
    assert "Choose whose words to take: section." in answer.text

    pressed(desk, article, page, **{"take-section": "theirs"})
    assert article.latest_revision.content["section"] == theirs.pk


@pytest.mark.parametrize("text", ["[" * 100, "word " * 50_000, "a\x00b"])
def test_a_merge_the_form_would_not_take_is_refused_there(desk, text):
    article, page = met(desk, {"body": "Mine"}, {"body": "Hers"})

    answer = pressed(desk, article, page, **{"take-body": "merge", "merged-body": text})

    assert answer.status_code == 200
    assert "errorlist" in answer.text
    assert article.revisions.count() == 2


def test_the_slug_goes_on_following_the_headline_that_is_taken(desk):
    article, page = met(desk, {"kicker": "Trade"}, {"body": "Hers"})

    pressed(desk, article, page, headline="Harbours")

    assert article.latest_revision.content["slug"] == "harbours"


def test_unsaved_words_restored_over_a_newer_version_are_compared_at_once(desk, editor):
    article = make.article("draft", headline="Ports", body=BODY)
    sheet = opened(desk, article, headline="Mine")
    desk.post(
        address(article, "autosave"), {**sheet, "person": editor.pk, "window": "window-one", "count": 1}
    )
    article.revise(by=make.user("editor"), headline="Hers")

    page = desk.get(address(article) + "?unsaved=window-one")

    assert "Take theirs" in page.text
    pressed(desk, article, page, **{"take-headline": "yours"})
    assert article.latest_revision.content["headline"] == "Mine"
