"""Embargo: until its time nothing of an article comes before readers, by whatever door somebody tries."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from articles.models import Article, IllegalMove, NotAllowed, NotReady, State, UnderEmbargo
from tests import make
from tests.articles.test_admin_moving import move, said
from tests.sheet import address, opened

pytestmark = pytest.mark.django_db

SIX = datetime(2026, 5, 18, 6, 0, tzinfo=UTC)
UNTIL = "18 May 2026, 06:00 (UTC)"


@pytest.fixture
def midnight(time_machine):
    time_machine.move_to(SIX - timedelta(hours=6), tick=False)
    return time_machine


@pytest.fixture
def article(midnight):
    """Approved, and under embargo until six."""
    article = make.article("approved", headline="Talks resume")
    article.embargo(by=None, expected=1, until=SIX)
    return article


@pytest.mark.parametrize("minutes", [None, -600, 1, 359])
def test_publishing_before_its_end_is_refused_and_says_until_when_and_who_may_lift_it(article, minutes):
    at = None if minutes is None else SIX - timedelta(hours=6, minutes=-minutes)

    with pytest.raises(UnderEmbargo) as refusal:
        article.publish(by=None, expected=1, at=at)

    assert UNTIL in str(refusal.value) and "who may lift an embargo" in str(refusal.value)
    assert Article.objects.get().state == "approved"


def test_published_for_its_end_it_appears_then_without_any_job(article, client, midnight):
    article.publish(by=None, expected=1, at=SIX)
    url = article.get_absolute_url()
    assert client.get(url).status_code == 404

    midnight.move_to(SIX, tick=False)

    assert client.get(url).status_code == 200
    assert "Talks resume" in client.get("/").text


def test_it_lapses_by_the_clock(article, client, midnight):
    midnight.move_to(SIX, tick=False)

    article.publish(by=None, expected=1)

    assert client.get(article.get_absolute_url()).status_code == 200


def test_once_lapsed_it_does_not_bind_an_earlier_date_of_publication(article, midnight):
    midnight.move_to(SIX + timedelta(hours=1), tick=False)

    article.publish(by=None, expected=1, at=SIX - timedelta(days=30))

    assert Article.objects.published().exists()


def test_the_form_refuses_in_words(article, client, editor):
    client.force_login(editor)

    answer = move(client, article, "publish", when="now")

    assert UNTIL in said(answer)[0]
    assert not Article.objects.published().exists()


def test_save_and_publish_keeps_what_was_written_and_refuses_the_rest(article, client, editor):
    client.force_login(editor)

    answer = client.post(
        address(article), {**opened(client, article, headline="Better"), "then": "publish"}, follow=True
    )

    assert UNTIL in answer.text
    assert article.latest_revision.content["headline"] == "Better"
    assert Article.objects.get().state != "published"


def test_the_list_refuses_it_and_publishes_the_others(article, client, editor):
    other = make.article("approved")
    client.force_login(editor)
    chosen = {"action": "publish", "_selected_action": [article.pk, other.pk], "confirmed": 1}
    shown = {f"shown-{pk}": 1 for pk in (article.pk, other.pk)}

    answer = client.post("/admin/articles/article/", {**chosen, **shown}, follow=True)

    assert UNTIL in answer.text
    assert list(Article.objects.published()) == [other]


def test_the_clock_publishes_nothing_of_it(article, midnight):
    call_command("run_due", stdout=StringIO())

    assert not Article.objects.published().exists()


def test_what_is_live_is_put_under_no_embargo():
    article = make.article()

    with pytest.raises(IllegalMove, match="Withdraw it first"):
        article.embargo(by=None, expected=1, until=article.publish_at + timedelta(days=1))


def test_what_is_scheduled_for_an_earlier_time_is_put_under_no_embargo(midnight):
    article = make.article("scheduled", at=SIX)

    with pytest.raises(NotReady, match="Take it off the schedule first"):
        article.embargo(by=None, expected=1, until=SIX + timedelta(minutes=1))

    article.embargo(by=None, expected=1, until=SIX)


def test_the_database_knows_nothing_readers_see_before_the_end_of_its_embargo(midnight):
    article = make.article("published")

    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(embargo_until=SIX)


def test_a_withdrawn_article_is_not_put_back_during_an_embargo(client, midnight):
    article = make.article("withdrawn")
    article.embargo(by=None, expected=1, until=SIX)

    with pytest.raises(UnderEmbargo):
        article.reinstate(by=None, expected=1)
    assert client.get(article.get_absolute_url()).status_code == 410

    midnight.move_to(SIX, tick=False)
    article.reinstate(by=None, expected=1)
    assert client.get(article.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("hours", [-1, 0, 24 * 366 * 6])
def test_an_embargo_ends_at_a_sensible_time_to_come(midnight, hours):
    article = make.article("draft")

    with pytest.raises(NotReady):
        article.embargo(by=None, expected=1, until=SIX + timedelta(hours=hours - 6))


def test_a_writer_puts_her_own_draft_under_embargo_and_makes_it_longer_but_not_shorter(writer, midnight):
    article = make.article("draft", by=writer)
    article.embargo(by=writer, expected=1, until=SIX)
    article.embargo(by=writer, expected=1, until=SIX + timedelta(hours=1))

    with pytest.raises(NotAllowed, match="Only who may lift an embargo"):
        article.embargo(by=writer, expected=1, until=SIX)
    with pytest.raises(NotAllowed):
        article.lift_embargo(by=writer, expected=1, reason="I want to.")

    assert Article.objects.get().embargo_until == SIX + timedelta(hours=1)


def test_an_editor_ends_it_earlier_or_lifts_it_and_publishing_is_another_verb(article, editor):
    article.embargo(by=editor, expected=1, until=SIX - timedelta(hours=1))
    article.lift_embargo(by=editor, expected=1, reason="The ministry agreed.")
    assert Article.objects.get().state == State.APPROVED

    article.publish(by=editor, expected=1)

    events = [(event.past, event.reason) for event in article.events.all()[:3]]
    assert events == [
        ("published", ""),
        ("embargo lifted", "The ministry agreed."),
        ("put under embargo", ""),
    ]


def test_an_embargo_is_no_lock_on_writing(article, editor):
    article.revise(by=editor, headline="Talks resume at last")

    assert Article.objects.get().is_embargoed


def test_the_desk_reads_of_it_in_the_list_on_the_sheet_and_in_the_preview(article, client, editor):
    client.force_login(editor)
    sheet = f"/admin/articles/article/{article.pk}/change/"

    for page in ("/admin/articles/article/", sheet, sheet.replace("change/", "versions/1/preview/")):
        assert f"Under embargo until {UNTIL}." in client.get(page).text, page


def test_the_form_sets_it_by_the_clocks_of_the_site(client, editor, midnight):
    client.force_login(editor)
    article = make.article("draft")

    answer = move(client, article, "embargo", day="2026-05-18", clock="06:00", reason="")

    assert Article.objects.get().embargo_until == SIX
    assert f"Under embargo until {UNTIL}." in answer.text
    assert "until 18 May 2026, 06:00" in answer.text


@pytest.mark.parametrize("given", [{}, {"day": "2026-05-18"}, {"day": "31", "clock": "25:00"}, {"day": "\0"}])
def test_a_form_without_a_time_is_asked_again(client, editor, given):
    client.force_login(editor)
    article = make.article("draft")

    assert move(client, article, "embargo", **given).status_code == 200
    assert Article.objects.get().embargo_until is None
