"""Nothing a reader has typed is lost, whatever happens between the first letter and the paper's answer."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_pages import LEAD

WORDS = "The axle crosses two borders before it turns a wheel, and so did my mother."


@pytest.fixture
def story(page, stories):
    page.goto(stories[LEAD])
    return page


def open_form(story):
    story.get_by_role("link", name="Leave a comment").click()
    return story.get_by_label("Your comment")


def test_the_form_opens_where_the_reader_is(story, stories):
    expect(open_form(story)).to_be_visible()

    expect(story).to_have_url(stories[LEAD])
    expect(story.get_by_label("Your name")).to_be_focused()


def test_words_survive_closing_the_page(story):
    open_form(story).fill(WORDS)

    story.reload()

    expect(open_form(story)).to_have_value(WORDS)


def test_words_survive_a_lost_connection(story):
    words = open_form(story)
    words.fill(WORDS)
    story.context.set_offline(True)

    story.get_by_role("button", name="Send comment").click()

    expect(story.get_by_role("alert")).to_contain_text("could not be sent")
    expect(words).to_have_value(WORDS)


def test_a_mistake_is_explained_above_the_words_and_the_focus_goes_there(story):
    open_form(story).fill(WORDS)

    story.get_by_role("button", name="Send comment").click()

    expect(story.get_by_role("alert")).to_be_focused()
    expect(story.get_by_role("alert")).to_contain_text("Your name")
    expect(story.get_by_label("Your comment")).to_have_value(WORDS)


def test_one_form_is_open_at_a_time(story):
    open_form(story)

    story.get_by_role("link", name="Reply").first.click()

    expect(story.get_by_role("button", name="Send reply")).to_be_visible()
    expect(story.get_by_label("Your comment")).to_have_count(1)
    expect(story.get_by_role("link", name="Leave a comment")).to_be_visible()


def test_the_form_asked_for_last_opens_however_late_an_earlier_one_comes(story):
    on_the_way = []
    story.route("**/comments/*/new/", lambda route: on_the_way.append(route))
    story.get_by_role("link", name="Leave a comment").click()
    story.get_by_role("link", name="Reply").first.click()
    expect(story.get_by_role("button", name="Send reply")).to_be_visible()

    with story.expect_response("**/comments/*/new/"):
        on_the_way[0].continue_()
    story.evaluate("async () => (await fetch(location.href)).text()")  # asked later, so here later

    expect(story.get_by_role("button", name="Send reply")).to_be_visible()
    expect(story.get_by_label("Your comment")).to_have_count(1)


def test_going_back_puts_the_link_back(story):
    open_form(story)

    story.get_by_role("link", name="Back to the article").click()

    expect(story.get_by_role("link", name="Leave a comment")).to_be_focused()
