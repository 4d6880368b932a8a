"""Conversations and their moderation on a phone and on a desk: every link large enough to hit, in light and dark."""

import pytest

from tests.journeys.test_desk import administrator  # noqa: F401  (a fixture)
from tests.journeys.test_pages import LEAD, violations

WIDTHS = (390, 1280)
SCREENS = {
    "queue": "/admin/comments/comment/",
    "all comments": "/admin/comments/comment/?state=all",
    "spam": "/admin/comments/comment/?state=spam",
    "comment": "/admin/comments/comment/?state=all .moderation-comment a[href*='/change/']",
    "readers": "/admin/comments/reader/",
    "reader": "/admin/comments/reader/ #result_list tbody th a",
}


ASIDE = "a:not(.comment-words a, .moderation-words a, .paginator a, #changelist-search a, #toolbar a)"
SMALL = """links => links.filter(link => link.offsetParent).map(link => [link.getBoundingClientRect(), link.outerHTML])
    .filter(([box]) => box.width < 24 || box.height < 24).map(([box, html]) => `${box.width}×${box.height} ${html}`)"""


def objections(page):
    """What axe says of the page at every width, in both themes; and the links beside words that a thumb would miss,
    which axe excuses while nothing else happens to be near."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += page.locator(f":is(.comments, #content-main) {ASIDE}").evaluate_all(SMALL)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [(width, scheme, *each) for each in violations(page)]
    return found


@pytest.mark.parametrize("place", ["article", "conversation", "form", "reply"])
def test_a_conversation_can_be_read_and_joined(page, articles, place):
    page.goto(articles[LEAD])
    form = page.locator("a[href^='/comments/'][href$='/new/']").first.get_attribute("href")
    reply = page.locator("a[href*='/reply/']").first.get_attribute("href")
    page.goto(
        {"article": articles[LEAD], "conversation": form.replace("new/", ""), "form": form, "reply": reply}[
            place
        ]
    )

    assert page.locator(".comment-context").count() or place in {"form", "reply"}
    assert objections(page) == []


def test_a_comment_just_sent_is_confirmed(page, articles):
    page.goto(articles[LEAD])
    page.goto(page.locator("a[href^='/comments/'][href$='/new/']").first.get_attribute("href"))
    page.get_by_label("Your name").fill("Rosa")
    page.get_by_label("Your e-mail address").fill("rosa@mail.example")
    page.get_by_label("Your comment").fill("The ferry was late on both days.")
    page.get_by_role("button", name="Send comment").click()
    page.get_by_text("awaiting moderation").wait_for()

    assert objections(page) == []


@pytest.mark.parametrize("screen", SCREENS)
def test_comments_can_be_judged(administrator, screen):  # noqa: F811
    address, _, link = SCREENS[screen].partition(" ")
    administrator.goto(address)
    if link:
        administrator.goto(administrator.locator(link).first.get_attribute("href"))

    assert objections(administrator) == []
