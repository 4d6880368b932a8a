"""How a text is set: its marks on the side it reads from, and all of it on paper."""

from pathlib import Path

import pytest

from newsroom.foundations.markup import article_html, comment_html

CSS = Path(__file__).parents[2] / "static" / "css"
ARABIC = "وقال متحدث إن الخدمة ستصل"
TEXT = f"{{first}}\n\n* {ARABIC}\n\n> {ARABIC}\n\n---\n\n1. Said in English\n\n> Said in English"
# Where the words of each item and quotation begin, from the left and from the right of what they stand in.
ROOM = """
    place => [...document.querySelectorAll(place + " :is(li, blockquote > p)")].map(words => {
        const inner = words.getBoundingClientRect(), outer = document.querySelector(place).getBoundingClientRect()
        return [inner.left > outer.left + 8, inner.right < outer.right - 8]
    })
"""


def laid_out(page, html, *styles, place="prose"):
    page.set_viewport_size({"width": 700, "height": 900})
    page.set_content(f'<main class="page"><div class="{place}">{html}</div></main>')
    for style in ("site", "tokens", "prose", "comments", *styles):
        page.add_style_tag(path=CSS / f"{style}.css")


@pytest.mark.parametrize("first", ["The ministry said so.", f"{ARABIC}.", "«הארץ» said so."])
@pytest.mark.parametrize(("render", "place"), [(article_html, "prose"), (comment_html, "comment-words")])
def test_bullets_and_bars_stand_where_their_own_words_begin(page, render, place, first):
    laid_out(page, render(TEXT.format(first=first)).html, place=place)

    leftwards, rightwards = [False, True], [True, False]
    assert page.evaluate(ROOM, f".{place}") == [leftwards, leftwards, rightwards, rightwards]


def table(columns):
    rows = ([f"{word}{number}" for number in range(columns)] for word in ("Column", "1,234,567.", "figure "))
    head, *body = ("|".join(row) for row in rows)
    return "\n".join([head, "|".join(["---"] * columns), *body])


@pytest.mark.parametrize(
    "text",
    [
        table(14),
        table(30),
        "```\n" + "a long line of code, " * 30 + "\n```",
        f"<pre>{'unbroken' * 60}</pre>",
        f"https://a.example/{'unbroken' * 60}",
    ],
)
def test_nothing_stands_beyond_the_edge_of_the_paper(page, text):
    laid_out(page, article_html(text).html, "print")

    page.emulate_media(media="print")
    page.set_viewport_size({"width": 672, "height": 980})  # A4 within its margins

    assert page.evaluate("document.documentElement.scrollWidth") <= 672
    assert page.evaluate(
        "[...document.querySelectorAll('.prose, .prose *')].every(e => e.scrollWidth <= e.clientWidth || !e.clientWidth)"
    )


def test_what_is_folded_on_screen_is_printed(page):
    folded = "<details><summary>More</summary><p>Hidden words.</p></details>\n\nEnd."
    laid_out(page, article_html(folded).html, "print")

    page.emulate_media(media="print")

    assert page.get_by_text("Hidden words.").bounding_box()["height"] > 10
    assert page.evaluate("document.querySelector('details p').checkVisibility({contentVisibilityAuto: true})")
