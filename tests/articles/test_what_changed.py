"""What readers may compare: the versions they have seen, and never one they have not."""

import pytest
from django.utils import timezone

from articles.models import Article, NotReady
from newsroom.models import Masthead
from tests import make

pytestmark = pytest.mark.django_db


def published(article, *, minor=False, at=None, **fields):
    revision = article.revise(by=None, **fields)
    article.publish(by=None, expected=revision, minor=minor, at=at)


def changes(client, article, query=""):
    return client.get(article.changes_path + query)


def test_readers_compare_what_a_story_said_before(client):
    article = make.article(headline="Pier opens", body="It is 90 metres long.")
    assert "/changes/" not in client.get(article.get_absolute_url()).text
    published(article, body="It is 80 metres long.")

    page = changes(client, article)

    assert article.changes_path in client.get(article.get_absolute_url()).text
    assert "<del>90</del>" in page.text.replace("\n", "")
    assert "<ins>80</ins>" in page.text.replace("\n", "")


def test_a_minor_change_is_no_entry_of_its_own(client):
    article = make.article(headline="Pier opens", standfirst="A long teh pier.")
    published(article, minor=True, standfirst="A long the pier.")

    assert not Article.objects.get().has_changes
    assert changes(client, article).status_code == 404
    published(article, headline="Pier opens at last")
    assert changes(client, article).text.count('class="change"') == 1


def test_nothing_readers_have_not_seen_is_compared(client):
    article = make.article(body="Seen.\n\n<!-- hushed remark -->", standfirst="First")
    article.revise(by=None, standfirst="Hushed draft")
    published(
        article,
        standfirst="Second",
        body="Seen.\n\n<!-- hushed remark -->\n\nAgain.",
        seo_title="Hushed title",
    )
    published(article, standfirst="Hushed plan", at=timezone.now() + make.hours(1))
    article.revise(by=None, standfirst="Hushed again")

    page = changes(client, article)

    assert "Second" in page.text
    assert "ushed" not in page.text


def test_versions_scheduled_before_the_first_publication_stay_hidden(client):
    article = make.article("scheduled", at=timezone.now() + make.hours(5), standfirst="Hushed")
    revision = article.revise(by=None, standfirst="First")
    article.publish(by=None, expected=revision)
    published(article, standfirst="Second")

    page = changes(client, article).text

    assert "First" in page
    assert "Hushed" not in page


@pytest.mark.parametrize("state", ["withdrawn", "scheduled"])
def test_a_story_readers_may_not_see_says_nothing_of_its_changes(client, state):
    article = make.corrected_article()
    before = changes(client, article)
    if state == "withdrawn":
        article.withdraw(by=None, expected=2, reason="Forged.")
    else:
        Article.objects.update(publish_at=timezone.now() + make.hours(1))
        client.forget_pages()

    assert (before.status_code, changes(client, article).status_code) == (200, 404)


def test_the_desk_may_hide_the_changes_of_a_story_and_says_why(client, editor):
    article = make.corrected_article()
    changes(client, article)
    with pytest.raises(NotReady):
        article.hide_changes(by=editor, expected=2, reason=" ")

    article.hide_changes(by=editor, expected=2, reason="It named a minor.")

    assert changes(client, article).status_code == 404
    assert "/changes/" not in client.get(article.get_absolute_url()).text
    assert article.events.first().reason == "It named a minor."
    article.show_changes(by=editor, expected=2)
    assert changes(client, article).status_code == 200


def test_a_paper_may_keep_what_changed_to_itself(client):
    article = make.corrected_article()
    masthead = Masthead.objects.get_or_create(pk=1)[0]
    masthead.shows_changes = False
    masthead.save()

    assert changes(client, article).status_code == 404
    assert "/changes/" not in client.get(article.get_absolute_url()).text


def test_a_long_history_is_paged(client, django_assert_max_num_queries):
    article = make.article(standfirst="Number 0.")
    for number in range(1, 13):
        published(article, standfirst=f"Number {number}.")

    found, query = [], ""
    while query is not None:
        page = changes(client, article, query).text
        found.append(page.count('class="change"'))
        query = page.split('rel="next" href="')[1].split('"')[0] if 'rel="next"' in page else None
    assert found == [5, 5, 2]
    client.forget_pages()
    with django_assert_max_num_queries(3):
        changes(client, article)
    for nonsense in ("?before=1x", "?before=0", "?before=99999999"):
        assert changes(client, article, nonsense).status_code == 404


def test_hostile_words_are_compared_as_words(client):
    article = make.article(standfirst="<b>old</b>")
    published(article, standfirst="<script>alert(1)</script>")

    page = changes(client, article).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
