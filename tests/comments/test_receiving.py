"""A comment comes into a conversation: held until it is read, stored once, in its place."""

import pytest

from comments.models import Comment, Thread
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
