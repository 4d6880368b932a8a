"""What monitoring hears: whether the paper is well, and nothing a stranger could use."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tests import make


@pytest.mark.django_db
def test_a_paper_that_is_well_says_so(client):
    make.article()

    response = client.get("/health/")

    assert response.status_code == 200
    lateness = dict.fromkeys(
        ["late_seconds", "outbox_late_seconds", "outbox_given_up", "purges_late_seconds"], 0
    )
    assert response.json() == {"database": True, **lateness, "failed_steps": []}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_clock_that_stands_still_shows(client, time_machine):
    time_machine.move_to("2026-05-18 06:00+0000", tick=False)
    make.article("scheduled", at=timezone.now() + timedelta(minutes=1))

    time_machine.shift(180)
    assert client.get("/health/").json()["late_seconds"] == 120

    call_command("run_due", verbosity=0)
    assert client.get("/health/").json()["late_seconds"] == 0


@pytest.mark.django_db
def test_a_replacement_that_waits_shows(client, time_machine):
    time_machine.move_to("2026-05-18 06:00+0000", tick=False)
    article = make.article()
    article.revise(by=None, headline="Later")
    article.publish(by=None, expected=article.latest_revision, at=timezone.now() + timedelta(minutes=1))

    time_machine.shift(90)

    assert client.get("/health/").json()["late_seconds"] == 30


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_is_a_503(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_article RENAME TO lost")
    try:
        response = client.get("/health/")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE lost RENAME TO articles_article")

    assert response.status_code == 503
    assert response.json() == {"database": False}
