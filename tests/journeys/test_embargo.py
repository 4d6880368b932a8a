"""A story that nobody may read before its time: handed in, taken back, embargoed, refused, lifted, published."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

HEADLINE = "Harbour board settles with the pilots"
WORDS = "Both sides signed on Tuesday, and agreed to say so on Thursday morning."


def test_a_story_under_embargo_stays_with_the_desk_until_it_is_lifted(signed_in, new_context):
    sheet = taken_back_and_submitted(signed_in("writer"))
    reader, editor = new_context().new_page(), signed_in("editor")

    editor.goto(sheet)
    embargoed(editor)
    refused_now(editor)
    assert HEADLINE not in reader.request.get("/world/americas/").text()

    lifted(editor)
    editor.get_by_role("button", name="Publish").first.click()
    editor.get_by_role("button", name="Publish").last.click()

    expect(editor.get_by_role("link", name="View on site").first).to_be_visible()
    assert HEADLINE in reader.request.get("/world/americas/").text()


def taken_back_and_submitted(writer):
    """The writer hears that the text is missing, submits, takes it back and submits again. Returns the sheet's URL."""
    writer.goto("/admin/articles/article/add/")
    writer.get_by_label("Headline", exact=True).fill(HEADLINE)
    writer.locator("#id_section").select_option(label="World › Americas")
    writer.get_by_role("button", name="Save", exact=True).click()
    writer.get_by_role("button", name="Submit for review").first.click()
    expect(writer.get_by_text("Missing: the text.")).to_be_visible()
    writer.locator("#id_body").fill(WORDS)
    writer.get_by_role("button", name="Save and submit").click()
    writer.get_by_role("button", name="Take back").click()
    expect(writer.get_by_text("Taken back: it is a draft again")).to_be_visible()
    writer.get_by_role("button", name="Submit for review").first.click()
    expect(writer.get_by_text("Submitted: the desk has it now.")).to_be_visible()
    return writer.url


def embargoed(editor):
    form = editor.locator(".move-embargo")
    form.locator("summary").click()
    day_after_tomorrow = timezone.localdate() + timedelta(days=2)
    form.get_by_label("Day").fill(day_after_tomorrow.isoformat())
    form.get_by_label("Time").fill("06:00")
    form.get_by_role("button").click()
    expect(editor.locator(".status-sentence", has_text="Under embargo until")).to_be_visible()


def refused_now(editor):
    editor.get_by_role("button", name="Publish").first.click()
    expect(editor.locator(".status-sentence", has_text="Under embargo until")).to_be_visible()
    editor.get_by_role("button", name="Publish").last.click()
    expect(editor.get_by_text("It is under embargo until")).to_be_visible()


def lifted(editor):
    form = editor.locator(".move-lift_embargo")
    form.locator("summary").click()
    form.get_by_label("Why").fill("The board agreed.")
    form.get_by_role("button").click()
    expect(editor.get_by_text("The embargo is lifted.")).to_be_visible()
