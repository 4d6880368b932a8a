"""Two processes write, keep and publish one article at once: no version is lost, no event is doubled, nobody waits for
each other without end."""

import multiprocessing
from collections import Counter

import pytest
from django.db import connections

from articles.models import Article, UnsavedText, VerbRefused
from newsroom.models import User
from tests import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]

ROUNDS = 34  # of three acts by each of two: 204


def save(article, person, number):
    article.revise(by=person, based_on=article.latest_revision.number, headline=f"{person.username} {number}")


def publish(article, person, number):
    article.publish(by=person, expected=article.latest_revision.number)


def keep(article, person, number):
    words = [["body", f"{person.username} {number}"]]
    UnsavedText.objects.keep(person, article, words, window=person.username, count=number + 1)


def worked(task):
    """What one process did, in a connection of its own: how often each act was done, and how often refused."""
    article_pk, person_pk = task
    connections["default"].connection = None  # the parent's
    person, done = User.objects.get(pk=person_pk), Counter()
    for number in range(ROUNDS):
        for act in (save, keep, publish):
            try:
                act(Article.objects.get(pk=article_pk), person, number)
                done[act.__name__] += 1
            except VerbRefused:
                done["refused"] += 1
    connections.close_all()
    return done


def test_two_processes_at_one_article_lose_nothing_and_do_nothing_twice():
    article, people = make.article(), [make.user("editor") for _ in range(2)]

    with multiprocessing.get_context("fork").Pool(2) as pool:
        both = pool.map(worked, [(article.pk, person.pk) for person in people], chunksize=1)
    done = both[0] + both[1]

    numbers = [*article.revisions.order_by("number").values_list("number", flat=True)]
    published = article.events.filter(verb="publish").values_list("revision__number", flat=True)
    assert numbers == [*range(1, done["save"] + 2)]
    assert len(published) == len(set(published)) == done["publish"] + 1
    assert done["save"] + done["publish"] + done["refused"] + done["keep"] == 6 * ROUNDS
    assert {text.count for text in UnsavedText.objects.all()} == {ROUNDS}
    assert done["keep"] == 2 * ROUNDS
