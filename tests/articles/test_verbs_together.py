"""Two people at one article in the same moment: nothing is done to words that one of them has not read."""

import time
from threading import Thread

import pytest
from django.db import connection, transaction

from articles.models import Article, Unread
from tests import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def publishing(article, outcomes):
    """Somebody who presses Publish under the first version, with a connection of their own."""

    def press():
        try:
            Article.objects.get(pk=article.pk).publish(by=None, expected=1)
        except Unread as refusal:
            outcomes.append(refusal.revision.content["headline"])
        finally:
            connection.close()

    return Thread(target=press)


def test_a_version_saved_while_the_verb_waits_for_the_row_is_not_published():
    article, outcomes = make.article("draft"), []
    publisher = publishing(article, outcomes)

    with transaction.atomic():
        article.revise(by=None, headline="Saved in the same moment")
        publisher.start()
        for _ in range(200):
            if waited := somebody_waits():
                break
            time.sleep(0.05)
    publisher.join()

    assert waited
    assert outcomes == ["Saved in the same moment"]
    assert Article.objects.get().state == "draft"
