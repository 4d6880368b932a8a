"""Lists, as writers lay them out and CommonMark reads them."""

import pytest
from bs4 import BeautifulSoup

from newsroom.foundations.markup import article_html, comment_html


def outline(text, render=article_html):
    """The text in short: [p Price:][ul [li a][li b]]"""
    return drawn(BeautifulSoup(render(text).html.replace("\n", " "), "html.parser")).replace(" ]", "]")


def drawn(node):
    if isinstance(node, str):
        return " ".join(node.split())
    inside = "".join(map(drawn, node.children))
    return inside if node.name == "[document]" else f"[{node.name} {inside}]"


@pytest.mark.parametrize("render", [article_html, comment_html])
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("We need:\n- a\n- b", "[p We need:][ul [li a][li b]]"),
        ("We need:\n1. a\n2. b\n\nEnd", "[p We need:][ol [li a][li b]][p End]"),
        ("* a\n  * b\n  * c\n* d", "[ul [li a[ul [li b][li c]]][li d]]"),
        ("1. a\n   - b\n2. c", "[ol [li a[ul [li b]]][li c]]"),
        ("- a\n    - b\n        - c", "[ul [li a[ul [li b[ul [li c]]]]]]"),
        ("* a\n   * b\n      * c", "[ul [li a[ul [li b[ul [li c]]]]]]"),
        ("- a\n  goes on\n- b", "[ul [li a goes on][li b]]"),
        ("- a\n\n  more\n- b", "[ul [li [p a][p more]][li [p b]]]"),
        ("- a\n\n  - b\n- c", "[ul [li [p a][ul [li b]]][li [p c]]]"),
        ("1. a\n- b", "[ol [li a]][ul [li b]]"),
        ("> So:\n> - a\n>   - b", "[blockquote [p So:][ul [li a[ul [li b]]]]]"),
        ("> said\n- a", "[blockquote [p said]][ul [li a]]"),
        ("Costs\n-5 or so\n- ", "[p Costs -5 or so -]"),
        ("It was\n1984. A novel", "[p It was 1984. A novel]"),
        ("- a\n\n        code\n\n- b", "[ul [li [p a][pre [code code]]][li [p b]]]"),
        ("    - code", "[pre [code - code]]"),
        ("```\nx\n- code\n  1. code\n```", "[pre [code x - code 1. code]]"),
    ],
)
def test_a_list_is_what_a_writer_plainly_meant(render, typed, read):
    assert outline(typed, render).replace("[br]", " ").replace("[br ]", " ").replace("  ", " ") == read


def test_a_heading_under_a_list_ends_it():
    assert outline("1. a\n## Then\n\n> b") == "[ol [li a]][h2 Then][blockquote [p b]]"


def test_a_table_whose_second_line_begins_like_an_item_is_a_table():
    assert outline("a | b\n- | -\n1 | 2").startswith("[div [table ")


def test_numbers_with_a_bracket_count_too():
    assert outline("1) a\n2) b") == "[ol [li a][li b]]"


@pytest.mark.parametrize(
    "typed",
    [
        "1984. A novel everybody cites.",
        "2. I agree.",
        "3. three\n4. four",
        "One\n1984. A novel",
        "1) a\n2) b",
        "0. Zero",
    ],
)
def test_a_comment_keeps_the_numbers_its_reader_typed(typed):
    assert comment_html(typed).text == typed
    assert "<ol" not in comment_html(typed).html


def test_a_number_that_does_not_go_on_is_no_item_of_a_comments_list():
    assert outline("1. a\n2. b\n5. c", comment_html) == "[ol [li a][li b]][p 5. c]"
    assert outline("1. a\n\n1984. A novel", comment_html) == "[ol [li a]][p 1984. A novel]"


def test_a_story_may_begin_with_a_year_and_a_list_with_any_number():
    assert outline("1984. A novel everybody cites.") == "[p 1984. A novel everybody cites.]"
    assert outline("3. a\n4. b") == "[ol [li a][li b]]"
