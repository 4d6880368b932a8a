"""What goes to the desk, and how it comes back: nothing empty, taken back by its writer, or returned with a reason."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, ArticleEvent, NotAllowed, NotReady
from tests import make

pytestmark = pytest.mark.django_db


def submitted(by):
    article = make.article("draft", by=by)
    article.submit(by=by, expected=1)
    return article


def returned(by, reason="Who says so?"):
    article = submitted(by)
    article.send_back(by=None, expected=1, reason=reason)
    return article


def planned_change(**soon):
    """A live article whose next version is to replace it."""
    article = make.article(headline="Changing")
    article.revise(by=None, headline="Changed")
    article.publish(by=None, expected=2, at=timezone.now() + timedelta(**soon))
    return article


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ({"headline": " "}, "Missing: the headline."),
        ({"body": "\n"}, "Missing: the text."),
        ({"headline": "", "body": ""}, "Missing: the headline and the text."),
    ],
)
def test_an_article_without_words_is_not_submitted_and_its_writer_hears_what_is_missing(words, missing):
    article = make.article("draft", **words)

    with pytest.raises(NotReady, match=missing):
        article.submit(by=None, expected=1)

    assert (Article.objects.get().state, ArticleEvent.objects.count()) == ("draft", 0)


def test_a_writer_takes_her_submission_back_and_goes_on_writing(writer):
    article = submitted(writer)

    article.recall(by=writer, expected=1)
    article.revise(by=writer, headline="Better")

    assert Article.objects.get().state == "draft"
    assert ArticleEvent.objects.first().past == "taken back by its writer"


def test_what_somebody_else_submitted_is_sent_back_and_not_taken_back(editor, writer):
    article = submitted(writer)

    with pytest.raises(NotAllowed):
        article.recall(by=editor, expected=1)


def test_the_writer_reads_on_her_home_what_came_back_and_why(client, writer):
    returned(writer)
    client.force_login(writer)

    home = client.get("/admin/").text

    assert "Sent back to you" in home
    assert "Who says so?" in home


def test_what_was_submitted_again_or_taken_back_since_no_longer_stands_as_returned(client, writer):
    returned(writer).submit(by=writer, expected=1)
    taken_back = returned(writer)
    taken_back.submit(by=writer, expected=1)
    taken_back.recall(by=writer, expected=1)
    client.force_login(writer)

    assert "Sent back to you" not in client.get("/admin/").text
    assert Article.objects.get(pk=taken_back.pk).sent_back() is None


def test_nobody_reads_what_came_back_to_another(client, editor, writer):
    returned(writer)
    client.force_login(editor)

    assert "Who says so?" not in client.get("/admin/").text


def test_the_home_asks_as_much_for_many_returned_drafts_as_for_one(client, writer):
    client.force_login(writer)

    def questions():
        with CaptureQueriesContext(connection) as asked:
            assert "Who says so?" in client.get("/admin/").text
        return len(asked)

    returned(writer)
    client.get("/admin/")
    one = questions()
    for _ in range(5):
        returned(writer)

    assert questions() == one


def test_a_planned_change_of_a_live_article_stands_among_the_scheduled_in_the_order_of_time(client, editor):
    planned_change(hours=2)
    make.article("scheduled", at=timezone.now() + timedelta(hours=3), headline="Later")
    make.article("scheduled", at=timezone.now() + timedelta(hours=1), headline="Sooner")
    make.article(headline="Live and staying so")
    client.force_login(editor)

    listed = client.get("/admin/articles/article/?state=scheduled").context["cl"].result_list
    cards = {str(card.label): card.count for card in client.get("/admin/").context["cards"]}

    assert [article.headline for article in listed] == ["Sooner", "Changing", "Later"]
    assert cards["Scheduled"] == 3


def test_a_planned_change_that_was_cancelled_is_scheduled_no_more():
    article = planned_change(hours=2)

    article.cancel_replacement(by=None, expected=2)

    assert not Article.objects.planned().exists()
