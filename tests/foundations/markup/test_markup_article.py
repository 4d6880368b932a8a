"""What an article's Markdown becomes on the page."""

import pytest
from bs4 import BeautifulSoup

from newsroom.foundations.markup import MarkupRefused, article_html


def page(text):
    return BeautifulSoup(article_html(text).html, "html.parser")


# Words


def test_plain_text_becomes_paragraphs():
    assert article_html("One.\n\nTwo *and* **three**.").html == (
        "<p>One.</p>\n<p>Two <em>and</em> <strong>three</strong>.</p>"
    )


def test_no_text_is_no_html():
    assert (article_html(" \n").html, article_html("").word_count) == ("", 0)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('He said "no".', "He said “no”."),
        ("It's the '90s -- or was...", "It’s the ’90s – or was…"),
        ("'Quoted' --- \"'both'\"", "‘Quoted’ — “‘both’”"),
        ('"*Emphasis*" and (“already”)', "“<em>Emphasis</em>” and (“already”)"),
        ('*"In"* "out', "<em>“In”</em> “out"),
        ('`"as typed" --`', '<code>"as typed" --</code>'),
        ("a ---- b", "a ---- b"),
        ('She said, "I never--"', "She said, “I never–”"),
        ("'I never--', '*No--*', (\"or--\") and \"I--\".", "‘I never–’, ‘<em>No–</em>’, (“or–”) and “I–”."),
        ('He broke in--"Never," he said--"*never*."', "He broke in–“Never,” he said–“<em>never</em>.”"),
        ("\"He told me 'never--'\"", "“He told me ‘never–’”"),
        ("The summers of '07, *'68* and '08.", "The summers of ’07, <em>’68</em> and ’08."),
        (
            "Rock 'n' roll, fish 'n chips: get 'em, 'tis good",
            "Rock ’n’ roll, fish ’n chips: get ’em, ’tis good",
        ),
        ("It was '2,000 at most' or '12.5'", "It was ‘2,000 at most’ or ‘12.5’"),
    ],
)
def test_typewriter_signs_are_set_as_a_printer_would(typed, printed):
    assert article_html(typed).html == f"<p>{printed}</p>"


def test_a_paper_in_another_language_keeps_its_quotation_marks(settings):
    settings.LANGUAGE_CODE = "fr"

    assert article_html('« Non », dit-il. "Rien" ...').html == '<p>« Non », dit-il. "Rien" …</p>'


def test_the_plain_text_has_a_line_for_each_block():
    rendered = article_html(
        "# Trade\n\nThe *talks*\ngo on.[^1]\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n[^1]: Source."
    )

    assert rendered.text == "Trade\nThe talks go on.\nA B\n1 2\nSource."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It's a well-known *fact*, isn't it?", 6),
        ("2,500 — “cars”…", 3),
        ("貿易交渉", 4),
        ("القمة في كيتو", 3),
    ],
)
def test_words_are_counted_in_every_script(text, words):
    assert article_html(text).word_count == words


# Headings


def levels(text):
    return [heading.name for heading in page(text).find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n\n## B\n\n### C", ["h2", "h3", "h4"]),
        ("### A\n\n##### B\n\n### C", ["h2", "h3", "h2"]),
        ("# A\n\n## B\n\n### C\n\n#### D\n\n##### E", ["h2", "h3", "h4", "h4", "h4"]),
        ("### A\n\n# B", ["h2", "h2"]),
        ("# A\n\n### C\n\n## B\n\n### C", ["h2", "h3", "h3", "h4"]),
        ("<h1>A</h1>\n\n<h6>B</h6>", ["h2", "h3"]),
        ("# \n\n#\n\ntext", []),
        ("#MeToo began here.\n\n#1 of 3", []),
    ],
)
def test_headings_begin_under_the_headline_and_skip_no_level(text, expected):
    assert levels(text) == expected


def test_headings_have_names_of_their_own_to_link_to():
    text = "## Où est l'été?\n\n## Où est l'été?\n\n## 貿易\n\n## !!!\n\n## Part\n\n## Part 2"

    assert [heading["id"] for heading in page(text).find_all("h2")] == [
        "h-où-est-lété",
        "h-où-est-lété-2",
        "h-貿易",
        "h-part",
        "h-part-2",
        "h-part-2-2",
    ]


def test_a_name_given_in_html_is_kept_out_of_the_pages_way_and_its_links_follow():
    soup = page('<p id="location">Here</p>\n\n[there](#location)')

    assert (soup.p["id"], soup.a["href"]) == ("a-1", "#a-1")


# Blocks


def test_a_table_scrolls_in_a_named_frame_and_aligns_by_class():
    soup = page(
        "| Year | | Cars |\n|---|:-:|--:|\n| 2026 | * | 12 |\n\ntext\n\n| A | B |\n|---|---|\n| 1 | 2 |"
    )

    first, second = soup.select("div.table-scroll")
    assert (first["role"], first["tabindex"], first["aria-label"]) == ("region", "0", "Table 1")
    assert second["aria-label"] == "Table 2"
    assert [cell.get("class") for cell in first.select("tbody td")] == [
        None,
        ["align-center"],
        ["align-right"],
    ]
    assert first.thead.find_all("th")[0].text == "Year"
    assert len(first.thead.find_all("th")) == 2  # an empty heading heads nothing
    assert "style" not in str(soup)


def test_a_tables_caption_names_its_frame():
    soup = page("<table><caption>Cars built</caption><tr><th scope='col'>Year</th></tr></table>")

    assert soup.div["aria-label"] == "Cars built"


def test_a_pull_quote_begins_with_its_sign():
    soup = page("> [!pull]\n> Alone, each is a *market*.\n\n> [!pull] Another.\n\ntext\n\n> A plain quote.")

    pulled = soup.select("blockquote.pull")
    assert [quote.text.strip() for quote in pulled] == ["Alone, each is a market.", "Another."]
    assert soup.find_all("blockquote")[-1].get("class") is None
    assert "[!pull]" not in str(soup)


def test_a_pull_quote_may_follow_a_plain_one():
    first, second = page("> They said it.\n\n> [!pull] Alone.").find_all("blockquote")

    assert (first.text.strip(), second["class"]) == ("They said it.", ["pull"])


def test_footnotes_are_numbered_as_they_are_read():
    soup = page("Second.[^my note] First.[^2] Again.[^my note]\n\n[^2]: Two.\n[^my note]: *Mine*.")

    assert [(a.text, a["href"]) for a in soup.select("a.footnote-ref")] == [
        ("1", "#fn-1"),
        ("2", "#fn-2"),
        ("1", "#fn-1"),
    ]
    notes = soup.select_one("div.footnotes[role=doc-endnotes]")
    assert [item["id"] for item in notes.find_all("li")] == ["fn-1", "fn-2"]
    assert notes.li.p.em.text == "Mine"


def test_footnotes_are_numbered_in_the_order_of_reading_through_tables_too():
    table = "| A | B |\n|---|---|\n| two[^b] | three[^c] |"
    soup = page(
        f"One.[^a]\n\n{table}\n\nFour.[^d] One.[^a]\n\n[^d]: D[^e]\n[^c]: C\n[^e]: E\n[^b]: B\n[^a]: A"
    )

    called = soup.select("a.footnote-ref")
    assert [link.text for link in called] == ["1", "2", "3", "4", "1", "5"]
    assert [note.text.strip()[0] for note in soup.select(".footnotes li")] == ["A", "B", "C", "D", "E"]
    assert [soup.find(id=link["href"][1:]).text.strip()[0] for link in called[:4]] == ["A", "B", "C", "D"]


def test_links_back_to_a_note_called_twice_say_which_is_which():
    soup = page("| A |\n|---|\n| one[^1] |\n\nTwo.[^1]" + " More.[^1]" * 9 + "\n\n[^1]: Note.")

    back = soup.select("a.footnote-backref")
    assert [link["href"] for link in back] == [f"#fnref-{number}" for number in range(1, 12)]
    assert len({link["aria-label"] for link in back}) == 11
    assert back[1]["aria-label"] == "Back to note 1 in the text, mention 2"


def test_a_note_that_nothing_calls_leads_nowhere():
    assert page("Text.\n\n[^1]: Note.").select("a.footnote-backref") == []


def test_every_footnote_leads_back():
    soup = page("One.[^1] Two.[^1]\n\n[^1]: Note.")

    back = soup.select("a.footnote-backref")
    assert [link["href"] for link in back] == ["#fnref-1", "#fnref-2"]
    assert all(soup.find(id=link["href"][1:]) for link in back)
    assert back[0]["aria-label"] == "Back to note 1 in the text"


def test_code_is_shown_as_typed():
    text = '```python\nif a < b and "c":  # *no*\n<!-- stays -->\n```\n\nafter'

    assert page(text).pre.code.text == 'if a < b and "c":  # *no*\n<!-- stays -->\n'


def test_a_fence_left_open_runs_to_the_end():
    assert page("~~~\n# code\n\nmore").code.text == "# code\n\nmore\n"


def test_lists_definitions_and_abbreviations():
    soup = page("3. three\n4. four\n\n* a\n    * b\n\nTariff\n: A tax.\n\n*[OECD]: Organisation\n\nThe OECD.")

    assert soup.ol["start"] == "3"
    assert soup.ul.ul.li.text == "b"
    assert (soup.dt.text, soup.dd.text) == ("Tariff", "A tax.")
    assert soup.abbr["title"] == "Organisation"


def test_a_list_of_definitions_without_terms_is_none():
    soup = page("<dl><dd>Only a definition.</dd></dl>\n\n<dl><dt></dt></dl>")

    assert soup.find(["dl", "dt", "dd"]) is None
    assert soup.text.strip() == "Only a definition."


def test_html_within_the_allow_list_survives_and_comments_do_not():
    text = (
        "<!-- wp:paragraph -->\n<p>H<sub>2</sub>O <kbd>Ctrl</kbd> <span lang='fr'>été</span></p>\n<!-- /wp -->\n\n"
        "<details open><summary>More</summary><p>Text</p></details>\n\n<del>old</del> <ins>new</ins> <q>said</q>"
    )

    html = article_html(text).html
    for kept in (
        "<sub>2</sub>",
        "<kbd>",
        '<span lang="fr">',
        '<details open="">',
        "<summary>",
        "<del>",
        "<ins>",
        "<q>",
    ):
        assert kept in html
    assert "wp" not in html


def test_reference_links_find_their_definition():
    soup = page('See [the draft][Draft] and [draft].\n\n[draft]: https://example.org/d "The draft"')

    assert [(a["href"], a["title"]) for a in soup.find_all("a")] == [
        ("https://example.org/d", "The draft")
    ] * 2
    assert soup.text == "See the draft and draft."


# Renderings


def test_rendering_twice_gives_the_same():
    text = "# A\n\nx[^1]\n\n[^1]: n"

    assert article_html(text) == article_html(text)


def test_a_refusal_does_not_spoil_the_next_text():
    with pytest.raises(MarkupRefused):
        article_html("1. " * 1000)

    assert article_html("*a*").html == "<p><em>a</em></p>"
