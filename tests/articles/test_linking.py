"""Who links to one of the paper's stories finds it by its words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import make

pytestmark = pytest.mark.django_db


def found(client, words=""):
    return client.get(reverse("admin:articles_article_linkable"), {"q": words}).json()["stories"]


def test_a_live_story_is_found_by_its_words_and_named_by_its_path(client):
    story = make.article(headline="Ports reopen")
    make.article(headline="Town hall shut")
    client.force_login(make.user("contributor"))

    stories = found(client, "port")

    assert [(one["headline"], one["path"]) for one in stories] == [("Ports reopen", story.get_absolute_url())]


def test_what_readers_cannot_follow_is_not_offered(client):
    make.article("draft", headline="Ports to come")
    make.article("withdrawn", headline="Ports gone")
    make.article("scheduled", headline="Ports tomorrow", at=timezone.now() + make.hours(9))
    client.force_login(make.user("editor"))

    assert found(client, "ports") == found(client) == []


def test_as_many_queries_for_many_stories_as_for_one(client):
    client.force_login(make.user("editor"))
    counts = []
    for number in range(1, 9):
        make.article(headline=f"Ports reopen {number}")
        with CaptureQueriesContext(connection) as asked:
            assert len(found(client, "ports")) == number
        counts.append(len(asked))

    assert counts[0] == counts[-1] <= 12


def test_a_moderator_is_refused(client):
    client.force_login(make.user("moderator"))

    assert client.get(reverse("admin:articles_article_linkable")).status_code == 403
