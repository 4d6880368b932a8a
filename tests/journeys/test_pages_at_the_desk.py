"""Nothing that was written is lost: a log-in ends while somebody writes, and two people save the same page."""

from playwright.sync_api import expect

from tests.journeys.test_pages import violations

ABOUT = "/admin/articles/standingpage/"


def open_about(page):
    page.goto(ABOUT)
    page.locator("#result_list tbody th a").first.click()
    return page.get_by_label("Text:", exact=True)


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def is_accessible(page):
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme


def test_a_log_in_that_ends_while_writing_brings_the_words_back(signed_in, newsroom):
    page = signed_in("editor", viewport={"width": 390, "height": 844})
    text = open_about(page)
    words = f"{text.input_value()}\n\nWritten all night."
    text.fill(words)
    page.context.clear_cookies(name="desk")
    save(page)
    expect(page.get_by_text("What you wrote is safe in this page")).to_be_visible()
    is_accessible(page)

    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(newsroom.password)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_label("Text", exact=True)).to_have_value(words)
    is_accessible(page)
    page.get_by_role("button", name="Send it again").click()

    expect(page.get_by_text("Saved as version")).to_be_visible()
    expect(page.get_by_label("Text:", exact=True)).to_have_value(words)


def test_the_second_of_two_who_save_a_page_compares_and_decides(signed_in):
    first, second = signed_in("editor"), signed_in("admin")
    open_about(first).fill("Theirs.")
    open_about(second).fill("Mine.")
    save(first)
    expect(first.get_by_text("Saved as version")).to_be_visible()

    save(second)
    told = second.get_by_role("alert").filter(has_text="while you were writing")
    expect(told.get_by_role("row", name="Text")).to_contain_text("Theirs.")
    expect(second.get_by_label("Text:", exact=True)).to_have_value("Mine.")
    is_accessible(second)
    second.get_by_label("I have compared them. Save over theirs.").check()
    save(second)

    expect(second.get_by_text("Saved as version")).to_be_visible()
    expect(second.get_by_label("Text:", exact=True)).to_have_value("Mine.")

    second.get_by_role("link", name="Publish …").click()
    expect(second.get_by_role("button", name="Publish")).to_be_visible()
    is_accessible(second)
    second.get_by_role("link", name="Back to the page").click()
    second.get_by_role("link", name="History").click()
    expect(second.get_by_role("heading", name="Versions and events")).to_be_visible()
    is_accessible(second)
