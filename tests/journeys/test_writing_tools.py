"""A reporter at work: keys, buttons, pasted text and pictures, and undo takes each of them back."""

import re

import pytest
from playwright.sync_api import expect

from tests import make
from tests.articles import clipboards
from tests.journeys.test_pages import complaints_of, violations

PASTE = """(field, [html, plain]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", plain);
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
DROP = """(field, bytes) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([new Uint8Array(bytes)], "harbour.jpg", { type: "image/jpeg" }));
  field.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def sheet(signed_in):
    """A new article's sheet before an editor."""
    page = signed_in("editor")
    page.goto("/admin/articles/article/add/")
    return page


@pytest.fixture
def text(sheet):
    field = sheet.get_by_label("Text", exact=True)
    field.focus()
    return field


def test_lists_and_quotations_go_on_until_an_empty_line_ends_them(text):
    text.press_sequentially("- Steel")
    text.press("Enter")
    text.press_sequentially("Grain")
    text.press("Enter")
    text.press("Enter")
    text.press_sequentially("9. Then")
    text.press("Enter")
    expect(text).to_have_value("- Steel\n- Grain\n9. Then\n10. ")

    text.fill("> So she said")
    text.press("End")
    text.press("Enter")
    expect(text).to_have_value("> So she said\n> ")


def test_keys_and_buttons_undo_themselves(sheet, text):
    text.fill("The port is shut.")
    text.evaluate("field => field.setSelectionRange(4, 8)")
    text.press("Control+b")
    expect(text).to_have_value("The **port** is shut.")
    text.press("Control+i")
    expect(text).to_have_value("The ***port*** is shut.")
    text.press("Control+b")
    expect(text).to_have_value("The *port* is shut.")
    text.press("Control+i")
    for name, mark in {"Heading": "## ", "Quotation": "> ", "List": "- "}.items():
        button = sheet.get_by_role("button", name=name, exact=True)
        button.click()
        expect(text).to_have_value(f"{mark}The port is shut.")
        button.click()
        expect(text).to_have_value("The port is shut.")


def test_what_word_copies_is_pasted_as_markdown_and_one_undo_takes_it_back(sheet, text):
    text.press_sequentially("Before.")
    text.evaluate(PASTE, [clipboards.GOOGLE_DOCS, "The deal"])

    expect(text).to_have_value(
        re.compile(r"^Before\.\n\n## The deal\n\nIt is \*\*not\*\* .*- {3}Grain$", re.S)
    )
    expect(sheet.get_by_text("1 picture was left out")).to_be_visible()

    text.press("Control+z")
    expect(text).to_have_value("Before.")


def test_a_url_pasted_over_words_makes_them_a_link(text):
    text.fill("Read the report.")
    text.evaluate("field => field.setSelectionRange(5, 15)")

    text.evaluate(PASTE, ["", "https://www.example.org/report"])

    expect(text).to_have_value("Read [the report](https://www.example.org/report).")


def test_a_link_to_one_of_our_stories_is_found_by_its_words(sheet, text):
    text.press_sequentially("See ")
    text.press("Control+k")
    dialog = sheet.get_by_role("dialog", name="Link")
    dialog.locator(".text-stories button").first.wait_for()
    dialog.locator(".text-stories button").first.click()

    expect(text).to_have_value(re.compile(r"^See \[.+\]\(/.+/\)$"))
    expect(text).to_be_focused()


def test_a_picture_is_chosen_and_the_sheet_says_whose_it_is(sheet, text):
    text.press_sequentially("The quay.")
    sheet.get_by_role("button", name="Picture", exact=True).click()
    dialog = sheet.get_by_role("dialog", name="Picture")
    dialog.get_by_label("Caption in this story").fill("At dusk.")
    dialog.locator(".text-pictures img").first.wait_for()
    dialog.locator(".text-pictures button").first.click()

    expect(text).to_have_value(re.compile(r'^The quay\.\n\n!\[.*\]\(image:\d+ "At dusk\."\)$'))
    expect(sheet.locator("text-pictures img")).to_have_count(1)
    text.press("Control+z")
    expect(text).to_have_value("The quay.")


def test_a_picture_that_is_dropped_asks_for_its_words_and_goes_in(sheet, text):
    text.evaluate(DROP, list(make.picture_bytes()))
    dialog = sheet.get_by_role("dialog", name="Picture")
    dialog.get_by_role("button", name="Upload and put in").click()
    expect(dialog.get_by_text("Describe the picture for people who cannot see it")).to_be_visible()

    dialog.get_by_label("Alternative text").fill("A crane")
    dialog.get_by_label("Credit").fill("Photograph: Ana")
    dialog.get_by_role("button", name="Upload and put in").click()

    expect(text).to_have_value(re.compile(r"^!\[A crane\]\(image:\d+\)$"))
    expect(sheet.locator("text-pictures")).to_contain_text("A crane · Photograph: Ana")


def test_tab_leaves_the_text_and_ctrl_s_saves_it(sheet, text):
    text.press_sequentially("The port is shut.")
    expect(sheet.locator("text-count")).to_have_text("4 words · 1 min to read")
    text.press("Tab")
    expect(text).not_to_be_focused()
    sheet.get_by_label("Headline", exact=True).fill("Port shut")
    sheet.locator("#id_section").select_option(label="World › Americas")

    text.press("Control+s")

    expect(sheet.get_by_text("Saved as version 1.")).to_be_visible()


def test_the_dialogs_are_accessible_and_the_browser_has_no_complaint(sheet):
    for name, first in {"Link": ".text-stories button", "Gallery": ".text-pictures img"}.items():
        with complaints_of(sheet) as complaints:
            sheet.get_by_role("button", name=name, exact=True).click()
            sheet.get_by_role("dialog").locator(first).first.wait_for()
        assert complaints == []
        for scheme in ("light", "dark"):
            sheet.emulate_media(color_scheme=scheme)
            assert violations(sheet) == []
        sheet.keyboard.press("Escape")
        expect(sheet.get_by_role("dialog")).to_have_count(0)
