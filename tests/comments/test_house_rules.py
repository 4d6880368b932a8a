"""Open, closed, or closing after so many days: for the whole paper and for one article."""

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from comments.models import HouseRules, Thread
from tests import make

pytestmark = pytest.mark.django_db


def is_open(article):
    return Thread.for_article(article).is_open()


def days_later(days):
    return time_machine.travel(timezone.now() + make.hours(24 * days), tick=False)


def test_comments_are_open_and_stay_open_unless_the_house_says_otherwise():
    article = make.article()

    with days_later(3000):
        assert is_open(article)


def test_the_desk_closes_every_conversation_at_once():
    article = make.article(comment_policy="open")
    HouseRules(pk=1, open=False).save()

    assert not is_open(article)


def test_one_article_can_be_closed():
    assert not is_open(make.article(comment_policy="closed"))


def test_conversations_close_by_themselves_and_say_when():
    HouseRules(pk=1, close_after_days=14).save()
    article = make.article(at=timezone.now() - make.hours(24 * 13))
    closing = timezone.localtime(article.publish_at + make.hours(24 * 14))

    assert is_open(article)
    with days_later(1.1):
        sentence = Thread.for_article(article).closed_sentence()
    assert f"{closing:%Y}" in sentence and "closed on" in sentence


@pytest.mark.parametrize(
    ("policy", "own_days", "open_on_day_10"),
    [
        ("default", None, False),
        ("default", 30, True),
        ("open", None, True),
        ("open", 5, False),
        ("closed", 30, False),
    ],
)
def test_an_articles_own_rule_wins_over_the_house(policy, own_days, open_on_day_10):
    HouseRules(pk=1, close_after_days=7).save()
    article = make.article(comment_policy=policy, comments_close_after=own_days)

    with days_later(10):
        assert is_open(article) is open_on_day_10


def test_there_is_one_set_of_house_rules():
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseRules(pk=2).save()
