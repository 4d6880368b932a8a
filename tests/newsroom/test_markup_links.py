"""Where the links of an article lead."""

import pytest
from bs4 import BeautifulSoup

from newsroom.foundations.markup import article_html


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
