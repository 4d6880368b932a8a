"""Many people at once: nothing is doubled, nothing overruled unseen, nothing lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from comments.models import Comment, Conflict, Thread
from tests import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]
PEOPLE = 6


def all_at_once(act):
    """What came of it for each of several people, each with a connection of their own."""

    def alone(number):
        try:
            return act(number)
        except Conflict as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as people:
        return list(people.map(alone, range(PEOPLE)))


def receive(article, text, **fields):
    return Thread.for_article(article).receive(
        text=text, **{"name": "R", "email": "r@mail.example", **fields}
    )


def test_one_form_sent_many_times_in_a_moment_brings_one_comment():
    article = make.article()

    found = all_at_once(lambda number: receive(article, "Hello.", key="form:1"))

    assert {comment.pk for comment in found} == {Comment.objects.get().pk}


def test_many_comments_in_a_moment_all_have_their_place():
    article = make.article()

    all_at_once(lambda number: receive(article, f"Number {number}.", email=f"r{number}@mail.example"))

    assert [comment.number for comment in Comment.objects.under(article.pk)] == list(range(1, PEOPLE + 1))


def test_of_many_moderators_one_decides_and_the_others_are_told():
    comment = make.comment(state="pending")

    def decide(number):
        mine = Comment.objects.get(pk=comment.pk)
        (mine.reject if number % 2 else mine.approve)(by=None, expected="pending")

    outcomes = all_at_once(decide)

    assert [type(outcome) for outcome in outcomes].count(Conflict) == PEOPLE - 1
    assert comment.decisions.count() == 2
