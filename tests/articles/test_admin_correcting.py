"""Notes to readers, written at the desk."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from articles.models import Correction
from tests import make

pytestmark = pytest.mark.django_db

NOTE = {
    "note_kind": "correction",
    "note_text": "The pier is 80 metres long.",
    "note_about": "its length",
    "note_credit": "Spotted by a reader",
}


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def move(client, article, verb, **data):
    number = article.latest_revision.number
    return client.post(
        reverse("admin:articles_article_move", args=[article.pk, verb]),
        {"expected": number, **data},
        follow=True,
    )


def test_the_note_is_published_beside_the_changed_text(desk, editor):
    article = make.article()
    article.revise(by=editor, body="The pier is 80 metres long.")

    move(desk, article, "publish", when="now", **NOTE)

    correction = Correction.objects.get()
    assert (correction.text, correction.credit, correction.by) == (
        NOTE["note_text"],
        NOTE["note_credit"],
        editor,
    )
    article.refresh_from_db()
    assert article.body == "The pier is 80 metres long."


@pytest.mark.parametrize("missing", ["note_kind", "note_text"])
def test_half_a_note_publishes_nothing_and_loses_no_word(desk, editor, missing):
    article = make.article()
    article.revise(by=editor, body="The pier is 80 metres long.")

    page = move(desk, article, "publish", when="now", **NOTE | {missing: ""}).text

    assert NOTE["note_about"] in page
    article.refresh_from_db()
    assert article.body == make.BODY
    assert not Correction.objects.exists()


def test_a_note_without_another_text_is_a_verb_of_its_own(desk):
    article = make.article("withdrawn")

    move(desk, article, "correct", **NOTE)

    article.refresh_from_db()
    assert article.is_withdrawn
    assert [note.text for note in article.notes] == [NOTE["note_text"]]


def test_a_note_that_was_a_mistake_is_taken_back(desk):
    article = make.corrected_article()

    move(desk, article, "take_back", correction=article.notes[0].pk, reason="It was right.")

    article.refresh_from_db()
    assert article.notes == []


@pytest.mark.parametrize("bad", [{"note_kind": "rumour"}, {"note_text": "x" * 2_001}, {"note_kind": ""}])
def test_a_bad_note_is_asked_again(desk, bad):
    article = make.article()

    page = move(desk, article, "correct", **NOTE | bad)

    assert page.status_code == 200
    assert not Correction.objects.exists()


def test_a_link_begins_a_note(desk):
    article = make.article()

    page = desk.get(
        reverse("admin:articles_article_correct", args=[article.pk]),
        {"credit": '"><b>Ana', "prompted_by": "lead:1"},
    )

    field = BeautifulSoup(page.text, "html.parser").select_one("input[name=note_credit]")
    assert field["value"] == '"><b>Ana'


@pytest.mark.parametrize("role", ["contributor", "moderator"])
def test_nobody_corrects_who_may_not_publish(client, role):
    client.force_login(make.user(role))
    article = make.article()

    for response in (
        client.get(reverse("admin:articles_article_correct", args=[article.pk])),
        move(client, article, "correct", **NOTE),
    ):
        assert response.status_code in {403, 404}
    assert not Correction.objects.exists()


def test_no_two_fields_of_the_page_have_one_id(desk, editor):
    article = make.corrected_article()
    article.revise(by=editor, body="Another text.")

    page = BeautifulSoup(
        desk.get(reverse("admin:articles_article_change", args=[article.pk])).text, "html.parser"
    )

    ids = [tag["id"] for tag in page.select("[id]")]
    assert sorted(ids) == sorted(set(ids))
