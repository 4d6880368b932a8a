"""A comment comes into a conversation: held until it is read, stored once, in its place."""

import pytest
from django.db import connection
from django.utils import timezone

from comments.models import (
    AlreadySent,
    Comment,
    FormUsed,
    HouseRules,
    NothingSaid,
    ReplyRefused,
    Thread,
    ThreadClosed,
)
from comments.screening import SCREENS
from newsroom.foundations.markup import MarkupRefused
from tests import make

pytestmark = pytest.mark.django_db


def receive(article, text="They said the same in 2019, and the port closed anyway.", **fields):
    by_default = {"name": "R. Castellanos", "email": "r@mail.example"}
    return Thread.for_article(article).receive(text=text, **{**by_default, **fields})


def test_a_comment_is_held_until_a_moderator_has_read_it():
    comment = receive(make.article())

    assert comment.state == "pending"
    assert list(Comment.objects.awaiting()) == [comment]
    assert not Comment.objects.approved().exists()
    assert [(d.verb, d.by, d.end) for d in comment.decisions.all()] == [("receive", None, "pending")]


def test_the_longest_waiting_comment_comes_first_in_the_queue():
    article = make.article()
    later, earlier = receive(article, "Later."), receive(article, "Earlier.")
    Comment.objects.filter(pk=earlier.pk).update(received_at=timezone.now() - make.hours(2))

    assert list(Comment.objects.awaiting()) == [earlier, later]


def test_a_form_sent_twice_brings_one_comment():
    article = make.article()

    first, second = receive(article, key="form:1"), receive(article, key="form:1")

    assert first == second
    assert Comment.objects.count() == 1


def test_a_form_sent_twice_is_recognised_even_when_comments_have_closed_since():
    article = make.article()
    first = receive(article, key="form:1")
    HouseRules(pk=1, open=False).save()

    assert receive(article, key="form:1") == first


def test_a_used_form_with_other_words_is_not_taken_for_the_same_comment():
    article = make.article()
    receive(article, "First thoughts.", key="form:1")

    with pytest.raises(FormUsed):
        receive(article, "Second thoughts.", key="form:1")


def test_the_same_words_from_the_same_reader_are_taken_once():
    article = make.article()
    receive(article, "Yes!", email="Rosa@Mail.example", key="form:1")

    with pytest.raises(AlreadySent):
        receive(article, "Yes!", email="rosa@mail.example ", key="form:2")


def test_nobody_silences_a_reader_by_saying_their_words_with_their_address_first():
    article = make.article()
    receive(article, "Yes!", email="rosa@mail.example", ip_hash="somebody else")

    assert receive(article, "Yes!", email="rosa@mail.example", ip_hash="rosa").pk


@pytest.mark.django_db(transaction=True)
def test_words_are_rendered_and_screened_before_the_conversation_is_locked(monkeypatch):
    locked = []

    def watch(comment, rules):
        locked.append((bool(comment.html), connection.in_atomic_block))

    monkeypatch.setitem(SCREENS, "watch", watch)

    receive(make.article())

    assert locked == [(True, False)]


def test_the_same_words_may_answer_two_different_comments():
    article = make.article()
    one, other = make.comment(article=article), make.comment(article=article)

    receive(article, "Thank you.", parent=one)
    receive(article, "Thank you.", parent=other)

    assert Comment.objects.awaiting().count() == 2


def test_a_conversation_has_nothing_of_another():
    ours, theirs = make.article(), make.article()

    receive(ours)

    assert not Comment.objects.under(theirs.pk).exists()


def test_replies_follow_what_they_answer_in_the_order_they_came():
    article = make.article()
    first = make.comment("first", article=article)
    second = make.comment("second", article=article)
    make.comment("a reply to second", article=article, parent=second)
    early = make.comment("a reply to first", article=article, parent=first)
    make.comment("another to first", article=article, parent=first)
    make.comment("a reply to the reply", article=article, parent=early)

    found = [(comment.text, comment.depth) for comment in Comment.objects.under(article.pk)]

    assert found == [
        ("first", 0),
        ("a reply to first", 1),
        ("a reply to the reply", 2),
        ("another to first", 1),
        ("second", 0),
        ("a reply to second", 1),
    ]


def test_a_quarrel_can_go_on_without_end():
    article = make.article()
    parent = None
    for number in range(12):
        parent = make.comment(f"{number}. And another thing.", article=article, parent=parent)

    texts = [int(comment.text.split(".")[0]) for comment in Comment.objects.under(article.pk)]

    assert texts == list(range(12))
    assert parent.depth == 7
    assert parent.parent.text.startswith("10.")


@pytest.mark.parametrize("state", ["pending", "rejected", "spam"])
def test_what_readers_cannot_see_cannot_be_answered(state):
    hidden = make.comment(state=state)

    with pytest.raises(ReplyRefused):
        receive(hidden.thread.article, parent=hidden)


def test_a_reply_cannot_come_into_another_conversation():
    elsewhere = make.comment()

    with pytest.raises(ReplyRefused):
        receive(make.article(), parent=elsewhere)


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "withdrawn"])
def test_an_article_readers_cannot_see_takes_no_comments(state):
    with pytest.raises(ThreadClosed):
        receive(make.article(state=state))

    assert not Comment.objects.exists()


def test_an_article_withdrawn_a_moment_ago_takes_no_comments(editor):
    article = make.article()
    seen_before = Thread.for_article(article)
    type(article).objects.get(pk=article.pk).withdraw(by=editor, expected=1, reason="Forged.")

    with pytest.raises(ThreadClosed):
        seen_before.receive(text="Too late.", name="R", email="r@mail.example")


@pytest.mark.parametrize("words", ["---", "\u200b\u200b", "> "])
def test_a_comment_must_say_something(words):
    with pytest.raises(NothingSaid):
        receive(make.article(), words)


def test_a_comment_too_long_to_read_is_refused_with_the_limit():
    with pytest.raises(MarkupRefused, match="5,000"):
        receive(make.article(), "long " * 1001)


def test_a_colleague_with_a_byline_speaks_at_once_under_their_own_name(editor):
    make.contributor("Ana Beltrán", user=editor, role="Americas correspondent")

    comment = receive(make.article(), name="Somebody Else", by=editor)

    assert (comment.name, comment.badge, comment.state) == (
        "Ana Beltrán",
        "Americas correspondent",
        "approved",
    )
    assert comment.reader is None
    assert comment.decisions.get().by == editor


def test_an_article_going_live_has_its_conversation():
    article = make.article()

    assert Thread.objects.filter(article=article).exists()


def test_a_restored_comment_keeps_its_date_and_state_and_is_restored_once():
    article, long_ago = make.article(), timezone.now() - make.hours(9000)
    facts = {"text": "So it was.", "name": "Old Reader", "email": "", "key": "wordpress:17"}
    thread = Thread.for_article(article)

    first = thread.restore(**facts, state="rejected", received_at=long_ago)
    second = thread.restore(**facts, state="approved")

    assert first == second
    assert (first.state, first.received_at, first.reader) == ("rejected", long_ago, None)
    assert first.decisions.get().reason == "imported"


def test_a_comment_can_be_restored_under_an_article_that_takes_none():
    HouseRules(pk=1, open=False).save()

    assert make.comment(article=make.article(state="withdrawn")).state == "approved"
