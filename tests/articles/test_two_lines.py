"""A small fix of the live version while a replacement waits: two lines, which are merged when they meet."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from articles.models import Article, Conflict, NotReady
from tests import make
from tests.sheet import address, fields_of, opened

BODY = "The ports are closed.\n\nTalks go on today.\n\nNobody has signed."


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def planned(**fields):
    """A live article, and the revision that is to replace it in an hour."""
    article = make.article(headline="Ports", body=BODY)
    revision = article.revise(by=None, **fields)
    article.publish(by=None, expected=revision, at=timezone.now() + timedelta(hours=1))
    return article


def corrected(article, **fields):
    """What readers see is corrected at once; what is planned stays planned."""
    fix = article.revise_live(by=None, live=article.adopted.number, **fields)
    article.publish(by=None, expected=fix, keep_planned=True)
    return fix


def test_a_revision_knows_which_one_it_was_made_from(db):
    article = make.article("draft")
    second = article.revise(by=None, headline="Ports")

    assert second.based_on.number == 1
    assert second.based_on.based_on is None


def test_the_live_version_is_corrected_and_the_replacement_stays_planned(db):
    article = planned(body=BODY.replace("Nobody", "Everybody"))

    fix = corrected(article, body=BODY.replace("closed", "open"))

    article.refresh_from_db()
    assert fix.based_on.number == 1
    assert "open" in article.body and "Nobody" in article.body
    assert article.replacement.number == 2
    assert "It lacks what version 3 changed." in article.status_sentence()


def test_one_press_puts_the_correction_into_the_planned_version(desk):
    article = planned(body=BODY.replace("Nobody", "Everybody"))
    corrected(article, body=BODY.replace("closed", "open"))
    at = article.replacement_at

    assert "Put the correction into the planned version" in desk.get(address(article)).text
    answer = desk.post(address(article, "rejoin"), {"expected": 3}, follow=True)

    article = Article.objects.get(pk=article.pk)
    assert "Version 4 holds both" in answer.text
    assert (article.replacement.number, article.replacement_at) == (4, at)
    with time_machine.travel(at + timedelta(minutes=1)):
        article.replace()
    assert "open" in article.body and "Everybody" in article.body


def test_the_same_words_in_both_are_told_before_the_time_and_merged_by_hand(desk):
    article = planned(headline="Ports shut")
    corrected(article, headline="Ports open")

    page = desk.get(address(article)).text
    assert "Both changed the same: headline." in page
    assert "It lacks what version 3 changed." in desk.get("/admin/articles/article/").text
    with pytest.raises(NotReady):
        article.rejoin(by=None, expected=3)

    start = address(article) + "?start=planned"
    sheet = opened_at(desk, start)
    assert sheet["headline"] == "Ports shut"
    answer = desk.post(start, sheet)
    assert [meeting.name for meeting in answer.context["comparison"].meetings] == ["headline"]


def opened_at(desk, url):
    return fields_of(desk.get(url).text, "article_form")


def test_the_form_that_corrects_starts_from_what_readers_see(desk):
    article = planned(headline="Ports shut for good")
    start = address(article) + "?start=live"

    sheet = opened_at(desk, start)
    desk.post(start, {**sheet, "standfirst": "Corrected."})

    latest = article.latest_revision
    assert sheet["headline"] == "Ports"
    assert (latest.number, latest.based_on.number, latest.headline) == (3, 1, "Ports")


def test_publishing_a_correction_proposes_to_keep_what_is_planned(desk):
    article = planned(headline="Later")
    article.revise_live(by=None, live=1, standfirst="Corrected.")

    page = desk.get(f"/admin/articles/article/{article.pk}/move/publish/?expected=3")
    form = page.context["choice"].form

    assert form["planned"].initial == form.KEEP


def test_a_correction_of_what_readers_no_longer_see_is_a_conflict(db):
    article = planned(headline="Later")
    corrected(article, standfirst="Corrected.")

    with pytest.raises(Conflict) as refusal:
        article.revise_live(by=None, live=1, standfirst="Mine.")
    assert refusal.value.revision.number == 3


def test_what_was_saved_since_is_not_planned_by_the_same_press(db):
    article = planned(body=BODY + "\n\nMore.")
    corrected(article, standfirst="Corrected.")
    article.revise(by=None, kicker="Unread")

    with pytest.raises(NotReady):
        article.rejoin(by=None, expected=4)


def test_who_may_not_publish_does_not_bring_them_together(client, db):
    client.force_login(make.subeditor())
    article = planned(body=BODY + "\n\nMore.")
    corrected(article, standfirst="Corrected.")

    client.post(address(article, "rejoin"), {"expected": 3})

    assert article.revisions.count() == 3


def test_who_opens_the_planned_version_after_a_correction_compares_with_what_both_came_from(desk):
    article = planned(kicker="Trade")
    sheet = opened(desk, article, standfirst="Mine.")
    corrected(article, headline="Corrected")

    page = desk.post(address(article), sheet)

    assert [one.label for one in page.context["comparison"].only_theirs] == ["headline"]
    assert page.context["comparison"].meetings == []
