"""What is typed is kept on the server while it is typed, and offered again when it was never saved."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Presence, UnsavedText
from tests import make
from tests.sheet import address, opened

WINDOW, ANOTHER = "window-one", "window-two"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def autosave(client, person, article=None, *, window=WINDOW, count=1, **typed):
    """What the page's script sends."""
    sheet = opened(client, article, **typed)
    posted = {**sheet, "person": person.pk, "window": window, "count": count}
    return client.post(autosave_url(article), posted)


def autosave_url(article=None):
    return address(article, "autosave") if article else "/admin/articles/article/add/autosave/"


def offered(client, article=None):
    """What the page offers to restore, as a reader of the page sees it; empty if nothing."""
    offer = BeautifulSoup(client.get(address(article)).text, "html.parser").find(id="unsaved-offers")
    return " ".join(offer.text.split())


def test_what_is_typed_is_kept_and_changes_nothing_else(desk, editor):
    article = make.article(headline="Talks stall")

    answer = autosave(desk, editor, article, headline="Talks resume", slug="no slug at all")

    assert answer.json() == {"count": 1, "closed": False, "present": [], "newer": None}
    assert ["headline", "Talks resume"] in UnsavedText.objects.get().sheet
    assert article.revisions.count() == 1
    assert Article.objects.get().headline == "Talks stall"


def test_the_next_text_takes_the_place_of_the_one_before(desk, editor):
    article = make.article("draft")

    for count, words in enumerate(("One", "One two", "One two three"), 1):
        autosave(desk, editor, article, body=words, count=count)

    kept = UnsavedText.objects.get()
    assert (kept.count, dict(kept.sheet)["body"]) == (3, "One two three")


def test_a_text_that_arrives_late_replaces_no_newer_one(desk, editor):
    article = make.article("draft")
    autosave(desk, editor, article, body="Newer", count=2)

    late = autosave(desk, editor, article, body="Older", count=1)

    assert late.json()["count"] == 2
    assert dict(UnsavedText.objects.get().sheet)["body"] == "Newer"


def test_unsaved_words_are_offered_with_what_they_say_differently_names_as_names(desk, editor):
    article, ana = make.article("draft", headline="Ports"), make.contributor("Ana Belo")

    autosave(desk, editor, article, headline="Ports reopen", **{"bylines-0-contributor": ana.pk})

    assert "There is text of yours here that was never saved" in offered(desk, article)
    assert "Ana Belo" in offered(desk, article) and "reopen" in offered(desk, article)


def test_words_that_say_what_the_latest_version_says_are_not_offered(desk, editor):
    article = make.article("draft")

    autosave(desk, editor, article)

    assert UnsavedText.objects.waiting().exists()
    assert offered(desk, article) == ""


def test_nobody_else_is_offered_them(desk, editor):
    article = make.article("draft")
    autosave(desk, editor, article, headline="Mine")

    desk.force_login(make.user("editor"))

    assert offered(desk, article) == ""


def test_restored_words_are_in_the_form_and_saved_from_there(desk, editor):
    article = make.article("draft", headline="Ports")
    autosave(desk, editor, article, headline="Ports reopen")

    page = desk.get(address(article) + f"?unsaved={WINDOW}")
    restored = page.context["form"].data.dict()
    desk.post(address(article), restored)

    assert "Ports reopen" in page.text
    assert article.latest_revision.content["headline"] == "Ports reopen"
    assert not UnsavedText.objects.waiting().exists()


def test_saving_forgets_them_and_what_arrives_from_that_window_after_it(desk, editor):
    article = make.article("draft")
    autosave(desk, editor, article, headline="Typed", window=WINDOW)
    desk.post(address(article), opened(desk, article, headline="Typed", window=WINDOW))

    late = autosave(desk, editor, article, headline="Typ", window=WINDOW, count=2)

    assert late.json()["closed"]
    assert not UnsavedText.objects.waiting().exists()


def test_a_new_article_is_kept_before_it_exists(desk, editor):
    autosave(desk, editor, headline="Ports reopen")

    assert "Ports reopen" in offered(desk)
    desk.post(address(), opened(desk, headline="Ports", section=make.section().pk, window=WINDOW))
    assert Article.objects.get().headline == "Ports"
    assert offered(desk) == ""


def test_words_that_wait_stay_beside_those_of_another_window(desk, editor):
    article = make.article("draft")
    autosave(desk, editor, article, body="Took an hour", window=WINDOW)

    autosave(desk, editor, article, body="Begun anew", window=ANOTHER)

    assert "hour" in offered(desk, article)
    assert "anew" in offered(desk, article)


def test_restored_words_are_offered_from_one_window_only(desk, editor):
    article = make.article("draft")
    autosave(desk, editor, article, body="Took an hour", window=WINDOW)

    autosave(desk, editor, article, body="Took an hour, and more", window=ANOTHER, instead_of=WINDOW)

    assert [dict(text.sheet)["body"] for text in UnsavedText.objects.waiting()] == ["Took an hour, and more"]


def test_who_leaves_very_many_windows_unsaved_is_told_to_look_at_them(desk, editor):
    article = make.article("draft")

    answers = [autosave(desk, editor, article, window=f"window-{number}") for number in range(9)]

    assert [answer.status_code for answer in answers] == [200] * 8 + [409]
    assert "Restore or discard some of them first" in answers[-1].json()["problem"]


def test_discarding_takes_a_press_and_forgets_them(desk, editor):
    article = make.article("draft")
    autosave(desk, editor, article, headline="Typed")

    answer = desk.post(address(article, "discard"), {"instead_of": WINDOW}, follow=True)

    assert "Forgotten" in answer.text
    assert offered(desk, article) == ""


def test_who_may_not_change_an_article_keeps_nothing_for_it(client, writer):
    client.force_login(writer)
    own = make.article("in_review", by=writer)
    stranger = make.article("draft")

    assert autosave(client, writer, own).status_code == 403
    assert client.post(autosave_url(stranger), {}).status_code == 404
    assert not UnsavedText.objects.exists()


def test_who_is_logged_out_hears_so_in_a_word_a_script_understands(client, db):
    answer = client.post(autosave_url(), {})

    assert (answer.status_code, answer.json()) == (401, {"problem": "You are logged out."})


def test_words_are_kept_for_nobody_else_who_has_logged_in_meanwhile(desk, editor):
    article = make.article("draft")

    answer = autosave(desk, make.user("editor"), article)

    assert answer.status_code == 409
    assert str(editor) in answer.json()["problem"]


@pytest.mark.parametrize(
    ("posted", "status"),
    [
        ({"window": "<script>"}, 400),
        ({"count": "many"}, 400),
        ({"count": ""}, 400),
        ({"body": "x" * 600_000}, 413),
        ({"based_on": "abc"}, 200),
        ({"bylines-TOTAL_FORMS": "-1", "body": "a\x00b"}, 200),
        ({"age": "9" * 9}, 200),
    ],
)
def test_what_a_hostile_script_posts_is_answered_and_harms_nothing(desk, editor, posted, status):
    article = make.article("draft")

    answer = autosave(desk, editor, article, **{"headline": "Typed", **posted})

    assert answer.status_code == status
    assert desk.get(address(article)).status_code == 200


def test_they_go_a_month_after_they_were_typed(desk, editor):
    autosave(desk, editor, headline="Typed")

    UnsavedText.objects.forget_old()
    assert UnsavedText.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        UnsavedText.objects.forget_old()
    assert not UnsavedText.objects.exists()


def test_very_many_in_one_minute_are_too_many(desk, editor):
    posted = {"person": editor.pk, "window": WINDOW}

    answers = [desk.post(autosave_url(), {**posted, "count": n}).status_code for n in range(1, 123)]

    assert answers[:120] == [200] * 120
    assert answers[-1] == 429


def test_a_colleague_is_seen_while_the_page_is_open(desk, editor):
    article, ana = make.article("draft"), make.user("editor", first_name="Ana", last_name="B")
    Presence.objects.see(ana, article)

    answer = desk.post(address(article, "presence"), {})

    assert answer.json()["present"][0].startswith("Ana B has had it open since")
    assert "Ana B has had it open" in desk.get(address(article)).text
    assert "Ana B has had it open" in desk.get("/admin/articles/article/").text


def test_who_has_not_been_heard_of_for_a_minute_is_gone(desk, editor):
    article = make.article("draft")
    Presence.objects.see(make.user("editor"), article)

    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert desk.post(address(article, "presence"), {}).json()["present"] == []


def test_who_leaves_is_gone_at_once(desk, editor):
    article = make.article("draft")
    desk.post(address(article, "presence"), {})

    answer = desk.post(address(article, "presence"), {"leaving": "1"})

    assert answer.status_code == 204
    assert not Presence.objects.exists()


def test_a_newer_version_is_told_with_who_saved_it(desk, editor):
    article = make.article("draft")
    article.revise(by=make.user("editor", first_name="Ana", last_name="B"), headline="Hers")

    newer = desk.post(address(article, "presence"), {"based_on": 1}).json()["newer"]

    assert newer["sentence"].startswith("Ana B saved version 2 at")
    assert desk.get(newer["url"]).status_code == 200


def test_the_list_asks_as_much_for_twenty_who_have_something_open(desk, django_assert_num_queries):
    articles = [make.article("draft") for _ in range(20)]
    ask = lambda: desk.get("/admin/articles/article/")  # noqa: E731
    ask()
    with CaptureQueriesContext(connection) as before:
        ask()
    for article in articles:
        Presence.objects.see(make.user("editor"), article)

    with django_assert_num_queries(len(before)):
        ask()
