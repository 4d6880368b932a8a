"""What falls due by the clock: each step and each article fails alone, is tried again, and shows until it is done."""

from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles.models import Article
from articles.signals import article_moved
from newsroom.foundations import pagecache
from newsroom.foundations.models import FailedStep, Purge
from tests import make


def run_due():
    """How many things could not be done, as the command says it."""
    try:
        call_command("run_due", stdout=StringIO())
    except CommandError as failure:
        return str(failure)
    return "all done"


@contextmanager
def lost(table):
    """A table that is not there for a while: whoever asks it fails."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO lost")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE lost RENAME TO {table}")


@contextmanager
def stumbling_over(article):
    """Upstairs somebody raises when this article moves."""

    def stumble(article, verb, **kwargs):
        if article.pk == broken:
            raise RuntimeError("no room for its conversation")

    broken = article.pk
    article_moved.connect(stumble)
    try:
        yield
    finally:
        article_moved.disconnect(stumble)


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2026-05-18 06:00+0000", tick=False)
    return time_machine


@pytest.mark.django_db(transaction=True)
def test_a_step_that_fails_stops_no_other_and_shows_until_it_is_done(client, clock, caplog):
    make.article("scheduled", at=timezone.now() + timedelta(minutes=1))
    pagecache.purge("article:42")
    Purge.objects.update(written_at=timezone.now() - timedelta(days=3))
    clock.shift(60)

    with lost("comments_comment"):
        assert run_due() == "1 not done; the next run tries again."

    assert not Article.objects.due().exists()
    assert not Purge.objects.filter(keys="article:42").exists()
    assert "Traceback" in caplog.text
    clock.shift(300)
    [failed] = client.get("/health/").json()["failed_steps"]
    assert failed == {"step": "forget_ip_addresses", "since": "2026-05-18T06:01:00Z", "failures": 1}
    assert run_due() == "all done"
    assert client.get("/health/").json()["failed_steps"] == []


@pytest.mark.django_db
def test_an_article_that_fails_stops_no_other_and_is_tried_again_later_and_later(clock, caplog):
    stuck, fine = (
        make.article("scheduled", at=timezone.now() + timedelta(minutes=1), headline=headline)
        for headline in ("Stuck", "Fine")
    )
    clock.shift(60)
    tries = []

    with stumbling_over(stuck):
        for minute in range(12):
            tries += [minute] * (run_due() != "all done")
            clock.shift(60)

    assert tries == [0, 1, 3, 7]
    assert list(Article.objects.due()) == [stuck] and not fine.is_scheduled
    assert "no room for its conversation" in FailedStep.objects.get().problem
    assert "Traceback" in caplog.text and f"article {stuck.pk}" in caplog.text


@pytest.mark.django_db
def test_an_article_that_is_done_at_last_is_not_shown_any_more(client, clock):
    stuck = make.article("scheduled", at=timezone.now() + timedelta(minutes=1))
    clock.shift(60)
    with stumbling_over(stuck):
        run_due()
    assert [step["step"] for step in client.get("/health/").json()["failed_steps"]] == ["announce"]

    clock.shift(600)

    assert run_due() == "all done"
    assert client.get("/health/").json()["failed_steps"] == []


@pytest.mark.django_db
def test_an_article_that_is_not_due_any_more_is_no_failure(clock):
    stuck = make.article("scheduled", at=timezone.now() + timedelta(minutes=1))
    clock.shift(60)
    with stumbling_over(stuck):
        run_due()

    stuck.withdraw(by=None, expected=stuck.latest_revision, reason="It rested on a forged document.")
    run_due()

    assert not FailedStep.objects.exists()


@pytest.mark.django_db
def test_the_health_page_tells_strangers_nothing_of_what_failed(client, clock):
    stuck = make.article("scheduled", at=timezone.now() + timedelta(minutes=1), slug="secret-slug")
    clock.shift(60)
    with stumbling_over(stuck):
        run_due()

    said = client.get("/health/").text

    assert "conversation" not in said and f"article {stuck.pk}" not in said
