"""When a reader's words may appear before a moderator has read them. See docs/decisions/0004."""

import pytest
import time_machine
from django.utils import timezone

from comments.models import Comment, HouseRules, Thread
from tests import make

pytestmark = pytest.mark.django_db

KNOWN = {"name": "Rosa", "email": "rosa@mail.example", "ip_hash": "a" * 64}


def receive(text, **fields):
    return Thread.for_article(make.article()).receive(text=text, **{**KNOWN, **fields})


@pytest.fixture
def rosa(moderator):
    """A reader with two approved comments, in a house that trusts after two."""
    HouseRules(pk=1, trust_after=2).save()
    comments = [receive("My first."), receive("My second.")]
    for comment in comments:
        comment.approve(by=moderator)
    return comments[0].reader


def test_nobody_is_trusted_unless_the_house_says_so(rosa):
    HouseRules(pk=1, trust_after=0).save()

    assert receive("My third.").state == "pending"


def test_a_reader_who_has_earned_trust_is_heard_at_once(rosa):
    comment = receive("My third.")

    assert comment.state == "approved"
    assert comment.decisions.get().by is None


def test_one_approved_comment_is_not_yet_two(rosa, moderator):
    HouseRules(pk=1, trust_after=3).save()

    assert receive("My third.").state == "pending"


@pytest.mark.parametrize(
    "stolen",
    [
        {"name": "Somebody Else"},
        {"ip_hash": "b" * 64},
        {"ip_hash": ""},
        {"email": "other@mail.example"},
    ],
)
def test_typing_a_trusted_readers_address_is_not_enough(rosa, stolen):
    assert receive("My third.", **stolen).state == "pending"


def test_a_finding_holds_a_trusted_reader_too(rosa):
    assert receive("https://a.example").state == "pending"


def test_a_refused_comment_costs_trust_for_a_while(rosa, moderator):
    receive("My third.").reject(by=moderator)

    assert receive("My fourth.").state == "pending"
    with time_machine.travel(timezone.now() + make.hours(24 * 91)):
        assert receive("My fifth.").state == "approved"


def test_trust_is_not_remembered_longer_than_the_network_address(rosa):
    Comment.objects.update(ip_hash="")

    assert receive("My third.").state == "pending"
