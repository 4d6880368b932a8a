"""What scripts add while an article is written: nothing typed is lost, and the form answers the hand."""

import re

import pytest
from playwright.sync_api import expect

from tests import make


@pytest.fixture
def sheet(signed_in):
    """A new article's sheet before an editor."""
    page = signed_in("editor")
    page.goto("/admin/articles/article/add/")
    forget_what_waits(page)
    page.get_by_label("Headline", exact=True).fill("Sheet")
    return page


def forget_what_waits(page):
    """What journeys before this one left unsaved."""
    expect(page.locator("#unsaved-offers.compared")).to_be_attached()
    waiting = page.locator("#unsaved-offers > section")
    for left in reversed(range(waiting.count())):
        waiting.first.get_by_role("button", name="Forget it").click()
        expect(waiting).to_have_count(left)


def save(page):
    page.locator("#id_section").select_option(label="World › Americas")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved as version 1.")).to_be_visible()


def kept(page):
    """Wait until this browser has put away what was typed."""
    expect(page.get_by_text("Not saved yet")).to_be_visible()


def left_without_saving(page):
    """The window is gone, whatever the page would have liked to ask."""
    kept(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")


def test_text_that_was_never_saved_is_offered_again(sheet):
    sheet.get_by_label("Text", exact=True).fill("Words that took an hour.")
    left_without_saving(sheet)

    sheet.goto("/admin/articles/article/add/")
    sheet.get_by_role("button", name="Restore unsaved text").click()

    expect(sheet.get_by_label("Text", exact=True)).to_have_value("Words that took an hour.")
    expect(sheet.get_by_label("Headline", exact=True)).to_have_value("Sheet")


def test_what_was_saved_is_not_offered_again(sheet):
    kept(sheet)
    save(sheet)

    sheet.goto("/admin/articles/article/add/")

    expect(sheet.get_by_label("Headline", exact=True)).to_have_value("")
    expect(sheet.get_by_role("button", name="Restore unsaved text")).to_be_hidden()


def test_restored_bylines_come_back_with_their_rows(sheet):
    sheet.get_by_role("button", name="Add a byline").click()
    sheet.get_by_role("button", name="Add a byline").click()
    rows = sheet.locator(".byline-row:visible").count()
    left_without_saving(sheet)

    sheet.goto("/admin/articles/article/add/")
    sheet.get_by_role("button", name="Restore unsaved text").click()

    expect(sheet.locator(".byline-row:visible")).to_have_count(rows)


def test_leaving_with_unsaved_words_asks_first(sheet):
    kept(sheet)
    asked = []
    sheet.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    sheet.get_by_role("link", name="Pictures").click()
    sheet.wait_for_url("**/image/")

    assert asked == ["beforeunload"]


def test_the_preview_follows_what_is_typed(sheet):
    preview = sheet.frame_locator("iframe")
    expect(preview.get_by_role("heading", level=1)).to_have_text("Sheet")

    sheet.get_by_label("Headline", exact=True).fill("Another headline")

    expect(preview.get_by_role("heading", level=1)).to_have_text("Another headline")


def test_the_preview_works_without_scripts(signed_in, new_context):
    signed = signed_in("editor")
    page = new_context(java_script_enabled=False, storage_state=signed.context.storage_state()).new_page()
    page.goto("/admin/articles/article/add/")
    page.get_by_label("Headline", exact=True).fill("By hand")

    page.get_by_role("button", name="The page").click()

    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_have_text("By hand")


def test_bylines_are_chosen_added_and_moved(sheet):
    def choose(row, place):
        row.locator(".select2-selection").click()
        person = sheet.locator(".select2-results__option[aria-selected]").nth(place)
        name = person.text_content()
        person.click()
        return name

    rows = sheet.locator(".byline-row:visible")
    before = rows.count()
    sheet.get_by_role("button", name="Add a byline").click()
    first, second = choose(rows.nth(before - 1), 0), choose(rows.nth(before), 1)
    rows.nth(before).get_by_role("button", name="Move up").click()
    save(sheet)

    shown = sheet.locator(".byline-row .select2-selection__rendered").evaluate_all(
        "all => all.map(one => one.title)"
    )
    assert [name for name in shown if name][:2] == [second, first]


def test_tags_are_suggested_while_typing(sheet):
    tags = sheet.get_by_label("Tags")
    tags.press_sequentially("Harbours, tra")
    suggestion = sheet.locator(".suggestions [role=option]").first
    words = suggestion.text_content()

    tags.press("ArrowDown")
    tags.press("Enter")

    expect(tags).to_have_value(f"Harbours, {words}, ")


def test_the_picture_that_is_chosen_is_seen(sheet):
    sheet.locator(".picture-field .select2-selection").click()
    sheet.locator(".select2-results .picture-suggestion img").first.wait_for()
    sheet.locator(".select2-results__option--highlighted").click()

    expect(sheet.locator(".picture-card img")).to_have_attribute(
        "src", re.compile(r"/media/pictures/.+\.jpeg")
    )


def test_buttons_put_markdown_around_what_is_selected_and_undo_takes_it_back(sheet):
    text = sheet.get_by_label("Text", exact=True)
    text.press_sequentially("Steel")
    text.select_text()

    sheet.get_by_role("button", name="Bold").click()
    expect(text).to_have_value("**Steel**")

    text.press("Control+z")
    expect(text).to_have_value("Steel")


def test_a_counter_says_when_a_headline_grows_too_long(sheet):
    sheet.get_by_label("Headline", exact=True).fill("x" * 71)

    expect(sheet.get_by_text("71 / 70")).to_have_class(re.compile("over"))


def test_a_picture_is_added_without_leaving_the_story(sheet, tmp_path):
    harbour = tmp_path / "harbour.jpg"
    harbour.write_bytes(make.picture_bytes())

    with sheet.expect_popup() as opened:
        sheet.locator("#add_id_picture").click()
    popup = opened.value
    popup.get_by_label("File").set_input_files(harbour)
    popup.get_by_label("Title").fill("Harbour at dawn")
    popup.get_by_label("Alternative text").fill("Cranes over containers")
    popup.get_by_role("button", name="Save").click()

    expect(sheet.locator(".picture-card")).to_contain_text("Cranes over containers")
    expect(sheet.get_by_label("Headline", exact=True)).to_have_value("Sheet")


def test_words_survive_a_login_that_ran_out(sheet, newsroom):
    sheet.get_by_label("Text", exact=True).fill("Written all night.")
    kept(sheet)
    sheet.context.clear_cookies(name="desk")
    sheet.locator("#id_section").select_option(label="World › Americas")
    sheet.get_by_role("button", name="Save", exact=True).click()

    sheet.get_by_label("Username").fill("editor")
    sheet.get_by_label("Password").fill(newsroom.password)
    sheet.get_by_role("button", name="Log in").click()
    sheet.get_by_role("button", name="Send it again").click()

    expect(sheet.get_by_text("Saved as version 1.")).to_be_visible()
    expect(sheet.get_by_label("Text", exact=True)).to_have_value("Written all night.")
