"""Stories of one day that appear at the same moment, on the one database where they can."""

import pytest

from articles.models import Article
from articles.models.days import Day
from tests import make
from tests.together import meanwhile

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]


def test_two_publications_of_one_day_at_once_are_both_counted():
    one, other = make.article("approved"), make.article("approved")

    meanwhile(lambda: one.publish(by=None, expected=1), lambda: other.publish(by=None, expected=1))

    assert Day.objects.get().articles == 2


def test_days_are_counted_again_while_a_story_appears():
    make.article()
    article = Article.objects.get(pk=make.article("approved").pk)
    Day.objects.update(articles=7)

    meanwhile(
        lambda: article.publish(by=None, expected=article.latest_revision), lambda: Day.objects.rebuild()
    )

    assert Day.objects.get().articles == 2
