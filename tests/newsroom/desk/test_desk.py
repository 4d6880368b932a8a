"""The desk's home: what waits for whom, and nothing that is not theirs."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from tests import make


@pytest.fixture
def home(client):
    """The desk's home as this person sees it."""

    def seen_by(person):
        client.force_login(person)
        return BeautifulSoup(client.get("/admin/").text, "html.parser")

    return seen_by


def cards(page):
    return {card.span.text: int(card.b.text) for card in page.select(".waiting-card")}


def in_every_state(by):
    for state in ("draft", "in_review", "approved", "published", "withdrawn"):
        make.article(state, by=by)
    make.article("scheduled", at=timezone.now() + timedelta(days=1), by=by)
    make.article(at=timezone.now() - timedelta(days=2), by=by)


def test_an_editor_sees_what_waits(home, editor):
    in_every_state(by=editor)
    make.article("draft")
    make.comment(state="pending")

    assert cards(home(editor)) == {
        "My drafts": 1,
        "In review": 1,
        "Approved": 1,
        "Scheduled": 1,
        "Live since today": 2,
        "Comments waiting": 1,
        "Errors reported": 0,
    }


def test_every_card_leads_to_what_it_counts(client, home, editor):
    in_every_state(by=editor)

    for card in home(editor).select(".waiting-card"):
        if "articles" in card["href"]:
            assert client.get(card["href"]).context["cl"].result_count == int(card.b.text)
        else:
            assert client.get(card["href"]).status_code == 200


def test_a_writer_sees_their_own_and_no_comments(home, writer):
    make.article("draft", by=writer)
    make.article("draft", headline="Secret")
    make.comment(state="pending")

    page = home(writer)

    assert cards(page) == {
        "My drafts": 1,
        "In review": 0,
        "Approved": 0,
        "Scheduled": 0,
        "Live since today": 0,
    }
    assert "Secret" not in page.text


def test_a_moderator_sees_comments_and_no_article(home, moderator):
    make.article("draft", headline="Secret")
    make.comment(state="pending")

    page = home(moderator)

    assert cards(page) == {"Comments waiting": 1}
    assert "Secret" not in page.text
    assert not page.select("a[href*='articles/article']")


def test_what_was_changed_last_comes_first_and_once(home, editor):
    first, second = make.article("draft", headline="First"), make.article("draft", headline="Second")
    first.revise(by=editor, headline="First again")
    first.revise(by=editor, headline="First once more")

    recent = [line.b.text for line in home(editor).select(".recent li")]

    assert recent == ["First once more", "Second"]
    assert second.revisions.count() == 1


def test_the_home_costs_as_many_queries_with_twenty_articles_as_with_one(client, editor):
    client.force_login(editor)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/")
        return len(queries)

    in_every_state(by=editor)
    with_few = asked()
    for number in range(20):
        make.article("draft", section=f"part-{number}/inside", by=editor)

    assert asked() == with_few
    assert with_few <= 15


def test_the_desk_is_told_when_the_clock_has_stopped(home, editor, writer):
    make.article("scheduled", at=timezone.now() + timedelta(hours=1))

    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=4)):
        assert not home(editor).select(".alarm")
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=6)):
        assert "run_due" in home(editor).select_one(".alarm").text
        assert not home(writer).select(".alarm")


def test_a_replacement_that_is_late_is_told_too(home, editor):
    article = make.article()
    article.revise(by=editor, headline="Anew")
    article.publish(by=editor, expected=article.latest_revision, at=timezone.now() + timedelta(hours=1))

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert home(editor).select_one(".alarm")


def test_nobody_without_a_role_finds_anything(client, db):
    client.force_login(make.user("contributor", is_staff=False))
    assert client.get("/admin/").status_code == 302


def test_every_page_of_the_admin_is_private_and_kept_by_nobody(client, administrator):
    client.force_login(administrator)
    make.article()

    for path in (
        "/admin/",
        "/admin/articles/article/",
        f"/admin/articles/article/{Article.objects.get().pk}/change/",
    ):
        cache = client.get(path)["Cache-Control"]
        assert "private" in cache and "no-store" in cache


def test_no_page_of_the_admin_holds_a_script_or_a_style_of_its_own(client, administrator):
    client.force_login(administrator)
    article = make.article()
    paths = ["", "articles/article/", "articles/article/add/", f"articles/article/{article.pk}/change/"]
    paths += [
        f"articles/{m}/{what}"
        for m in ("section", "image", "contributor", "tag", "page")
        for what in ("", "add/")
    ]
    paths += ["newsroom/user/", "newsroom/user/add/", "newsroom/masthead/1/change/", "password_change/"]

    for path in paths:
        page = BeautifulSoup(client.get(f"/admin/{path}", follow=True).text, "html.parser")
        assert not page.select("style, [style], script:not([src])"), path
        assert not [tag for tag in page.find_all(True) if any(name.startswith("on") for name in tag.attrs)], (
            path
        )
