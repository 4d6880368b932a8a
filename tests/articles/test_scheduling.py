"""Time: what is seen when, whoever is asleep, and what the clock's command does about it."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article, ArticleEvent, NotReady, UrlTaken
from articles.signals import article_moved
from tests import make

pytestmark = pytest.mark.django_db

SIX = datetime(2026, 5, 18, 6, 0, tzinfo=UTC)


@pytest.fixture
def midnight(time_machine):
    time_machine.move_to(SIX - timedelta(hours=6), tick=False)
    return time_machine


def run_due():
    said = StringIO()
    call_command("run_due", stdout=said)
    return said.getvalue()


def test_a_scheduled_story_appears_on_time_without_any_job(client, midnight):
    article = make.article("scheduled", at=SIX, headline="Talks resume")
    address = article.get_absolute_url()

    midnight.move_to(SIX - timedelta(seconds=1), tick=False)
    assert client.get(address).status_code == 404
    assert "Talks resume" not in client.get("/").text

    midnight.move_to(SIX, tick=False)
    assert client.get(address).status_code == 200
    assert "Talks resume" in client.get("/").text


def test_when_the_time_has_come_those_upstairs_are_told_once(midnight):
    make.article("scheduled", at=SIX, headline="Talks resume")
    heard = []

    def listen(verb, **kwargs):
        heard.append(verb)

    article_moved.connect(listen)
    assert run_due() == ""
    midnight.move_to(SIX, tick=False)
    assert "Talks resume" in run_due()
    assert run_due() == ""
    article_moved.disconnect(listen)

    assert heard == ["go_live"]
    assert list(ArticleEvent.objects.values_list("verb", flat=True)) == ["go_live", "publish"]


def test_a_scheduled_story_taken_off_the_schedule_stays_unseen(client, midnight):
    article = make.article("scheduled", at=SIX)
    address = article.get_absolute_url()

    article.unschedule(by=None, expected=article.latest_revision)

    midnight.move_to(SIX, tick=False)
    assert client.get(address).status_code == 404
    assert run_due() == ""


def test_a_scheduled_story_may_be_given_another_time(client, midnight):
    article = make.article("scheduled", at=SIX)

    article.publish(by=None, expected=article.latest_revision, at=SIX + timedelta(days=1))

    midnight.move_to(SIX, tick=False)
    assert not Article.objects.published().exists()
    assert article.get_absolute_url().startswith("/world/americas/2026/05/19/")


def test_a_live_story_is_replaced_at_the_time_given(client, midnight):
    article = make.article(headline="Talks stall")
    article.revise(by=None, headline="Talks resume")
    article.publish(by=None, expected=article.latest_revision, at=SIX)

    run_due()
    assert "Talks stall" in client.get(article.get_absolute_url()).text

    midnight.move_to(SIX + timedelta(minutes=3), tick=False)
    run_due()
    page = client.get(article.get_absolute_url()).text
    assert "Talks resume" in page
    assert Article.objects.get().updated_at == SIX


def test_the_version_scheduled_is_the_one_that_appears(midnight):
    article = make.article()
    article.revise(by=None, headline="As scheduled")
    article.publish(by=None, expected=article.latest_revision, at=SIX)
    article.revise(by=None, headline="Written since")

    midnight.move_to(SIX, tick=False)
    run_due()

    assert Article.objects.get().headline == "As scheduled"
    assert article.events.first().revision.number == 2


def test_a_replacement_nobody_could_read_is_refused_when_it_is_scheduled(midnight):
    article = make.article()
    article.revise(by=None, body="")

    with pytest.raises(NotReady):
        article.publish(by=None, expected=article.latest_revision, at=SIX)


def test_a_replacement_whose_address_is_taken_is_refused_when_it_is_scheduled(midnight):
    make.article(slug="steel")
    article = make.article()
    article.revise(by=None, slug="steel")

    with pytest.raises(UrlTaken):
        article.publish(by=None, expected=article.latest_revision, at=SIX)


def test_withdrawing_forgets_the_replacement(midnight):
    article = make.article(headline="Talks stall")
    article.revise(by=None, headline="Talks resume")
    article.publish(by=None, expected=article.latest_revision, at=SIX)
    article.withdraw(by=None, expected=article.latest_revision, reason="Wrong.")
    article.reinstate(by=None, expected=article.latest_revision)

    midnight.move_to(SIX, tick=False)
    run_due()

    assert Article.objects.get().headline == "Talks stall"


def test_one_failure_stops_no_other(midnight):
    stuck = make.article(headline="Stuck")
    stuck.revise(by=None, slug="steel")
    stuck.publish(by=None, expected=stuck.latest_revision, at=SIX)
    make.article(slug="steel")  # since then another story took the address
    fine = make.article(headline="Before")
    fine.revise(by=None, headline="After")
    fine.publish(by=None, expected=fine.latest_revision, at=SIX + timedelta(minutes=1))
    make.article("scheduled", at=SIX)
    midnight.move_to(SIX + timedelta(minutes=2), tick=False)

    with pytest.raises(CommandError, match="1 not done"):
        run_due()

    assert set(Article.objects.values_list("headline", flat=True)) >= {"Stuck", "After"}
    assert not Article.objects.due().exists()
    assert list(Article.objects.due_replacement()) == [stuck]


def test_a_pause_must_be_a_time_to_come():
    with pytest.raises(CommandError, match="above zero"):
        call_command("run_due", every=-1)


def test_the_desk_reads_in_words_where_a_story_stands(midnight):
    article = make.article("scheduled", at=SIX)
    assert article.status_sentence() == "Scheduled for 06:00."

    midnight.move_to(SIX + timedelta(minutes=12), tick=False)
    article.revise(by=None, headline="Talks resume")

    assert article.status_sentence() == "Live since 06:00. Version 2 is not yet published."


def test_summer_time_does_not_move_the_moment(settings, midnight):
    settings.TIME_ZONE = "America/New_York"
    twice = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)  # 01:30 for the second time that night

    article = make.article("scheduled", at=twice)

    assert Article.objects.get().publish_at == twice
    assert article.get_absolute_url().startswith("/world/americas/2026/11/01/")
    assert timezone.localtime(article.publish_at).isoformat() == "2026-11-01T01:30:00-05:00"


def test_a_planned_change_can_be_cancelled(editor):
    article = make.article(headline="Talks stall")
    article.revise(by=editor, headline="Talks resume")
    article.publish(by=editor, expected=article.latest_revision, at=timezone.now() + make.hours(1))

    article.cancel_replacement(by=editor, expected=article.latest_revision)

    assert not article.will_change
    with time_machine.travel(timezone.now() + make.hours(2)):
        assert run_due() == ""
    assert Article.objects.get().headline == "Talks stall"


@pytest.mark.sqlite_only  # PostgreSQL reads so few rows whole, and knows how many there are
def test_what_is_due_is_found_by_its_own_time_however_large_the_archive():
    assert "unannounced" in Article.objects.due().explain()
    assert "replacements" in Article.objects.due_replacement().explain()
