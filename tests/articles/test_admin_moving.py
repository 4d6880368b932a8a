"""The verbs as buttons and as actions on a list: offered to those who may, checked again for whoever asks."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db.models.signals import post_save
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from articles.models import MOVES, Article, Revision
from tests import make
from tests.sheet import address, opened

REASON = {"reason": "The figure is wrong."}


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def in_2050():
    """The first of January 2050: far from any today, and in a year whose clocks are known."""
    with time_machine.travel("2050-01-01T00:00:00Z"):
        yield


def move(client, article, verb, **given):
    """Press the button of somebody who looks at the latest version, unless `expected` says otherwise."""
    given = {"expected": article.latest_revision.number, **given}
    return client.post(reverse("admin:articles_article_move", args=[article.pk, verb]), given, follow=True)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def offered(client, article):
    """The verbs whose buttons stand on the article's page."""
    page = BeautifulSoup(client.get(address(article)).text, "html.parser")
    return {form["action"].rstrip("/").rsplit("/", 1)[1] for form in page.select(".moves form")}


BUTTONS = {
    "draft": {"submit", "publish", "embargo"},
    "in_review": {"send_back", "approve", "publish", "embargo"},
    "approved": {"send_back", "reopen", "publish", "embargo"},
    "scheduled": {"publish", "unschedule", "embargo"},
    "published": {"withdraw", "block", "redate", "correct"},
    "withdrawn": {"block", "reinstate", "embargo", "correct"},
}


@pytest.mark.parametrize(("state", "verbs"), BUTTONS.items(), ids=BUTTONS)
def test_an_editor_is_offered_what_leads_somewhere(desk, state, verbs):
    at = timezone.now() + timedelta(days=1) if state == "scheduled" else None

    assert offered(desk, make.article(state, at=at)) == verbs


@pytest.mark.parametrize(
    ("state", "verbs"), {"draft": {"submit", "embargo"}, "in_review": {"recall"}, "published": set()}.items()
)
def test_a_writer_is_offered_to_submit_their_draft_to_take_it_back_to_embargo_it_and_nothing_else(
    client, writer, state, verbs
):
    client.force_login(writer)

    assert offered(client, make.article(state, by=writer)) == verbs


def test_a_day_at_the_desk(desk):
    article = make.article("draft")

    for verb, given, phase in [
        ("submit", {}, "in_review"),
        ("send_back", REASON, "draft"),
        ("submit", {}, "in_review"),
        ("approve", {}, "approved"),
        ("reopen", {}, "in_review"),
        ("approve", {}, "approved"),
        ("publish", {"when": "now"}, "live"),
        ("withdraw", REASON, "withdrawn"),
        ("reinstate", {}, "live"),
    ]:
        move(desk, article, verb, **given)
        assert Article.objects.get().phase == phase


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("verb", MOVES)
def test_a_verb_is_never_done_by_looking(desk, verb, method):
    article = make.article("in_review")
    before, events = Article.objects.values().get(), article.events.count()

    getattr(desk, method)(reverse("admin:articles_article_move", args=[article.pk, verb]), {"expected": 1})

    assert Article.objects.values().get() == before
    assert article.events.count() == events


@pytest.mark.parametrize("verb", sorted(set(MOVES) - {"submit", "recall", "embargo"}))
def test_a_writer_does_no_verb_of_the_desk_by_any_address(client, writer, verb):
    client.force_login(writer)
    article = make.article("in_review", by=writer)

    assert move(client, article, verb, when="now", **REASON).status_code == 403
    assert Article.objects.get().state == "in_review"


@pytest.mark.parametrize("verb", MOVES)
def test_an_article_one_may_not_see_is_an_article_that_never_was(client, writer, verb):
    client.force_login(writer)
    article = make.article("draft")

    assert move(client, article, verb, when="now", **REASON).status_code == 404
    assert Article.objects.get().state == "draft"


def test_a_verb_there_is_not_is_not_found(desk):
    assert move(desk, make.article("draft"), "delete").status_code == 404


def test_a_verb_that_came_too_late_is_refused_in_words(desk):
    article = make.article("draft")

    answer = move(desk, article, "approve")

    assert "is not possible" in said(answer)[0]
    assert Article.objects.get().state == "draft"


@pytest.mark.parametrize("verb", ["send_back", "withdraw"])
def test_what_needs_a_reason_asks_for_it_again(desk, verb):
    article = make.article("in_review" if verb == "send_back" else "published")
    before = article.state

    answer = move(desk, article, verb, reason="  ")

    assert answer.context["choice"].form.errors["reason"]
    assert Article.objects.get().state == before


def test_the_writer_reads_why_it_came_back(client, writer, editor):
    article = make.article("in_review", by=writer)
    article.send_back(
        by=editor, expected=article.latest_revision, reason="The third paragraph needs a source."
    )
    client.force_login(writer)

    assert "The third paragraph needs a source." in client.get(address(article)).context["sent_back"].reason


def publish_at(client, article, moment, **more):
    local = moment.astimezone(timezone.get_default_timezone())
    given = {"when": "later", "day": f"{local:%Y-%m-%d}", "clock": f"{local:%H:%M}"}
    return move(client, article, "publish", **{**given, **more})


def test_publishing_at_a_set_time_means_the_sites_clocks(in_2050, desk, settings):
    settings.TIME_ZONE = "America/Mexico_City"
    article = make.article("approved")

    move(desk, article, "publish", when="later", day="2050-01-02", clock="06:00")

    there = Article.objects.get().publish_at.astimezone(ZoneInfo("America/Mexico_City"))
    assert f"{there:%Y-%m-%d %H:%M}" == "2050-01-02 06:00"


@pytest.mark.parametrize(
    ("day", "clock", "why"),
    [
        ("2050-03-27", "02:30", "02:30 does not exist"),
        ("2050-10-30", "02:30", "02:30 comes twice"),
        ("2001-01-01", "06:00", "already gone by"),
        ("", "06:00", "Give the day and the time"),
        ("2050-02-30", "06:00", "Enter a valid date"),
        ("0001-01-01", "00:00", "already gone by"),
        ("9999-12-31", "23:59", "Is the year right?"),
    ],
)
def test_a_time_that_cannot_be_meant_is_explained_and_kept_on_the_page(
    in_2050, desk, settings, day, clock, why
):
    settings.TIME_ZONE = "Europe/Madrid"
    article = make.article("approved")

    answer = move(desk, article, "publish", when="later", day=day, clock=clock)

    assert why in answer.text
    assert f'value="{clock}"' in answer.text
    assert Article.objects.get().state == "approved"


def test_an_hour_beside_the_skipped_one_is_taken(in_2050, desk, settings):
    settings.TIME_ZONE = "Europe/Madrid"
    article = make.article("approved")

    move(desk, article, "publish", when="later", day="2050-03-27", clock="03:00")

    assert Article.objects.get().is_scheduled


def test_a_scheduled_article_can_be_moved_in_time(desk):
    soon, later = (timezone.now().replace(second=0, microsecond=0) + timedelta(days=d) for d in (1, 2))
    article = make.article("scheduled", at=soon)

    publish_at(desk, article, later)

    assert Article.objects.get().publish_at == later


def test_a_minor_change_is_asked_of_live_articles_only(desk, editor):
    live, draft = make.article(), make.article("draft")
    live.revise(by=editor, headline="Talks resume")

    def asks(article):
        page = desk.get(reverse("admin:articles_article_move", args=[article.pk, "publish"]))
        return 'name="minor"' in page.text

    assert asks(live)
    assert not asks(draft)


def test_a_minor_change_leaves_the_time_of_update_alone(desk, editor):
    article = make.article()
    article.revise(by=editor, headline="Talks resume")

    move(desk, article, "publish", when="now", minor="on")

    article.refresh_from_db()
    assert (article.headline, article.updated_at) == ("Talks resume", None)


LIST = reverse_lazy("admin:articles_article_changelist")


def in_bulk(client, verb, *articles, **more):
    """Tick these in the list as it stands, unless `more` says otherwise, and go on from the page before the verb."""
    shown = {f"shown-{article.pk}": article.latest_revision.number for article in articles}
    ticked = [article.pk for article in articles]
    chosen = {"action": verb, "_selected_action": ticked, "confirmed": 1}
    return client.post(LIST, {**shown, **chosen, **more}, follow=True)


def test_a_verb_in_bulk_is_done_to_each_and_refused_for_each(desk):
    ready, empty = make.article("in_review"), make.article("draft", headline="Nothing yet")

    answer = in_bulk(desk, "approve", ready, empty)

    assert [Article.objects.get(pk=a.pk).state for a in (ready, empty)] == ["approved", "draft"]
    assert said(answer)[0].startswith("Approve: 1 article.")
    assert said(answer)[1].startswith("“Nothing yet”:")


@pytest.mark.parametrize("verb", ["approve", "publish"])
def test_a_writer_has_no_verb_of_the_desk_in_bulk(client, writer, verb):
    client.force_login(writer)
    article = make.article("in_review", by=writer)

    in_bulk(client, verb, article)

    assert Article.objects.get().state == "in_review"


def test_a_verb_in_bulk_does_not_reach_what_one_may_not_see(client, writer):
    client.force_login(writer)
    mine, theirs = make.article("draft", by=writer), make.article("draft")

    in_bulk(client, "submit", mine, theirs)

    assert [Article.objects.get(pk=a.pk).state for a in (mine, theirs)] == ["in_review", "draft"]


def ticked(client):
    """What the list posts of each article besides its tick: the version it shows."""
    page = BeautifulSoup(client.get(LIST).text, "html.parser")
    return {field["name"]: field["value"] for field in page.select("#result_list input[type=hidden]")}


def test_a_version_saved_meanwhile_is_compared_before_it_is_published(desk):
    article = make.article("draft", headline="Ports close")
    article.revise(by=make.user("editor", first_name="Ana", last_name="B"), headline="Ports reopen")

    answer = move(desk, article, "publish", when="now", expected=1)

    page = BeautifulSoup(answer.text, "html.parser")
    assert "Ana B saved version 2 after the one you were looking at." in page.find(role="alert").text
    assert [change.text for change in page.select(".difference :is(del, ins)")][:2] == ["close", "reopen"]
    assert Article.objects.get().state == "draft"


def test_who_has_compared_goes_on_with_the_same_button(desk, editor):
    article = make.article("draft")
    article.revise(by=editor, headline="Ports reopen")
    tomorrow = timezone.localdate() + timedelta(days=1)
    refused = move(desk, article, "publish", when="later", day=tomorrow, clock="06:00", expected=1)

    form = BeautifulSoup(refused.text, "html.parser").find(class_="move-form")
    assert form.find(attrs={"name": "clock"})["value"] == "06:00"
    move(desk, article, "publish", when="now", expected=form.find(attrs={"name": "expected"})["value"])

    article.refresh_from_db()
    assert (article.headline, article.is_live) == ("Ports reopen", True)


def test_comparing_one_version_does_not_cover_the_next(desk, editor):
    article = make.article("draft")
    for headline in ("Hers", "Hers again"):
        article.revise(by=editor, headline=headline)

    answer = move(desk, article, "submit", expected=2)

    assert answer.context["unread"].revision.number == 3
    assert Article.objects.get().state == "draft"


@pytest.mark.parametrize("expected", ["", "abc", "99", "-1"])
def test_a_button_that_does_not_say_what_was_looked_at_does_nothing(desk, expected):
    article = make.article("draft", headline="Ports")

    answer = move(desk, article, "publish", when="now", expected=expected)

    assert answer.context["choice"].expected == 1
    assert Article.objects.get().state == "draft"


def test_every_button_says_which_version_stands_on_the_page(desk, editor):
    article = make.article()
    article.revise(by=editor, headline="Talks resume")

    page = BeautifulSoup(desk.get(address(article)).text, "html.parser")

    assert {field["value"] for field in page.select(".moves form [name=expected]")} == {"2"}
    assert len(page.select(".moves form [name=expected]")) == len(page.select(".moves form"))


def test_what_one_has_saved_is_what_one_press_publishes(desk, editor):
    article = make.article("draft", headline="Ports")
    mine = opened(desk, article, headline="Mine", then="publish")

    def at_once(instance, **kwargs):
        if instance.number == 2:
            instance.article.revise(by=editor, headline="Hers")

    post_save.connect(at_once, sender=Revision)
    answer = desk.post(address(article), mine, follow=True)
    post_save.disconnect(at_once, sender=Revision)

    assert answer.context["unread"].revision.content["headline"] == "Hers"
    assert Article.objects.get().state == "draft"


def test_a_version_saved_meanwhile_is_refused_in_bulk_with_a_way_to_compare(desk, editor):
    read, unread = make.article("draft"), make.article("draft", headline="Ports close")
    shown = ticked(desk)
    unread.revise(by=editor, headline="Ports reopen")

    answer = in_bulk(desk, "publish", read, unread, **shown)

    assert [Article.objects.get(pk=a.pk).state for a in (read, unread)] == ["published", "draft"]
    link = BeautifulSoup(said(answer)[1], "html.parser").a["href"]
    changes = BeautifulSoup(desk.get(link).text, "html.parser").select(".difference :is(del, ins)")
    assert [change.text for change in changes][:2] == ["close", "reopen"]


def test_a_version_is_compared_with_the_one_that_was_read_and_not_only_with_the_last(desk, editor):
    article = make.article("draft", headline="One")
    for headline in ("Two", "Three"):
        article.revise(by=editor, headline=headline)

    page = desk.get(reverse("admin:articles_article_version", args=[article.pk, 3]), {"since": 1})

    assert page.context["earlier"].number == 1


def test_no_choice_in_the_list_reaches_what_does_not_stand_on_the_page(desk):
    here, elsewhere = make.article("draft"), make.article("draft")

    answer = in_bulk(desk, "publish", here, select_across=1)

    assert [Article.objects.get(pk=a.pk).state for a in (here, elsewhere)] == ["published", "draft"]
    assert "was not on the page" in said(answer)[1]


def test_the_desk_is_told_who_changed_an_approved_article(desk, editor):
    article = make.article("approved")
    article.revise(by=editor, headline="Changed")

    page = desk.get(address(article)).text

    assert f"Changed since the approval, by {editor}." in page
    assert "/versions/2/?since=1" in page


@pytest.mark.parametrize(
    ("who", "told"),
    {
        "editor": "It stays approved, and the desk reads that Version 1 is the one approved.",
        "subeditor": "It is back in review, because it was changed after its approval.",
    }.items(),
)
def test_who_changes_an_approved_article_is_told_what_became_of_it(client, editor, who, told):
    client.force_login(editor if who == "editor" else make.subeditor())
    article = make.article("approved")

    answer = client.post(address(article), opened(client, article, headline="Changed"), follow=True)

    assert said(answer) == ["Saved as version 2.", told]


@pytest.mark.parametrize("state", ["in_review", "approved", "published", "withdrawn"])
def test_every_field_of_every_button_has_a_label_of_its_own(desk, state):
    article = make.article(state)
    if state != "published":
        article.embargo(by=None, expected=1, until=timezone.now() + timedelta(days=1))

    page = BeautifulSoup(desk.get(address(article)).text, "html.parser").select_one(".moves")
    ids = [element["id"] for element in page.select("[id]")]

    assert len(ids) == len(set(ids))
    assert {label["for"] for label in page.select("label")} <= set(ids)
