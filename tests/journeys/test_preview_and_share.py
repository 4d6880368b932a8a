"""An editor looks at a story before readers do, compares two versions, and shows it to somebody without a login."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.test_pages import complaints_of, violations

SCHEMES = ("light", "dark")


@pytest.fixture
def sheet(signed_in):
    """A story that was saved twice, before its editor."""
    page = signed_in("editor")
    page.goto("/admin/articles/article/add/")
    page.get_by_label("Headline", exact=True).fill("Harbour closes")
    page.get_by_label("Text", exact=True).fill(
        "The harbour closes at noon. See [the order](https://example.org/)."
    )
    page.locator("#id_section").select_option(label="World › Americas")
    save(page, 1)
    page.get_by_label("Headline", exact=True).fill("Harbour reopens")
    save(page, 2)
    return page


def save(page, version):
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text(f"Saved as version {version}.")).to_be_visible()


def shown_in(page):
    return page.frame_locator("live-preview iframe")


def accessible(page):
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme


def test_the_same_words_are_seen_as_page_cards_search_result_and_social_card(sheet):
    preview = shown_in(sheet)
    expect(preview.get_by_text("You see version 2, not yet published.")).to_be_visible()

    for button, found in {
        "Cards": "In the list of its section",
        "Search result": "In a search engine",
        "Social card": "Where somebody shares the link",
    }.items():
        sheet.get_by_role("button", name=button, exact=True).click()
        expect(preview.get_by_role("heading", name=found)).to_be_visible()
        expect(preview.get_by_text("Harbour reopens").first).to_be_visible()
        accessible(sheet)

    sheet.get_by_label("Headline", exact=True).fill("Harbour stays shut")
    expect(preview.get_by_text("You see words that are not saved yet.")).to_be_visible()


@pytest.mark.parametrize("window", [390, 1280])
def test_a_phones_and_a_desktops_width_fit_into_the_window(sheet, window):
    sheet.set_viewport_size({"width": window, "height": 800})
    frame = sheet.locator("live-preview iframe")

    for name, width in {"Desktop": 1280, "Phone": 390}.items():
        sheet.get_by_label(name, exact=True).check()
        expect(frame).to_have_css("width", f"{width}px")
        box, pane = frame.bounding_box(), sheet.locator("preview-frame").bounding_box()
        assert box["width"] <= pane["width"] + 1 and box["x"] + box["width"] <= window
        root = "document.documentElement"
        assert sheet.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0


def test_tab_passes_through_the_preview_in_one_step_and_a_screen_reader_hears_it(sheet):
    preview = shown_in(sheet)
    expect(preview.get_by_text("the order")).to_be_visible()

    main = preview.get_by_role("main")
    expect(main).to_have_attribute("tabindex", "0")
    expect(preview.get_by_role("link")).to_have_count(0)
    sheet.get_by_label("Phone", exact=True).focus()
    sheet.keyboard.press("Tab")
    expect(main).to_be_focused()
    sheet.keyboard.press("Tab")
    expect(sheet.get_by_role("link", name="Share a preview")).to_be_focused()


def test_two_versions_are_picked_and_compared_without_scripts(sheet, new_context):
    page = new_context(java_script_enabled=False, storage_state=sheet.context.storage_state()).new_page()
    page.goto(sheet.url.replace("/change/", "/history/"))
    page.get_by_label(re.compile("from Version 2")).check()
    page.get_by_label(re.compile("to Version 1")).check()
    page.get_by_role("button", name="Compare the two").click()

    expect(page.get_by_role("heading", name="What Version 1 says differently from Version 2")).to_be_visible()
    expect(page.locator("del").first).to_have_text("reopens")
    expect(page.locator("ins").first).to_have_text("closes")


def test_the_history_and_a_comparison_are_accessible(sheet):
    sheet.goto(sheet.url.replace("/change/", "/history/"))
    accessible(sheet)
    sheet.get_by_role("button", name="Compare the two").click()
    accessible(sheet)


def test_somebody_without_a_login_reads_what_they_were_sent_until_it_is_revoked(sheet, page):
    sheet.get_by_role("link", name="Share a preview").click()
    accessible(sheet)
    sheet.get_by_label("For whom").fill("Dr Osei")
    sheet.get_by_role("button", name="Make the link").click()
    url = sheet.get_by_label("Address").input_value()
    accessible(sheet)

    page.goto(url)
    expect(page.get_by_role("heading", name="Harbour reopens")).to_be_visible()
    expect(page.get_by_text("Not published. Shared by")).to_be_visible()
    accessible(page)
    assert page.context.cookies() == []

    sheet.get_by_role("link", name="Back to the article").click()
    expect(sheet.locator(".shared")).to_contain_text("last opened")
    sheet.get_by_role("button", name="Revoke Dr Osei").click()
    expect(sheet.get_by_text("The link for Dr Osei opens nothing any more.")).to_be_visible()

    page.reload()
    expect(page.get_by_text("This link opens nothing, or no longer does")).to_be_visible()
    accessible(page)


def test_the_browser_has_no_complaint_about_sharing(sheet):
    with complaints_of(sheet) as complaints:
        sheet.get_by_role("link", name="Share a preview").click()
        expect(sheet.get_by_label("For whom")).to_be_visible()

    assert complaints == []
