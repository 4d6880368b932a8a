"""What readers see of a conversation: what was approved, safe to look at, in parts of a bearable length."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments import reading
from comments.models import Comment, Thread
from newsroom.foundations.pagecache.keys import shown
from tests import make

pytestmark = pytest.mark.django_db


def everywhere(client, article):
    """All pages of the site on which a comment could show."""
    pages = ["/", "/feed/", "/search/?q=harbour", article.get_absolute_url(), f"/comments/{article.pk}/"]
    return "".join(client.get(page).text for page in pages)


@pytest.mark.parametrize("state", ["pending", "rejected", "spam"])
def test_what_was_not_approved_shows_nowhere(client, state):
    comment = make.comment("The harbour master lied.", state, name="Zebedee")

    shown = everywhere(client, comment.thread.article)

    assert "harbour master" not in shown
    assert "Zebedee" not in shown


def test_an_approved_comment_shows_on_the_next_request_and_a_rejected_one_no_more(client, moderator):
    comment = make.comment("The harbour master lied.", "pending")
    page = comment.thread.article.get_absolute_url()
    assert "harbour master" not in client.get(page).text

    comment.approve(by=moderator)
    assert "harbour master" in client.get(page).text

    comment.reject(by=moderator)
    assert "harbour master" not in client.get(page).text


def test_a_page_names_the_conversation_it_shows(client):
    comment = make.comment()

    response = client.get(comment.thread.article.get_absolute_url())

    assert f"thread:{comment.thread_id}" in shown(response.wsgi_request).keys
    assert not response.cookies


def test_a_comment_cannot_run_anything(client):
    attack = (
        "<script>alert(1)</script> <img src=x onerror=alert(1)> [a](javascript:alert(1)) javascript:alert(1)"
    )
    comment = make.comment(attack, name="<b onclick=alert(1)>Eve</b>")

    shown = client.get(comment.thread.article.get_absolute_url()).text
    conversation = shown[shown.index('id="comments"') :]

    assert "<script>alert" not in shown and "<img src=x" not in shown and "<b onclick" not in shown
    assert 'href="javascript' not in conversation
    assert "&lt;b onclick=alert(1)&gt;Eve&lt;/b&gt;" in conversation


def test_links_of_readers_carry_no_weight(client):
    comment = make.comment("I read it at https://a.example/story last week.")

    shown = client.get(comment.thread.article.get_absolute_url()).text

    assert '<a href="https://a.example/story" rel="nofollow ugc noopener">' in shown
    assert "data-nosnippet" in shown


def test_nothing_private_is_on_the_page(client):
    thread = Thread.for_article(make.article())
    comment = thread.receive(text="Hello.", name="R", email="secret@mail.example", ip_hash="a1b2" * 16)
    comment.approve(by=None)

    shown = everywhere(client, thread.article)

    assert "Hello." in shown
    assert "secret@mail.example" not in shown and "a1b2a1b2" not in shown


def test_a_colleagues_comment_carries_their_badge(client, editor):
    make.contributor("Ana Beltrán", user=editor, role="Americas correspondent")
    article = make.article()
    Thread.for_article(article).receive(text="Thank you.", by=editor)

    assert "Americas correspondent" in client.get(article.get_absolute_url()).text


def test_where_a_comment_was_removed_its_answers_stay(client, moderator):
    parent = make.comment("Something unkind.", name="Mallory")
    article = parent.thread.article
    make.comment("That was unkind.", article=article, parent=parent)
    parent.reject(by=moderator)

    part = reading.part(article.pk)
    shown = client.get(article.get_absolute_url()).text

    assert [getattr(voice, "is_removed", False) for voice in part.comments] == [True, False]
    assert "That was unkind." in shown
    assert "Something unkind." not in shown and "Mallory" not in shown


def test_where_all_answers_were_removed_too_nothing_stands(moderator):
    parent = make.comment(state="rejected")
    make.comment(article=parent.thread.article, parent=parent, state="rejected")

    assert reading.part(parent.thread_id).comments == []


def test_a_long_conversation_is_read_in_parts_that_miss_nothing(client, monkeypatch):
    monkeypatch.setattr(reading, "PART", 3)
    article = make.article()
    parent = make.comment("0", article=article)
    for number in range(1, 8):
        make.comment(str(number), article=article, parent=parent if number % 2 else None)
    everything = [comment.pk for comment in Comment.objects.under(article.pk)]

    read, after, parts = [], None, 0
    while after or not read:
        part = reading.part(article.pk, after)
        read += [comment.pk for comment in part.comments]
        after, parts = part.following, parts + 1

    assert read == everything
    assert (parts, part.count) == (3, 8)
    assert (
        client.get(f"/comments/{article.pk}/?after={reading.part(article.pk).following}").status_code == 200
    )
    assert f"/comments/{article.pk}/?after=" in client.get(article.get_absolute_url()).text


def test_a_removed_comment_is_not_announced_again_on_the_next_part(monkeypatch, moderator):
    monkeypatch.setattr(reading, "PART", 2)
    parent = make.comment()
    article = parent.thread.article
    for _ in range(4):
        make.comment(article=article, parent=parent)
    parent.reject(by=moderator)

    first = reading.part(article.pk)
    second = reading.part(article.pk, first.following)

    assert [getattr(voice, "is_removed", False) for voice in first.comments] == [True, False, False]
    assert [getattr(voice, "is_removed", False) for voice in second.comments] == [False, False]


@pytest.mark.parametrize(
    "query", ["after=abc", "after=1", "after=9999999", "after=", "page=2", "after=000000١"]
)
def test_a_part_that_cannot_be_is_a_404(client, query):
    comment = make.comment()

    assert client.get(f"/comments/{comment.thread_id}/?{query}").status_code == 404


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_the_conversation_of_an_article_nobody_can_read_is_closed_to_all(client, state):
    comment = make.comment(article=make.article(state=state))

    assert client.get(f"/comments/{comment.thread_id}/").status_code == 404


@pytest.mark.parametrize("page", ["article", "conversation"])
def test_a_page_costs_the_same_with_twenty_comments_as_with_one(client, editor, page):
    article = make.article()
    colleague = make.contributor("Ana Beltrán", user=editor)
    address = article.get_absolute_url() if page == "article" else f"/comments/{article.pk}/"
    parent = make.comment(article=article)
    for _time in range(2):
        client.get(address)  # what is remembered is not counted
        client.forget_pages()

    with CaptureQueriesContext(connection) as with_one:
        client.get(address)
    for number in range(19):
        make.comment(article=article, parent=parent, contributor=colleague if number % 3 else None)
    with CaptureQueriesContext(connection) as with_twenty:
        client.get(address)

    assert len(with_twenty) == len(with_one)


def test_the_conversation_itself_costs_two_queries(django_assert_num_queries, rf):
    article = make.comment().thread.article
    make.comment(article=article)

    with django_assert_num_queries(2):
        reading.under(article, rf.get("/"))
