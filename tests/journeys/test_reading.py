"""Reading the paper without scripts, and without a mouse."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_pages import LEAD


@pytest.fixture
def plain(new_context):
    """A page of a browser that runs no scripts."""
    return new_context(java_script_enabled=False).new_page()


def test_without_scripts_a_reader_gets_from_the_front_to_a_story_and_on(plain, articles):
    plain.goto("/")
    plain.get_by_role("main").get_by_role("link", name="Canada and Mexico", exact=False).first.click()
    expect(plain).to_have_url(articles[LEAD])
    expect(plain.get_by_role("heading", level=1)).to_contain_text("Canada and Mexico")

    plain.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Americas").click()

    expect(plain.get_by_role("heading", level=1)).to_have_text("Americas")


def test_without_scripts_a_reader_finds_a_story_by_its_words(plain):
    plain.goto("/search/")
    plain.get_by_role("main").get_by_role("searchbox").fill("trade talks")
    plain.get_by_role("main").get_by_role("button", name="Search").click()

    expect(plain.get_by_role("main").get_by_role("article").first).to_contain_text("trade")


def test_the_first_tab_offers_to_skip_to_the_content(page):
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_menu_opens_and_leads_on_by_keyboard(page):
    page.goto("/")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    americas = page.get_by_role("navigation", name="All sections").get_by_role("link", name="Americas")
    expect(americas).to_be_visible()

    americas.focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url("/world/americas/")


def test_every_stop_of_the_tab_key_can_be_seen(page):
    page.goto("/")

    for _ in range(40):
        page.keyboard.press("Tab")
        marked, element = page.evaluate(MARKED)
        assert marked, element


# The element with the focus, or the card around it, has an outline.
MARKED = """() => {
    const element = document.activeElement, around = [element, element.closest(".card")].filter(Boolean);
    return [around.some(one => getComputedStyle(one).outlineStyle !== "none"), element.outerHTML];
}"""
