"""The page before a verb that readers notice: it says in sentences what would happen, and nothing else then does."""

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from tests import make
from tests.sheet import address, saved

NOTICED = ["publish", "unschedule", "cancel_replacement", "withdraw", "reinstate"]


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def changed(editor):
    """A live article with a newer version that nobody has published."""
    article = make.article(headline="Talks stall at noon")
    article.revise(by=editor, headline="Talks resume at noon")
    return article


@pytest.fixture
def planned(changed, editor):
    """The same, the newer version planned to replace what readers see."""
    changed.publish(by=editor, expected=2, at=soon())
    return changed


def soon():
    return timezone.now() + make.hours(30)


def url(article, verb):
    return reverse("admin:articles_article_move", args=[article.pk, verb])


def page(client, article, verb, **query):
    """What stands on the page before this verb, as one line of text."""
    answer = client.get(url(article, verb), query or {"expected": article.latest_revision.number})
    return BeautifulSoup(answer.text, "html.parser")


def text(soup):
    return " ".join(soup.find(id="content").text.split())


def pressed(client, article, verb, **choices):
    """Press the button on the page before this verb: what the form holds, with these choices made."""
    form = page(client, article, verb).select_one(".move-form")
    expected = form.find(attrs={"name": "expected"})["value"]
    return client.post(form["action"], {"expected": expected, **choices}, follow=True)


def article_for(verb, editor):
    if verb == "cancel_replacement":
        article = make.article()
        article.publish(by=None, expected=article.revise(by=editor, headline="Talks resume"), at=soon())
        return article
    state = {"unschedule": "scheduled", "withdraw": "published", "reinstate": "withdrawn"}.get(
        verb, "approved"
    )
    return make.article(state, at=soon() if state == "scheduled" else None)


@pytest.mark.parametrize("verb", NOTICED)
def test_the_button_of_a_verb_readers_notice_leads_to_a_page_that_does_it(desk, editor, verb):
    article = article_for(verb, editor)
    button = BeautifulSoup(desk.get(address(article)).text, "html.parser").select_one(f".move-{verb}")

    assert (button["method"], button["action"]) == ("get", url(article, verb))
    pressed(desk, article, verb, when="now", reason="Forged.")

    assert article.events.first().verb == verb


def test_what_stays_within_the_desk_takes_one_press(desk):
    buttons = BeautifulSoup(desk.get(address(make.article("in_review"))).text, "html.parser")

    assert buttons.select_one(".move-approve")["method"] == "post"


def test_the_page_says_what_goes_live_what_it_replaces_and_which_words(desk, changed):
    soup = page(desk, changed, "publish")

    assert "Version 2 goes before readers: “Talks resume at noon”" in text(soup)
    assert "It replaces version 1" in text(soup)
    assert "1 word comes in, 1 word goes out" in text(soup)
    assert [mark.text for mark in soup.select(".difference :is(del, ins)")] == ["stall", "resume"]


@pytest.mark.parametrize(
    ("state", "said"),
    {
        "draft": "a draft that is not submitted",
        "in_review": "the desk has not approved it yet",
        "approved": "the version the desk approved",
    }.items(),
)
def test_the_page_says_what_the_desk_has_made_of_it(desk, state, said):
    words = text(page(desk, make.article(state), "publish"))

    assert said in words
    assert "It replaces nothing: readers have not seen this article." in words


def test_the_page_names_the_clocks_and_who_is_told(desk, settings):
    settings.TIME_ZONE = "America/Mexico_City"

    words = text(page(desk, make.article("approved"), "publish"))

    assert "By the clocks of America/Mexico_City, where it is now" in words
    assert "Nobody gets a mail or a message." in words


def test_the_page_says_that_a_time_set_before_no_longer_holds(desk):
    article = make.article("scheduled", at=soon())

    assert "no longer holds" in text(page(desk, article, "publish"))
    assert "no longer holds" in text(page(desk, article, "unschedule"))


def test_nothing_goes_live_that_was_not_on_the_page(desk, changed, editor):
    form = page(desk, changed, "publish").select_one(".move-form")
    changed.revise(by=editor, headline="Written meanwhile")

    answer = desk.post(
        form["action"], {"expected": form.find(attrs={"name": "expected"})["value"], "when": "now"}
    )

    assert answer.context["unread"].revision.number == 3
    assert Article.objects.get().headline == "Talks stall at noon"


def test_a_button_that_is_older_than_the_latest_version_leads_to_a_comparison(desk, changed):
    soup = page(desk, changed, "publish", expected=1)

    assert "saved version 2 after the one you were looking at" in soup.find(role="alert").text
    assert soup.select_one(".move-form [name=expected]")["value"] == "2"


@pytest.mark.parametrize("expected", ["", "abc", "99999999999999999999", "-1"])
def test_whatever_the_url_says_the_page_is_about_the_latest_version(desk, changed, expected):
    soup = page(desk, changed, "publish", expected=expected)

    assert soup.select_one(".move-form [name=expected]")["value"] == "2"


@pytest.mark.parametrize(
    ("state", "verb"), [("published", "publish"), ("draft", "withdraw"), ("draft", "approve")]
)
def test_what_is_not_possible_is_said_instead_of_a_page(desk, state, verb):
    answer = desk.get(url(make.article(state), verb), follow=True)

    assert answer.redirect_chain
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_what_became_of_a_planned_change_is_asked_and_said(desk, planned, editor):
    planned.revise(by=editor, headline="Talks end")

    words = text(page(desk, planned, "publish"))
    pressed(desk, planned, "publish", when="now", planned="keep")

    planned.refresh_from_db()
    assert "Version 2 is planned to replace what readers see" in words
    assert (planned.headline, planned.replacement.number) == ("Talks end", 2)


def test_what_is_planned_itself_is_published_at_once_without_a_question(desk, planned):
    soup = page(desk, planned, "publish")

    assert not soup.select("[name=planned]")
    assert "It no longer waits for that time." in text(soup)


def test_cancelling_says_which_version_stays_and_which_does_not_come(desk, planned):
    words = text(page(desk, planned, "cancel_replacement"))

    assert "Readers go on seeing version 1" in words
    assert "Version 2, “Talks resume at noon”, does not replace it" in words


@pytest.mark.parametrize(("version", "headline"), {"": "Forged", "1": "Forged", "2": "Corrected"}.items())
def test_a_withdrawn_article_comes_back_in_the_version_chosen(desk, editor, version, headline):
    article = make.article("withdrawn", headline="Forged")
    article.revise(by=editor, headline="Corrected")

    assert "Choose which comes back" in text(page(desk, article, "reinstate"))
    pressed(desk, article, "reinstate", version=version)

    article.refresh_from_db()
    assert (article.headline, article.is_live) == (headline, True)


@pytest.mark.parametrize(("version", "headline"), {"": "Second", "1": "First", "2": "Second"}.items())
def test_a_scheduled_article_that_was_edited_asks_which_version_goes_out(desk, editor, version, headline):
    article = make.article("scheduled", at=soon(), headline="First")
    article.revise(by=editor, headline="Second")

    assert "Choose which goes out" in text(page(desk, article, "publish"))
    pressed(desk, article, "publish", when="now", version=version)

    article.refresh_from_db()
    assert (article.headline, article.is_live) == (headline, True)


def test_a_version_that_was_not_offered_is_refused_on_the_page(desk, editor):
    article = make.article("withdrawn")
    article.revise(by=editor, headline="Corrected")

    answer = pressed(desk, article, "reinstate", version="7")

    assert answer.context["choice"].form.errors["version"]
    assert Article.objects.get().state == "withdrawn"


def test_the_page_is_for_those_who_may_press_its_button(client, writer):
    client.force_login(writer)

    assert client.get(url(make.article("draft", by=writer), "publish")).status_code == 403
    assert client.get(url(make.article("draft"), "submit")).status_code == 404


def test_an_expired_login_leads_back_to_the_same_page(client, editor, changed):
    answer = client.get(url(changed, "publish"), {"expected": 2})

    assert answer.status_code == 302
    client.force_login(editor)
    page = client.get(parse_qs(urlsplit(answer["Location"]).query)["next"][0])
    assert "Version 2 goes before readers" in page.text


def test_saving_and_publishing_without_a_change_publishes_nothing(desk):
    article = make.article()
    before = Article.objects.values().get()

    answer = saved(desk, article, then="publish")

    assert [str(message) for message in answer.context["messages"]] == [
        "Nothing had changed: version 1 is still the latest.",
        "There is nothing new to publish: readers see these words already.",
    ]
    assert Article.objects.values().get() == before


def test_saving_and_publishing_a_live_article_leads_to_what_changes(desk):
    article = make.article(headline="Talks stall")

    answer = saved(desk, article, headline="Talks resume", then="publish")

    assert "It replaces version 1" in answer.text


def test_the_page_says_that_an_embargo_runs(desk):
    article = make.article("approved")
    article.embargo(by=None, expected=1, until=soon())

    assert "Under embargo until" in text(page(desk, article, "publish"))


@pytest.mark.parametrize(
    ("state", "said"), {"published": "is taken away", "withdrawn": "takes the place of"}.items()
)
def test_a_take_down_for_legal_reasons_is_confirmed_too(desk, state, said):
    article = make.article(state)

    assert said in text(page(desk, article, "block"))
    pressed(desk, article, "block", reason="A court order.")

    assert article.events.first().verb == "block"
