"""What a reader's comment becomes under an article."""

import pytest
from bs4 import BeautifulSoup

from newsroom.foundations.markup import comment_html


def test_light_formatting_is_kept():
    html = comment_html("**So** *it* is:\n\n1. one\n2. two\n\n> said\n\n`code` and\na new line").html

    assert html.replace("\n", "") == (
        "<p><strong>So</strong> <em>it</em> is:</p><ol><li>one</li><li>two</li></ol>"
        "<blockquote><p>said</p></blockquote><p><code>code</code> and<br>a new line</p>"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "<b>bold</b>",
        "<script>alert(1)</script>",
        "# not a heading",
        "![x](image:1)",
        "[words](https://a.example)",
        "a < b",
    ],
)
def test_anything_else_is_shown_as_it_was_typed(typed):
    shown = BeautifulSoup(comment_html(typed).html, "html.parser")

    assert shown.p.text == typed
    assert {tag.name for tag in shown.find_all(True)} <= {"p", "a"}


def test_a_bare_address_becomes_a_link_marked_as_the_readers():
    link = BeautifulSoup(comment_html("See https://a.example/x?a=1&b=2.").html, "html.parser").a

    assert (link["href"], link.text) == ("https://a.example/x?a=1&b=2", "https://a.example/x?a=1&b=2")
    assert link["rel"] == ["nofollow", "ugc", "noopener"]


@pytest.mark.parametrize(
    ("typed", "href"),
    [
        ("(https://a.example/b_(c))", "https://a.example/b_(c)"),
        ("(see https://a.example/b), yes", "https://a.example/b"),
        ("“https://a.example/b”!", "https://a.example/b"),
        ("HTTPS://A.example/b%...", "https://A.example/b%25"),
        ("www.a.example/b;", "http://www.a.example/b"),
        ("https://a.example/?x=1&copy=2&lt;3", "https://a.example/?x=1&copy=2"),
        ("https://例え.example/見出し。", "https://例え.example/見出し"),
    ],
)
def test_the_stop_after_an_address_is_not_part_of_it(typed, href):
    assert BeautifulSoup(comment_html(typed).html, "html.parser").a["href"] == href


@pytest.mark.parametrize(
    "typed",
    [
        "//a.example/x",
        "ftp://a.example",
        "javascript:alert(1)",
        "`https://a.example`",
        "a.example",
        "www.a.example:b",
        "http://999.9.9.9",
    ],
)
def test_what_is_no_web_address_is_no_link(typed):
    assert "<a" not in comment_html(typed).html


def test_the_plain_text_serves_screens_and_search():
    rendered = comment_html("One &lt; *two*\nthree\n\n* four")

    assert rendered.text == "One < two\nthree\nfour"
    assert rendered.word_count == 4


def test_accents_are_normalised_and_towers_of_them_cut_down():
    assert comment_html("cafe\u0301").text == "café"
    assert comment_html("Z" + "\u0336\u0489" * 40 + "a").text == "Z" + "\u0336\u0489" * 2 + "a"


def test_letters_that_need_several_marks_keep_them():
    thai, hebrew, hindi, family = "น้ำ ที่", "בְּרֵאשִׁ֖ית", "क्ष्म्य", "👩🏽‍🚀 1️⃣ 🏴󠁧󠁢󠁳󠁣󠁴󠁿"

    for words in (thai, hebrew, hindi, family):
        assert comment_html(words).text == words


def test_a_comment_may_be_written_from_right_to_left():
    assert comment_html("مرحبا **بكم**").html == '<p dir="rtl">مرحبا <strong>بكم</strong></p>'
