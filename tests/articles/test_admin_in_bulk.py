"""Verbs on many articles: one page says of each what would happen, and only what is ticked there goes."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from tests import make

LIST = "/admin/articles/article/"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def chosen(client, verb, *articles, **more):
    """The page after choosing these in the list as it stands, unless `more` says otherwise."""
    shown = {f"shown-{article.pk}": article.latest_revision.number for article in articles}
    ticks = {"action": verb, "_selected_action": [article.pk for article in articles]}
    return client.post(LIST, {**shown, **ticks, **more})


def page(*args, **more):
    return BeautifulSoup(chosen(*args, **more).text, "html.parser")


def text(soup):
    return " ".join(soup.text.split())


def pressed(client, soup, tick=()):
    """Press the page's button, with what is ticked there and these articles besides."""
    form = soup.select_one("#content form")
    hidden = {field["name"]: field["value"] for field in form.select("[type=hidden]")}
    ticked = [box["value"] for box in form.select("[type=checkbox][checked]")] + [one.pk for one in tick]
    return client.post(LIST, {**hidden, "_selected_action": ticked}, follow=True)


def states(*articles):
    return [Article.objects.get(pk=article.pk).state for article in articles]


def rewritten(**words):
    """A live article with a newer version that nobody has published."""
    article = make.article(headline="Talks stall", **words)
    article.revise(by=None, headline="Talks resume")
    return article


@pytest.mark.parametrize("verb", ["submit", "approve", "publish"])
def test_choosing_a_verb_in_the_list_does_nothing_yet(desk, verb):
    articles = make.article("draft"), make.article("in_review"), make.article("approved")

    chosen(desk, verb, *articles)

    assert states(*articles) == ["draft", "in_review", "approved"]


def test_the_page_says_of_each_what_goes_live_and_which_words_change(desk):
    fresh, live = make.article("approved", headline="Ports reopen"), rewritten()

    soup = page(desk, "publish", fresh, live)

    assert "Version 1 goes before readers: “Ports reopen”" in text(soup)
    assert "It replaces version 1" in text(soup)
    assert [mark.text for mark in soup.select(".difference :is(del, ins)")] == ["stall", "resume"]


def test_who_will_not_go_is_named_with_the_reason(desk):
    same, empty = make.article(headline="Ports"), make.article("draft", body=" ")
    make.article(slug="steel")
    taken, withdrawn = make.article("approved", slug="steel"), make.article("withdrawn")

    staying = page(desk, "publish", same, empty, taken, withdrawn).find(attrs={"aria-labelledby": "staying"})

    for reason in ("nothing new to publish", "no text to publish", "already has the slug", "is not possible"):
        assert reason in text(staying)
    assert not staying.select("[type=checkbox]")


def test_drafts_are_named_as_such_and_go_only_when_ticked_expressly(desk):
    draft, approved = make.article("draft", headline="Raw"), make.article("approved")
    soup = page(desk, "publish", draft, approved)

    assert "Raw" in text(soup.find(attrs={"aria-labelledby": "unsubmitted"}))
    pressed(desk, soup)
    assert states(draft, approved) == ["draft", "published"]

    pressed(desk, page(desk, "publish", draft), tick=[draft])
    assert states(draft) == ["published"]


def test_each_goes_alone_in_the_version_that_was_on_the_page(desk, editor):
    read, unread = make.article("approved"), make.article("approved", headline="Ports close")
    soup = page(desk, "publish", read, unread)
    unread.revise(by=editor, headline="Ports reopen")

    answer = pressed(desk, soup)

    assert states(read, unread) == ["published", "approved"]
    said = [str(message) for message in answer.context["messages"]]
    assert f"“{read}”: Version 1. Live since" in said[0]
    assert "saved version 2 after the one you were looking at" in said[1]


def test_what_was_changed_since_the_list_was_opened_leads_to_a_comparison(desk, editor):
    article = make.article("approved")
    article.revise(by=editor, headline="Changed")

    staying = page(desk, "publish", article, **{f"shown-{article.pk}": 1})

    assert "What has changed" in text(staying)
    assert staying.select_one(".refusal a")["href"].endswith("/versions/2/?since=1")


def test_a_planned_change_that_would_be_cancelled_is_said(desk):
    article = rewritten()
    article.publish(by=None, expected=2, at=timezone.now() + make.hours(2))
    article.revise(by=None, headline="Talks end")

    assert "Version 2, which waited for its time, does not go out." in text(page(desk, "publish", article))


def test_a_page_of_many_costs_as_many_queries_as_of_one(desk, editor):
    def another(number):
        section, byline = f"part-{number}", [(make.contributor(), "by")]
        live = rewritten(section=section, bylines=byline, slug=f"talks-{number}")
        approved = make.article("approved", section=section, bylines=byline)
        approved.revise(by=editor, headline=f"Written since {number}")
        return [live, approved, make.article("draft"), make.article()]

    def queries(articles):
        shown = {f"shown-{article.pk}": article.latest_revision.number for article in articles}
        ticks = {"action": "publish", "_selected_action": [article.pk for article in articles]}
        with CaptureQueriesContext(connection) as asked:
            assert desk.post(LIST, shown | ticks).status_code == 200
        return len(asked)

    articles = another(0)
    with_few = queries(articles)
    for number in range(1, 8):
        articles += another(number)

    assert queries(articles) == with_few
    assert with_few <= 20


@pytest.mark.parametrize("key", ["abc", "-1", "", "9" * 40, "1 OR 1"])
def test_an_article_that_cannot_be_chosen_is_a_bad_request_and_no_fault(desk, key):
    article = make.article("approved")

    answer = desk.post(LIST, {"action": "publish", "_selected_action": [key], "index": 0})

    assert answer.status_code == 400
    assert states(article) == ["approved"]


def test_nothing_reaches_an_article_one_may_not_see(client, writer):
    client.force_login(writer)
    mine, theirs = make.article("draft", by=writer), make.article("draft", headline="Secret")

    soup = page(client, "submit", mine, theirs)

    assert "Secret" not in text(soup)
    pressed(client, soup, tick=[theirs])
    assert states(mine, theirs) == ["in_review", "draft"]


def test_what_is_under_embargo_and_what_names_a_lost_picture_is_said_beforehand(desk):
    embargoed, lost = make.article("approved"), make.article("approved", body="![Lost](image:99)")
    embargoed.embargo(by=None, expected=1, until=timezone.now() + make.hours(3))

    staying = text(page(desk, "publish", embargoed, lost).find(attrs={"aria-labelledby": "staying"}))

    assert "It is under embargo until" in staying
    assert "There is no picture image:99." in staying


def test_a_draft_without_words_is_said_not_to_be_submitted(desk):
    assert "There is nothing to submit yet." in text(page(desk, "submit", make.article("draft", body=" ")))
