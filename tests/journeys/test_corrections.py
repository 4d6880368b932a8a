"""A mistake, from the reader who sees it to the note that says so in public."""

import time

from playwright.sync_api import expect

from comments.form_tokens import HASTY

STORY = "/search/?q=night+metro+line"
WRONG = "The number of the line is wrong, the timetable says so."
RIGHT = "An earlier version of this article named the wrong evening. The line opens on Thursday."


def test_a_reader_reports_an_error_and_sees_it_corrected(signed_in, new_context):
    reader = new_context().new_page()
    address = reported(reader)

    corrected(signed_in("editor"))

    reader.goto(address)
    note = reader.get_by_role("complementary").filter(has_text=RIGHT)
    expect(note.get_by_role("heading", name="Correction")).to_be_visible()
    expect(note.get_by_text("Spotted by Ines")).to_be_visible()
    reader.get_by_role("link", name="What changed in this story").click()
    expect(reader.locator("ins", has_text="Thursday")).to_be_visible()
    reader.get_by_role("contentinfo").get_by_role("link", name="Corrections").click()
    expect(reader.get_by_role("main").get_by_text(RIGHT)).to_be_visible()


def reported(reader):
    """The reader tells the desk what is wrong, and with which paragraph. Returns the article's address."""
    reader.goto(STORY)
    reader.get_by_role("main").locator(".card-title a").first.click()
    address = reader.url
    reader.get_by_role("link", name="Spotted an error? Tell us").click()
    reader.get_by_label("Where").select_option(index=1)
    reader.get_by_label("What is wrong?").fill(WRONG)
    reader.get_by_label("Your name").fill("Ines")
    time.sleep(HASTY)  # as people do; a form sent faster is taken for a machine's
    reader.get_by_role("button", name="Send to the editors").click()
    expect(reader.get_by_role("heading", name="Thank you")).to_be_visible()
    return address


def corrected(editor):
    """The editor changes the text, and publishes it with the note that the lead has begun."""
    editor.goto("/admin/")
    editor.get_by_role("link", name="Errors reported").click()
    lead = editor.get_by_role("listitem").filter(has_text=WRONG)
    listed = editor.url
    lead.locator(".moderation-where a").click()
    text = editor.get_by_label("Text", exact=True)
    text.fill(f"{text.input_value()}\n\nThe first train leaves on Thursday.")
    editor.get_by_role("button", name="Save", exact=True).click()
    editor.goto(listed)
    lead.get_by_role("link", name="Write the correction").click()
    form = editor.locator("section", has_text="The changed text and a note").last
    form.get_by_label("Kind of note").select_option("correction")
    form.get_by_label("Note to readers").fill(RIGHT)
    form.get_by_role("button", name="Publish changes").click()
    expect(editor.locator(".messagelist .success")).to_be_visible()
    editor.goto("/admin/comments/lead/?state=corrected")
    expect(editor.get_by_role("listitem").filter(has_text=WRONG)).to_be_visible()
