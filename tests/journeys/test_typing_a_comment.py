"""Nothing a reader has typed is lost, whatever happens between the first letter and the paper's answer."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_pages import LEAD

WORDS = "The axle crosses two borders before it turns a wheel, and so did my mother."


@pytest.fixture
def article(page, articles):
    page.goto(articles[LEAD])
    return page


def open_form(article):
    article.get_by_role("link", name="Leave a comment").click()
    return article.get_by_label("Your comment")


def test_the_form_opens_where_the_reader_is(article, articles):
    expect(open_form(article)).to_be_visible()

    expect(article).to_have_url(articles[LEAD])
    expect(article.get_by_label("Your name")).to_be_focused()


def test_words_survive_closing_the_page(article):
    open_form(article).fill(WORDS)

    article.reload()

    expect(open_form(article)).to_have_value(WORDS)


def test_words_survive_a_lost_connection(article):
    words = open_form(article)
    words.fill(WORDS)
    article.context.set_offline(True)

    article.get_by_role("button", name="Send comment").click()

    expect(article.get_by_role("alert")).to_contain_text("could not be sent")
    expect(words).to_have_value(WORDS)


def test_a_mistake_is_explained_above_the_words_and_the_focus_goes_there(article):
    open_form(article).fill(WORDS)

    article.get_by_role("button", name="Send comment").click()

    expect(article.get_by_role("alert")).to_be_focused()
    expect(article.get_by_role("alert")).to_contain_text("Your name")
    expect(article.get_by_label("Your comment")).to_have_value(WORDS)


def test_one_form_is_open_at_a_time(article):
    open_form(article)

    article.get_by_role("link", name="Reply").first.click()

    expect(article.get_by_role("button", name="Send reply")).to_be_visible()
    expect(article.get_by_label("Your comment")).to_have_count(1)
    expect(article.get_by_role("link", name="Leave a comment")).to_be_visible()


def test_the_form_asked_for_last_opens_however_late_an_earlier_one_comes(article):
    on_the_way = []
    article.route("**/comments/*/new/", lambda route: on_the_way.append(route))
    article.get_by_role("link", name="Leave a comment").click()
    article.get_by_role("link", name="Reply").first.click()
    expect(article.get_by_role("button", name="Send reply")).to_be_visible()

    with article.expect_response("**/comments/*/new/"):
        on_the_way[0].continue_()
    article.evaluate("async () => (await fetch(location.href)).text()")  # asked later, so here later

    expect(article.get_by_role("button", name="Send reply")).to_be_visible()
    expect(article.get_by_label("Your comment")).to_have_count(1)


def test_going_back_puts_the_link_back(article):
    open_form(article)

    article.get_by_role("link", name="Back to the article").click()

    expect(article.get_by_role("link", name="Leave a comment")).to_be_focused()
