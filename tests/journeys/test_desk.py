"""The screens staff work in: accessible in light and dark, and no complaint from the browser's console."""

import pytest

from tests.journeys.test_pages import complaints_of, violations

SCREENS = {
    "desk": "/admin/",
    "articles": "/admin/articles/article/",
    "new article": "/admin/articles/article/add/",
    "article": "/admin/articles/article/ #result_list tbody th a",
    "sections": "/admin/articles/section/",
    "section": "/admin/articles/section/ #result_list tbody th a",
    "contributors": "/admin/articles/contributor/",
    "contributor": "/admin/articles/contributor/ #result_list tbody th a",
    "tags": "/admin/articles/tag/",
    "pictures": "/admin/articles/image/",
    "new picture": "/admin/articles/image/add/",
    "standing page": "/admin/articles/standingpage/ #result_list tbody th a",
    "comments": "/admin/comments/comment/",
    "decided comments": "/admin/comments/comment/?state=approved",
    "leads": "/admin/comments/lead/",
    "house rules": "/admin/comments/houserules/",
    "masthead": "/admin/newsroom/masthead/",
    "logins": "/admin/newsroom/user/",
}


@pytest.fixture(scope="session")
def administrator(newsroom, browser, base_url):
    """A page of a browser in which the administrator has logged in, for all screens."""
    page = browser.new_context(base_url=base_url).new_page()
    page.goto("/admin/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(newsroom.password)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    yield page
    page.context.close()


@pytest.fixture
def screen(administrator):
    """Open a screen of SCREENS: by its address, or by the first such link there."""

    def open_screen(name):
        address, _, link = SCREENS[name].partition(" ")
        administrator.goto(address)
        if link:
            administrator.goto(administrator.locator(link).first.get_attribute("href"))
        return administrator

    return open_screen


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_accessible_in_light_and_dark(screen, name):
    page = screen(name)

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme


@pytest.mark.parametrize("name", SCREENS)
def test_the_browser_has_no_complaint_about_a_screen(administrator, screen, name):
    with complaints_of(administrator) as complaints:
        screen(name)

    assert complaints == []


def test_the_login_page_is_accessible(page):
    page.goto("/admin/")

    assert violations(page) == []
