"""An editor publishes nothing that she has not read on the page before: by keyboard, on a phone, without scripts."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_pages import violations

PHONE = {"viewport": {"width": 390, "height": 844}}
BODY = "The keepers hand over their keys on Friday. Nobody has asked for them back."


@pytest.fixture
def editor(signed_in, new_context):
    """The editor's page on a phone whose browser runs no scripts."""
    signed = signed_in("editor").context.storage_state()
    return new_context(java_script_enabled=False, storage_state=signed, **PHONE).new_page()


def written(page, headline):
    """A draft of this headline; its sheet is open."""
    page.goto("/admin/articles/article/add/")
    page.get_by_label("Headline", exact=True).fill(headline)
    page.get_by_label("Text", exact=True).fill(BODY)
    page.locator("#id_section").select_option(label="World › Americas")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved as version 1.")).to_be_visible()


def press(page, name):
    """By keyboard."""
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    button.press("Enter")


def test_a_story_is_published_changed_withdrawn_and_put_back_as_corrected(editor):
    written(editor, "Lighthouse keepers leave the coast")

    press(editor, "Publish…")
    expect(editor.get_by_text("It is a draft that is not submitted")).to_be_visible()
    press(editor, "Publish")
    expect(editor.get_by_text("Live since").first).to_be_visible()
    expect(editor.get_by_role("button", name="Publish changes…")).to_have_count(0)

    editor.get_by_label("Headline", exact=True).fill("Lighthouse keepers leave the north coast")
    press(editor, "Save and publish the changes")
    expect(editor.locator("ins")).to_have_text("north ")
    press(editor, "Publish changes")

    press(editor, "Withdraw…")
    expect(editor.get_by_text("is taken away")).to_be_visible()
    editor.get_by_label("Why").fill("It was the south coast.")
    press(editor, "Withdraw")
    editor.get_by_label("Headline", exact=True).fill("Lighthouse keepers leave the south coast")
    press(editor, "Save")
    press(editor, "Put back…")
    editor.get_by_label("Version 3, the latest").check()
    press(editor, "Put back")

    editor.get_by_role("link", name="View on site").click()
    expect(editor.get_by_role("heading", level=1)).to_have_text("Lighthouse keepers leave the south coast")


def test_a_draft_chosen_among_others_goes_only_when_ticked_expressly(editor):
    written(editor, "Harbour bell found in a garden")
    editor.goto("/admin/articles/article/?q=harbour+bell+garden")
    editor.locator("#result_list [name=_selected_action]").check()
    editor.get_by_label("Action").first.select_option("publish")
    editor.locator("button[name=index]").first.click()

    drafts = editor.get_by_role("region", name="Drafts that are not submitted")
    expect(drafts.get_by_role("checkbox")).not_to_be_checked()
    drafts.get_by_role("checkbox").check()
    press(editor, "Publish")

    expect(editor.get_by_text("Publish: 1 article.")).to_contain_text("Version 1")


def test_the_pages_before_a_verb_are_accessible_in_light_and_dark(signed_in):
    page = signed_in("editor", **PHONE)
    written(page, "Keepers keep their keys")
    page.get_by_role("button", name="Publish…").click()
    expect(page.get_by_role("heading", name="Publish")).to_be_visible()

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
