"""Many people at once: nothing is doubled, nothing overruled unseen, nothing lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from comments.models import Comment, Conflict, Reader, Thread
from tests import make
from tests.together import meanwhile

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


def test_two_decisions_on_one_readers_comments_at_once_are_both_counted():
    one, other = (make.comment(state="pending", email="rosa@mail.example") for _number in range(2))

    meanwhile(lambda: one.approve(by=None), lambda: other.approve(by=None))

    assert Reader.objects.get().approved == 2


def test_a_comment_coming_while_another_of_its_reader_is_judged_is_counted():
    one, elsewhere = (
        make.comment(state="pending", email="rosa@mail.example"),
        Thread.for_article(make.article()),
    )

    meanwhile(
        lambda: one.approve(by=None),
        lambda: elsewhere.restore(text="I was there.", name="Rosa", email="rosa@mail.example"),
    )

    assert Reader.objects.get().approved == 2


def test_replies_and_decisions_on_what_they_answer_never_wait_in_a_circle():
    article = make.article()
    parents = [make.comment(article=article, email="rosa@mail.example") for _number in range(PEOPLE)]

    def quarrel(number):
        parent = Comment.objects.get(pk=parents[number].pk)
        receive(article, f"Answer {number}.", parent=parent, email="rosa@mail.example")
        parent.reject(by=None)

    all_at_once(quarrel)

    assert Reader.objects.get().rejected == PEOPLE
