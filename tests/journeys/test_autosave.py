"""What is typed reaches the server while it is typed, and colleagues see each other at one article."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def sheet(signed_in):
    """A saved article's sheet before an editor."""
    page = signed_in("editor")
    page.goto("/admin/articles/article/add/")
    page.get_by_label("Headline", exact=True).fill("Ports")
    page.locator("#id_section").select_option(label="World › Americas")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved as version 1.")).to_be_visible()
    return page


def test_words_come_back_after_the_browser_died(sheet, signed_in):
    sheet.get_by_label("Text", exact=True).fill("Words that took an hour.")
    expect(sheet.get_by_text("Saved on the server")).to_be_visible()
    address = sheet.url
    sheet.context.close()

    again = signed_in("editor")
    again.goto(address)
    expect(again.get_by_role("heading", name="never saved")).to_be_visible()
    again.get_by_role("button", name="Restore unsaved text").click()

    expect(again.get_by_label("Text", exact=True)).to_have_value("Words that took an hour.")
    again.get_by_role("button", name="Save", exact=True).click()
    expect(again.get_by_text("Saved as version 2.")).to_be_visible()
    expect(again.get_by_role("button", name="Restore unsaved text")).to_be_hidden()


def test_words_typed_while_the_line_was_lost_are_compared_in_words(sheet):
    sheet.route("**/autosave/", lambda route: route.abort())
    sheet.get_by_label("Text", exact=True).fill("Typed in a tunnel.")
    expect(
        sheet.get_by_text("The line to the server is lost. Your words are safe in this browser.")
    ).to_be_visible()
    sheet.on("dialog", lambda dialog: dialog.accept())
    sheet.unroute("**/autosave/")
    sheet.goto(sheet.url)

    sheet.get_by_text("What it says differently").click()

    expect(sheet.locator("#unsaved-offers ins")).to_have_text("Typed in a tunnel.")


def test_two_people_at_one_article_see_each_other_and_the_newer_version(sheet, signed_in):
    colleague = signed_in("admin")
    colleague.goto(sheet.url)
    expect(colleague.get_by_text("has had it open since")).to_be_visible()

    colleague.get_by_label("Headline", exact=True).fill("Ports reopen")
    colleague.get_by_role("button", name="Save", exact=True).click()
    expect(colleague.get_by_text("Saved as version 2.")).to_be_visible()
    sheet.get_by_label("Text", exact=True).fill("Unaware.")

    expect(sheet.get_by_text(re.compile("saved version 2 at"))).to_be_visible()
