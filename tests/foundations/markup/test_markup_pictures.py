"""The pictures in an article's text."""

import pytest
from bs4 import BeautifulSoup

from newsroom.foundations.markup import Picture, article_html


def page(text, **kwargs):
    return BeautifulSoup(article_html(text, **kwargs).html, "html.parser")


def library(ids):
    """A picture library that holds numbers below 100."""
    return {
        number: Picture(
            src=f"/media/{number}-1200.jpg",
            srcset=f"/media/{number}-600.webp 600w, /media/{number}-1200.webp 1200w",
            sizes="100vw",
            width=1200,
            height=800,
            alt="Cranes at dusk",
            caption="Containers wait.",
            credit="Ana Beltrán",
        )
        for number in ids
        if number < 100
    }


def test_a_picture_alone_is_a_figure_with_caption_and_credit():
    figure = page('![A crane](image:12 "It\'s *late*.")', pictures=library).figure

    assert figure.img.attrs == {
        "src": "/media/12-1200.jpg",
        "srcset": "/media/12-600.webp 600w, /media/12-1200.webp 1200w",
        "sizes": "100vw",
        "width": "1200",
        "height": "800",
        "alt": "A crane",
        "loading": "lazy",
        "decoding": "async",
    }
    assert figure.figcaption.text == "It’s *late*. Ana Beltrán"
    assert figure.find_parent("p") is None


def test_a_picture_brings_its_own_words_where_the_writer_gave_none():
    figure = page("![](image:12)", pictures=library).figure

    assert (figure.img["alt"], figure.figcaption.text) == ("Cranes at dusk", "Containers wait. Ana Beltrán")
    assert figure.select_one(".credit").text == "Ana Beltrán"


def test_a_picture_among_words_stays_among_them():
    soup = page("See ![map](image:3) here.", pictures=library)

    assert soup.figure is None
    assert soup.p.img["src"] == "/media/3-1200.jpg"


def test_pictures_side_by_side_become_figures():
    assert len(page("![](image:1) ![](image:2)\n![](image:3)", pictures=library).find_all("figure")) == 3


def test_the_library_is_asked_once_for_all_pictures():
    asked = []

    article_html(
        "![](image:1)\n\n![](image:2) and ![](image:1)", pictures=lambda ids: asked.append(ids) or {}
    )

    assert asked == [{1, 2}]


def test_a_text_without_pictures_asks_the_library_nothing():
    article_html("No pictures.", pictures=lambda ids: pytest.fail("asked"))


def test_an_unknown_picture_is_left_out_and_reported():
    rendered = article_html("One\n\n![x](image:500)\n\nTwo", pictures=library)

    assert "<img" not in rendered.html
    assert rendered.text == "One\nTwo"
    assert rendered.warnings == ("Picture 500 does not exist and was left out.",)


@pytest.mark.parametrize("number", ["0", "-1", "1e3", "99999999999999999999", "١٢", "12?x", " 12"])
def test_what_is_no_number_asks_for_no_picture(number):
    assert "<img" not in article_html(f"![x](image:{number})", pictures=library).html


def test_a_foreign_picture_is_never_loaded_but_linked():
    rendered = article_html("![A map](https://other.example/map.gif)")

    assert rendered.html == '<p><a href="https://other.example/map.gif" rel="noopener">Picture: A map</a></p>'
    assert rendered.warnings == (
        "A picture from elsewhere is shown as a link: https://other.example/map.gif",
    )


def test_a_foreign_picture_in_a_link_becomes_its_words():
    soup = page("[![A map](https://other.example/map.gif)](https://third.example/)")

    assert [(a["href"], a.text) for a in soup.find_all("a")] == [("https://third.example/", "Picture: A map")]


def test_a_file_of_our_media_folder_is_shown():
    assert page("![Old](/media/2019/old-picture.jpg)").figure.img["src"] == "/media/2019/old-picture.jpg"


@pytest.mark.parametrize(
    "src",
    [
        "/media/../admin/logout/",
        "/media/%2e%2e/admin/",
        "//media/x.jpg",
        "/media\\..\\x",
        "https://news.example.evil.example/media/x.jpg",
        "https://news.example@evil.example/media/x.jpg",
        "/feed/",
        "data:image/png;base64,AAAA",
    ],
)
def test_what_only_looks_like_our_media_folder_is_not_loaded(src):
    assert "<img" not in article_html(f"![x](<{src}>)").html
