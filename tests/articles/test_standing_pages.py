"""Standing pages: what an editor saves is a version; readers see the one that was published."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import (
    Conflict,
    FormerPath,
    IllegalMove,
    NotAllowed,
    NotReady,
    PageEvent,
    PageRevision,
    StandingPage,
    Unread,
    WorkingCopyError,
)
from newsroom.foundations.db.append_only import AppendOnlyError
from tests import make
from tests.sheet import fields_of

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/standingpage/"


def draft(**fields):
    return StandingPage.start(by=None, **{"title": "About", "slug": "about", "body": "Who we are.", **fields})


@pytest.fixture
def about():
    return make.page(title="About", slug="about", body="Who we are.")


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def url(row, name="change", *more):
    return reverse(f"admin:articles_standingpage_{name}", args=[row.pk, *more])


def opened(desk, about, **typed):
    return {**fields_of(desk.get(url(about)).text, "standingpage_form"), **typed}


def seen(client, path="/about/"):
    client.forget_pages()
    return client.get(path)


# What readers see


def test_a_page_that_was_never_published_is_nowhere_for_readers(client):
    draft()

    assert seen(client).status_code == 404
    assert "/about/" not in seen(client, "/").text + seen(client, "/sitemaps/standing.xml").text


def test_saving_leaves_readers_undisturbed_until_it_is_published(client, about, editor):
    revision = about.revise(by=editor, body="Who we were.")
    assert "Who we are." in seen(client).text

    about.publish(by=editor, expected=revision)

    assert "Who we were." in seen(client).text


def test_a_page_that_names_no_such_picture_is_not_published(about, editor):
    revision = about.revise(by=editor, body="Who we are.\n\n![](image:99999)")

    with pytest.raises(NotReady, match="image:99999"):
        about.publish(by=editor, expected=revision)


def test_a_page_taken_off_is_gone_and_can_come_back(client, about, editor):
    about.withdraw(by=editor, expected=1)
    assert seen(client).status_code == 404 and "/about/" not in seen(client, "/").text

    about.publish(by=editor, expected=1)

    assert seen(client).status_code == 200 and "/about/" in seen(client, "/").text


def test_the_page_changes_in_the_cache_with_each_verb(client, about, editor):
    assert client.get("/about/").status_code == 200
    about.withdraw(by=editor, expected=1)
    assert client.get("/about/").status_code == 404
    about.publish(by=editor, expected=1)
    assert client.get("/about/").status_code == 200


def test_a_new_address_counts_when_it_is_published_and_the_old_one_leads_there(client, about, editor):
    revision = about.revise(by=editor, slug="about-us")
    assert seen(client).status_code == 200 and seen(client, "/about-us/").status_code == 404

    about.publish(by=editor, expected=revision)

    assert seen(client)["Location"] == "/about-us/"


def test_a_draft_remembers_no_address_readers_never_knew(editor):
    draft().revise(by=editor, slug="about-us")

    assert not FormerPath.objects.exists()


# The rules


def test_each_save_is_a_numbered_version_and_nothing_new_is_none(about, editor):
    about.revise(by=editor, body="Two.")
    about.revise(by=editor, body="Two.")

    assert [(one.number, one.by) for one in about.revisions.all()] == [(2, editor), (1, None)]


def test_a_verb_about_an_older_version_is_refused(about, editor):
    about.revise(by=editor, body="Two.")

    with pytest.raises(Unread):
        about.publish(by=editor, expected=1)
    with pytest.raises(Conflict):
        about.revise(by=editor, based_on=1, body="Three.")


def test_only_a_published_page_is_taken_off(editor):
    with pytest.raises(IllegalMove):
        draft().withdraw(by=editor, expected=1)


@pytest.mark.parametrize("verb", ["publish", "withdraw"])
def test_who_may_not_change_pages_does_no_verb(about, writer, verb):
    with pytest.raises(NotAllowed):
        getattr(about, verb)(by=writer, expected=1)
    with pytest.raises(NotAllowed):
        about.revise(by=writer, body="Mine.")
    with pytest.raises(NotAllowed):
        StandingPage.start(by=writer, title="Mine")


def test_what_happened_is_kept_with_its_version(about, editor):
    about.publish(by=editor, expected=about.revise(by=editor, body="Two."))
    about.withdraw(by=editor, expected=2)

    happened = [(one.verb, one.by, one.revision.number, one.end) for one in about.events.all()]
    assert happened == [
        ("withdraw", editor, 2, "withdrawn"), ("publish", editor, 2, "published"), ("publish", None, 1, "published")
    ]  # fmt: skip


def test_history_is_never_rewritten(about):
    with pytest.raises(AppendOnlyError):
        PageRevision.objects.update(note="x")
    with pytest.raises(AppendOnlyError):
        PageEvent.objects.get().delete()


def test_a_working_copy_is_stored_by_nobody(about):
    copy = about.as_written()

    for store in (copy.save, copy.save_base, copy.rebuild):
        with pytest.raises(WorkingCopyError):
            store()


# The desk


def test_saving_at_the_desk_writes_a_version_and_says_that_readers_do_not_see_it(desk, about, editor):
    answer = desk.post(url(about), opened(desk, about, body="Who we were."), follow=True)

    assert "Saved as version 2." in answer.text and "Version 2 is the latest" in answer.text
    assert fields_of(answer.text, "standingpage_form")["body"] == "Who we were."
    assert StandingPage.objects.get().body == "Who we are."


def test_publishing_at_the_desk_shows_first_what_will_change(desk, about):
    asked = desk.post(url(about), opened(desk, about, body="Who we were.", _publish=""), follow=True)
    assert "<del>are.</del><ins>were.</ins>" in asked.text
    assert StandingPage.objects.get().body == "Who we are."

    desk.post(url(about, "move", "publish"), {"expected": 2})

    assert StandingPage.objects.get().body == "Who we were."


def test_nothing_is_published_that_was_not_on_the_page(desk, about, editor):
    about.revise(by=editor, body="Two.")
    about.revise(by=editor, body="Three.")

    answer = desk.post(url(about, "move", "publish"), {"expected": 2})

    assert "Nothing was done" in answer.text and StandingPage.objects.get().body == "Who we are."


def test_an_address_taken_meanwhile_is_said_when_it_is_published(desk, about, editor):
    about.revise(by=editor, slug="climate")
    make.section("climate", name="Climate")

    answer = desk.post(url(about, "move", "publish"), {"expected": 2})

    assert "“Climate” is at “/climate/” already." in answer.text
    assert StandingPage.objects.get().slug == "about"


def test_the_second_to_save_a_page_is_told_and_loses_nothing(desk, about):
    mine = opened(desk, about, body="Mine.")
    about.revise(by=make.user("editor"), body="Theirs.")

    told = desk.post(url(about), mine)
    assert about.latest_revision.content["body"] == "Theirs." and "Theirs." in told.text
    kept = fields_of(told.text, "standingpage_form")
    desk.post(url(about), {**kept, "_save_over": str(told.context["adminform"].form.conflict.stamp)})

    assert [one.content["body"] for one in about.revisions.all()] == ["Mine.", "Theirs.", "Who we are."]


def test_the_history_says_who_wrote_what_when(desk, about, editor):
    about.revise(by=editor, body="Two.")

    shown = desk.get(url(about, "history")).text

    assert "Version 2" in shown and str(editor) in shown and "readers see this" in shown
    assert "<del>" in desk.get(url(about, "version", 2)).text
    assert "Who we are." in desk.get(url(about, "version_preview", 1)).text


def test_a_version_is_brought_back_as_the_newest(desk, about, editor):
    about.revise(by=editor, body="Two.")

    desk.post(url(about, "restore", 1), {"based_on": 2})
    desk.post(url(about, "restore", 1), {"based_on": 2})

    assert [one.content["body"] for one in about.revisions.all()] == ["Who we are.", "Two.", "Who we are."]


def test_a_place_in_the_footer_needs_no_publishing_and_is_no_version(desk, about):
    about.revise(by=None, body="Not ready.")
    lines = fields_of(desk.get(LIST).text, "changelist-form")

    desk.post(LIST, {**lines, "form-0-order": 7, "_save": "Save"})

    stored = StandingPage.objects.get()
    assert (stored.order, stored.body, stored.revisions.count()) == (7, "Who we are.", 2)


@pytest.mark.parametrize("role", ["contributor", "moderator"])
def test_nobody_else_sees_or_does_anything_of_it(client, about, role):
    client.force_login(make.user(role))

    for name, *more in (("history",), ("version", 1), ("version_preview", 1), ("move", "publish")):
        assert client.get(url(about, name, *more)).status_code == 403
    for name, *more in (("move", "publish"), ("restore", 1)):
        assert client.post(url(about, name, *more), {"expected": 1}).status_code == 403


def test_a_page_is_deleted_by_nobody(client, about, administrator):
    client.force_login(administrator)

    assert client.post(url(about, "delete"), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("name", "more"), [("move", ["explode"]), ("version", [99]), ("restore", [99]), ("version_preview", [99])]
)
def test_what_does_not_exist_is_a_404(desk, about, name, more):
    ask = desk.post if name == "restore" else desk.get

    assert ask(url(about, name, *more)).status_code == 404
    assert ask(url(StandingPage(pk=10**12), name, *more)).status_code == 404


@pytest.mark.parametrize("name", ["change", "history"])
def test_a_long_history_costs_no_more_questions(desk, about, name):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            desk.get(url(about, name))
        return len(asked)

    questions()  # what every page needs is remembered now
    few = questions()
    for number in range(20):
        about.revise(by=None, body=f"Version {number}.")

    assert questions() == few


# One check of addresses for pages and sections


@pytest.mark.parametrize("slug", ["admin", "topics", "feed", "2026", "taken"])
def test_pages_and_sections_refuse_an_address_with_the_same_sentence(client, administrator, slug):
    client.force_login(administrator)
    make.section("taken")
    row = {"slug": slug, "order": 1}

    about = client.post(f"{LIST}add/", {**row, "title": "A"}).context["adminform"].form
    section = client.post("/admin/articles/section/add/", {**row, "name": "A"}).context["adminform"].form

    assert about.errors["slug"] and about.errors["slug"] == section.errors["slug"]
