"""Where the links of an article lead."""

import pytest
from bs4 import BeautifulSoup

from newsroom.foundations.markup import article_html, comment_html


def page(text):
    return BeautifulSoup(article_html(text).html, "html.parser")


def test_only_links_out_of_the_house_are_noopener():
    text = (
        "[a](https://news.example/x) [b](/world/) [c](#h) [d](https://other.example/) [e](mailto:a@b.example)"
    )

    assert [link.get("rel") for link in page(text).find_all("a")] == [None, None, None, ["noopener"], None]


def test_an_address_without_a_scheme_is_given_https():
    assert page("[x](//other.example/a)").a.attrs == {"href": "https://other.example/a", "rel": ["noopener"]}


@pytest.mark.parametrize(
    ("typed", "href"),
    [
        ("https://other.example/a b|c", "https://other.example/a%20b%7Cc"),
        ("https://other.example/?q=[1]&r=100%#x#y", "https://other.example/?q=%5B1%5D&r=100%25#x%23y"),
        ("https://[2001:db8::1]/é%20", "https://[2001:db8::1]/é%20"),
        (r"\\other.example\a", "https://other.example/a"),
        ("mailto:a@b.example?subject=x y", "mailto:a@b.example?subject=x%20y"),
    ],
)
def test_an_address_is_spelt_as_browsers_spell_it(typed, href):
    assert page(f'<a href="{typed}">x</a>').a["href"] == href


@pytest.mark.parametrize("typed", ["javascript:x", "https://a b/", "http:///x", "https:x", "x:y", "", "#"])
def test_a_link_without_a_usable_address_stays_in_words_and_is_reported(typed):
    rendered = article_html(f'<a href="{typed}">the words</a>')

    assert rendered.html == "<p><span>the words</span></p>"
    assert rendered.warnings == ("The link “the words” has no usable address.",)


def test_a_link_without_words_shows_its_address():
    assert page("[](https://other.example/a)").a.text == "https://other.example/a"


WHOLE = (
    "https://web.archive.org/web/*/https://www.old.example/*",
    "https://x.example/__init__/a",
    "https://shop.example/p?re=m65_-_26-_-Product--x...y",
    "https://x.example/a_(b)_*c*/OECD/d?x=1&copy=2",
    "www.x.example/_a_",
)


@pytest.mark.parametrize("render", [article_html, comment_html])
@pytest.mark.parametrize("url", WHOLE)
@pytest.mark.parametrize(
    "around", ["{}", "See {}.", "(*{}* and _more_)", "**See {}, too**", "* {}\n* b", "> {}"]
)
def test_a_bare_url_is_one_whole_link_with_all_its_signs(render, url, around):
    soup = BeautifulSoup(render(f"{around.format(url)}\n\n*[OECD]: Organisation").html, "html.parser")

    links = [(link["href"], link.text) for link in soup.find_all("a")]
    assert links == [(url if "://" in url else f"http://{url}", url)]


def test_a_url_that_is_a_link_or_code_already_stays_what_it_is():
    soup = page(
        "[https://a.example/_x_](https://b.example/_y_) <https://c.example/*> `https://d.example/_z_`\n\n"
        '<a href="https://e.example/_e_">https://f.example/__f__</a>\n\n```\nhttps://g.example/_*\n```'
    )

    assert [(link["href"], link.text) for link in soup.find_all("a")] == [
        ("https://b.example/_y_", "https://a.example/_x_"),
        ("https://c.example/*", "https://c.example/*"),
        ("https://e.example/_e_", "https://f.example/__f__"),
    ]
    assert [code.text.strip() for code in soup.find_all("code")] == [
        "https://d.example/_z_",
        "https://g.example/_*",
    ]


def test_emphasis_around_a_url_ends_after_it():
    soup = page("*see https://a.example/b* and **https://a.example/c_d**: _https://a.example/_")

    assert [link["href"] for link in soup.find_all("a")] == [
        "https://a.example/b",
        "https://a.example/c_d",
        "https://a.example/",
    ]
    assert [tag.name for tag in soup.p.find_all(["em", "strong"])] == ["em", "strong", "em"]


def test_words_that_only_look_like_a_url_stay_words():
    rendered = article_html("http://999.9.9.9 or https:// or xhttps://a.example or www.")

    assert "<a" not in rendered.html
    assert rendered.warnings == ()
