"""What an article's Markdown becomes on the page."""

import pytest
from bs4 import BeautifulSoup

from newsroom.foundations.markup import MarkupRefused, Picture, article_html


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


# Links


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


# Pictures


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


# Renderings


def test_rendering_twice_gives_the_same():
    text = "# A\n\nx[^1] ![](image:1)\n\n[^1]: n"

    assert article_html(text, pictures=library) == article_html(text, pictures=library)


def test_a_refusal_does_not_spoil_the_next_text():
    with pytest.raises(MarkupRefused):
        article_html("1. " * 1000)

    assert article_html("*a*").html == "<p><em>a</em></p>"
