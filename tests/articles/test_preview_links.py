"""A preview link shows one article to somebody without a login, until it expires or is revoked; and nothing else."""

import re
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import permissions
from articles.models import NotAllowed, NotReady, PreviewLink
from articles.models.preview_links import MOST_OPEN
from articles.paths import refuse_reserved
from tests import make
from tests.sheet import address

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def shared(article, by, *, lasts=DAY, **how):
    return PreviewLink.share(article, by=by, label="Dr Osei", lasts=lasts, **how)


def path_of(link):
    return (
        link.url.removeprefix("https://newsroom.example")
        if "://" not in link.url
        else "/" + link.url.split("/", 3)[3]
    )


def opened(client, link):
    return client.get(path_of(link))


def test_whoever_has_the_link_reads_the_draft_without_a_login(client, editor):
    article = make.article("draft", headline="Talks resume", body="At *dawn*.")

    answer = opened(client, shared(article, editor))

    page = BeautifulSoup(answer.text, "html.parser")
    assert answer.status_code == 200
    assert page.find("h1").text == "Talks resume" and page.find("em", string="dawn")
    assert f"Not published. Shared by {editor.get_full_name()} until" in page.text


def test_what_a_link_shows_is_kept_by_nobody_listed_nowhere_and_tells_no_other_site(client, editor):
    answer = opened(client, shared(make.article("draft"), editor))

    assert {"private", "no-store"} <= set(re.split(r",\s*", answer["Cache-Control"]))
    assert "noindex" in answer["X-Robots-Tag"] and 'name="robots" content="noindex"' in answer.text
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies and "cookie" not in answer.get("Vary", "").lower()
    assert "Disallow: /preview/" in client.get("/robots.txt").text.splitlines()


def test_a_shared_page_has_no_comments_and_no_way_to_the_desk(client, editor):
    page = BeautifulSoup(opened(client, shared(make.article(), editor)).text, "html.parser")

    assert not page.select(".comments, comment-form, script")
    assert not [link["href"] for link in page.select("[href]") if link["href"].startswith("/admin")]


def test_a_link_shows_the_latest_version_whenever_it_is_opened_or_a_fixed_one(client, editor):
    article = make.article("draft", headline="First")
    following, fixed = shared(article, editor), shared(article, editor, revision=article.latest_revision)

    article.revise(by=editor, headline="Second")

    assert '<h1 dir="auto">Second</h1>' in opened(client, following).text
    assert '<h1 dir="auto">First</h1>' in opened(client, fixed).text


def test_an_expired_a_revoked_and_an_unknown_link_are_told_the_same(client, editor):
    article = make.article("draft")
    expired, revoked = shared(article, editor), shared(article, editor, lasts=2 * DAY)
    revoked.revoke(by=editor)

    with time_machine.travel(timezone.now() + DAY + make.hours(1)):
        answers = [client.get(path) for path in (path_of(expired), path_of(revoked), "/preview/guessed/")]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert all("no-store" in answer["Cache-Control"] for answer in answers)
    assert all(answer["Referrer-Policy"] == "no-referrer" for answer in answers)


def test_of_a_token_of_192_bits_only_a_hash_is_stored(editor):
    link = shared(make.article("draft"), editor)

    stored = PreviewLink.objects.values().get(pk=link.pk)
    assert len(link.token) == 32
    assert link.token not in str(stored)
    assert PreviewLink.objects.get(pk=link.pk).url == ""


def test_a_link_ends_with_the_login_of_who_made_it(client, editor):
    link = shared(make.article("draft"), editor)

    editor.is_active = False
    editor.save()

    assert opened(client, link).status_code == 404


def test_an_opening_is_noted_but_not_each_time(client, editor):
    link = shared(make.article("draft"), editor)
    opened(client, link)
    first = PreviewLink.objects.get(pk=link.pk).opened_at

    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        opened(client, link)
    assert PreviewLink.objects.get(pk=link.pk).opened_at == first

    with time_machine.travel(timezone.now() + timedelta(minutes=15)):
        opened(client, link)
    assert PreviewLink.objects.get(pk=link.pk).opened_at > first


def test_what_the_law_took_down_is_not_shared_and_its_links_open_nothing(client, editor):
    article = make.article()
    link = shared(article, editor)
    assert opened(client, link).status_code == 200

    article.block(by=editor, expected=1, reason="A court in Valdorena ordered it.")

    assert opened(client, link).status_code == 404
    with pytest.raises(NotReady):
        shared(article, editor)


def test_who_is_shown_a_story_under_embargo_is_told_of_it(client, editor):
    article = make.article("draft")
    article.embargo(by=editor, expected=1, until=timezone.now() + make.hours(30))

    assert "Under embargo until" in opened(client, shared(article, editor)).text


def test_who_may_change_or_publish_an_article_may_share_it(writer, editor, moderator):
    own, others = make.article("draft", by=writer), make.article("draft")
    handed_in = make.article("draft", by=writer)
    handed_in.submit(by=writer, expected=1)

    assert permissions.may(writer, "share", own) and permissions.may(editor, "share", handed_in)
    for article in (others, handed_in):
        with pytest.raises(NotAllowed):
            shared(article, writer)
    with pytest.raises(NotAllowed):
        shared(own, moderator)


def test_a_writer_revokes_her_own_link_after_the_desk_has_the_text(writer, moderator):
    article = make.article("draft", by=writer)
    link = shared(article, writer)
    article.submit(by=writer, expected=1)

    with pytest.raises(NotAllowed):
        link.revoke(by=moderator)
    link.revoke(by=writer)

    assert PreviewLink.objects.get(pk=link.pk).revoked_by == writer


@pytest.mark.parametrize("lasts", [timedelta(0), timedelta(minutes=59), timedelta(days=31)])
def test_a_link_lasts_between_an_hour_and_thirty_days(editor, lasts):
    with pytest.raises(NotReady):
        shared(make.article("draft"), editor, lasts=lasts)


def test_a_link_is_for_somebody(editor):
    with pytest.raises(NotReady):
        PreviewLink.share(make.article("draft"), by=editor, label=" \u200b ", lasts=DAY)


def test_there_are_never_too_many_open_links(editor):
    article = make.article("draft")
    links = [shared(article, editor) for _ in range(MOST_OPEN)]

    with pytest.raises(NotReady):
        shared(article, editor)
    links[0].revoke(by=editor)

    assert shared(article, editor).url


def test_no_section_takes_the_address_of_the_links():
    with pytest.raises(ValidationError):
        refuse_reserved("preview", at_top=True)


# At the desk


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


SHARED = {"label": "Dr Osei", "lasts": "168", "version": "0"}


def test_the_page_that_makes_a_link_shows_its_address_once(desk):
    article = make.article("draft", headline="Talks resume")

    made = BeautifulSoup(desk.post(address(article, "share"), SHARED).text, "html.parser")
    url = made.find(id="made_url")["value"]
    again = desk.get(address(article, "share"))

    assert "Talks resume" in desk.get("/" + url.split("/", 3)[3]).text
    assert "Dr Osei" in again.text and url.split("/")[-2] not in again.text


def test_the_sheet_lists_the_open_links_with_who_made_them_and_when_they_were_opened(desk, editor):
    article = make.article("draft")
    link, gone = shared(article, editor), PreviewLink.share(article, by=editor, label="Nobody", lasts=DAY)
    gone.revoke(by=editor)
    link.note_opening()

    section = BeautifulSoup(desk.get(address(article)).text, "html.parser").find(class_="shared").text

    words = " ".join(section.split())
    assert "Dr Osei" in words and f"made by {editor}" in words and "last opened" in words
    assert "Nobody" not in words


def test_a_link_is_revoked_by_a_button(desk, client, editor):
    article = make.article("draft")
    link = shared(article, editor)

    answer = desk.post(f"{address(article, 'share')}{link.pk}/revoke/", follow=True)

    assert "The link for Dr Osei opens nothing any more." in answer.text
    assert opened(client, link).status_code == 404
    assert desk.get(f"{address(article, 'share')}{link.pk}/revoke/").status_code == 405


@pytest.mark.parametrize(
    "wrong",
    [
        {"label": ""},
        {"label": "x" * 81},
        {"lasts": "9000"},
        {"lasts": ""},
        {"version": "7"},
        {"version": "abc"},
        {},
    ],
    ids=str,
)
def test_what_no_form_of_ours_would_send_makes_no_link(desk, wrong):
    article = make.article("draft")

    answer = desk.post(address(article, "share"), {**SHARED, **wrong} if wrong else {})

    assert answer.status_code == 200 and "No link was made" in answer.text
    assert not PreviewLink.objects.exists()


def test_nobody_shares_what_they_may_not(client, writer, editor):
    own, others = make.article("draft", by=writer), make.article("draft")
    own.submit(by=writer, expected=1)
    link = shared(own, editor)
    client.force_login(writer)

    assert client.get(address(others, "share")).status_code == 404
    assert client.post(address(own, "share"), SHARED).status_code == 403
    assert client.post(f"{address(own, 'share')}{link.pk}/revoke/").status_code == 403
    assert client.post(f"{address(own, 'share')}{link.pk + 1}/revoke/").status_code == 404


def test_the_sheet_asks_as_much_with_many_links_as_with_one(desk, editor):
    article = make.article("draft")

    def queries():
        desk.get(address(article))
        with CaptureQueriesContext(connection) as asked:
            desk.get(address(article))
        return len(asked)

    shared(article, editor)
    few = queries()
    for _ in range(10):
        shared(article, make.user("editor"))

    assert queries() == few
