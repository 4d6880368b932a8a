"""An editor's and a moderator's day, and a reader's, in one story that must never break."""

import time

from playwright.sync_api import expect

from comments.form_tokens import HASTY

HEADLINE = "Ferry pilots refuse the winter timetable"
STANDFIRST = "The crews say the crossing is forty minutes longer in ice than the plan allows."
BODY = """The pilots handed in their letter on Monday. It is one page long, and all but two have signed it.

## What the letter says

It asks for *nothing* but the tide tables of the last ten winters, [published](https://example.org/tides) in full.

> We know this water. The timetable does not.
"""
COMMENT = "I took that crossing every winter for twenty years, and the pilots are right."


def test_a_story_is_written_published_found_discussed_and_the_discussion_moderated(signed_in, new_context):
    address = written_and_published(signed_in)
    reader = new_context().new_page()
    found_everywhere(reader, address)
    commented(reader, address)
    assert COMMENT not in fetched(reader, address)

    approved(signed_in("moderator"))

    assert COMMENT in fetched(reader, address)


def written_and_published(signed_in):
    """The writer writes, previews and submits; the editor publishes. Returns the article's address."""
    writer = signed_in("writer")
    writer.goto("/admin/articles/article/add/")
    writer.get_by_label("Headline", exact=True).fill(HEADLINE)
    writer.get_by_label("Standfirst").fill(STANDFIRST)
    writer.get_by_label("Text", exact=True).fill(BODY)
    writer.locator("#id_section").select_option(label="World › Americas")
    preview = writer.frame_locator("iframe")
    expect(preview.get_by_role("heading", name="What the letter says")).to_be_visible()
    writer.get_by_role("button", name="Save", exact=True).click()
    writer.get_by_role("button", name="Submit for review").first.click()
    expect(writer.get_by_text("Submitted: the desk has it now.")).to_be_visible()

    editor = signed_in("editor")
    editor.get_by_role("link", name="In review").click()
    editor.get_by_role("link", name=HEADLINE).click()
    editor.get_by_role("button", name="Publish…").click()
    expect(editor.get_by_text("It replaces nothing: readers have not seen this article.")).to_be_visible()
    editor.get_by_role("button", name="Publish", exact=True).click()
    return editor.get_by_role("link", name="View on site").first.get_attribute("href")


def found_everywhere(reader, address):
    """On the front, in its section and the one above, in the feed, and by searching."""
    for place in ("/", "/world/", "/world/americas/", "/search/?q=ferry+pilots"):
        reader.goto(place)
        expect(reader.get_by_role("main").get_by_role("link", name=HEADLINE).first).to_have_attribute(
            "href", address
        )
    assert HEADLINE in fetched(reader, "/world/americas/feed/")
    reader.goto(address)
    expect(reader.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(reader.get_by_role("heading", name="What the letter says")).to_be_visible()


def commented(reader, address):
    reader.goto(address)
    reader.get_by_role("link", name="Leave a comment").click()
    reader.get_by_label("Your name").fill("Ines Duarte")
    reader.get_by_label("Your e-mail address").fill("ines@mail.example")
    reader.get_by_label("Your comment").fill(COMMENT)
    time.sleep(HASTY)  # as long as a person takes at least
    reader.get_by_role("button", name="Send comment").click()
    expect(reader.get_by_text("awaiting moderation")).to_be_visible()


def approved(moderator):
    moderator.get_by_role("link", name="Comments waiting").click()
    waiting = moderator.locator("article, li, tr", has_text=COMMENT).last
    waiting.get_by_role("button", name="Approve").click()
    expect(moderator.get_by_text("now approved")).to_be_visible()


def fetched(page, address):
    """What this reader's browser gets there, as text."""
    return page.request.get(address).text()
