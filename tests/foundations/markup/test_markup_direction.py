"""Every block of a text reads the way its own first strong letter does, with its bullet, bar or caption."""

import pytest
from bs4 import BeautifulSoup

from newsroom.foundations.markup import Picture, article_html, comment_html

ARABIC = "وقال متحدث"
HEBREW = "«הארץ»"


def directions(text, render=article_html, **more):
    """Which blocks bear a direction: (“p”, “rtl”) and so on, in order."""
    soup = BeautifulSoup(render(text, **more).html, "html.parser")
    return [(tag.name, tag["dir"]) for tag in soup.find_all(dir=True)]


@pytest.mark.parametrize("render", [article_html, comment_html])
def test_blocks_of_another_direction_bear_it_with_their_marks(render):
    text = f"WhatsApp {ARABIC}.\n\n{ARABIC}.\n\n* {ARABIC}\n* {ARABIC}\n\n> {ARABIC}\n>\n> Said so.\n\nEnd."

    assert directions(text, render) == [
        ("p", "rtl"),
        ("ul", "rtl"),
        ("blockquote", "rtl"),
        ("p", "ltr"),
    ]


@pytest.mark.parametrize("render", [article_html, comment_html])
def test_a_text_that_begins_with_a_foreign_name_keeps_its_lists_and_quotations(render):
    assert directions(f"{HEBREW} said.\n\n* One\n* {ARABIC}\n\n> Quoted.", render) == [
        ("p", "rtl"),
        ("li", "rtl"),
    ]


def test_headings_cells_definitions_notes_and_hidden_words_read_their_own_way():
    text = (
        f"# {ARABIC}\n\n| Year | {ARABIC} |\n|---|---|\n| 2026 | {HEBREW} |\n\nTariff\n: {ARABIC}\n\nEnd.[^1]\n\n"
        f"<details><summary>{ARABIC}</summary><p>{ARABIC}</p></details>\n\n[^1]: {ARABIC}"
    )

    assert directions(text) == [
        ("h2", "rtl"),
        ("th", "rtl"),
        ("td", "rtl"),
        ("dd", "rtl"),
        ("details", "rtl"),
        ("div", "rtl"),
    ]


def test_a_table_and_the_frame_it_scrolls_in_begin_on_the_same_side():
    assert directions(f"| {ARABIC} | Year |\n|---|---|\n| 1 | 2026 |") == [("div", "rtl"), ("th", "ltr")]


def test_a_caption_reads_its_own_way():
    shown = directions(
        "![x](image:1)", pictures=lambda _wanted: {1: Picture("/media/a.jpg", 3, 2, caption=ARABIC)}
    )

    assert shown == [("figure", "rtl")]


def test_numbers_alone_read_as_what_is_around_them():
    assert directions(f"2026\n\n> {ARABIC}\n>\n> 2026") == [("blockquote", "rtl")]


def test_what_a_writer_says_of_a_direction_counts():
    text = f'<p dir="rtl">Shalom</p>\n\n<blockquote dir="rtl"><p>{ARABIC}</p></blockquote>\n\n<p dir="auto">A</p>'

    assert directions(text) == [("p", "rtl"), ("blockquote", "rtl")]


def test_a_word_set_apart_does_not_decide():
    assert directions(f"<bdi>{ARABIC}</bdi> <span dir='rtl'>{ARABIC}</span> said so.") == [("span", "rtl")]


def test_a_paper_that_reads_leftwards_takes_nothing_for_granted(settings):
    settings.LANGUAGE_CODE = "ar"

    assert directions(f"{ARABIC}\n\nEnglish.\n\n2026") == [("p", "rtl"), ("p", "ltr")]
