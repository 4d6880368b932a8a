"""What reporters bring on the clipboard becomes Markdown that our renderer shows as it was meant."""

import time

import pytest
from django.urls import reverse

from newsroom.foundations.markup import article_html
from newsroom.foundations.markup.from_html import pasted
from tests import make
from tests.articles import clipboards


def shown(source):
    """The pasted text as readers would see it."""
    return " ".join(article_html(pasted.to_markdown(source).markdown).html.split())


WORD_MEANS = [
    '<h2 id="h-what-it-says">What it says</h2>',
    "<strong>eleven</strong> pages <em>long</em>, and calls the tariff “a mistake”",
    'Read <a href="https://www.example.org/report" rel="noopener">the report</a> here.',
    "<blockquote> <p>We were not asked.</p> </blockquote>",
]
GOOGLE_MEANS = [
    '<h2 id="h-the-deal">The deal</h2>',
    "It is <strong>not</strong> <strong><em>signed</em></strong>, says",
    '<a href="https://www.example.org/a?b=1" rel="noopener">the ministry</a>',
    "<li>Steel<ul> <li>Rails</li> </ul> </li> <li>Grain</li>",
]
MEANT = {
    "WORD": WORD_MEANS,
    "WORD_LISTS": [
        "<li>Steel<ul> <li>Rails</li> </ul> </li> <li><strong>Grain</strong> and oats</li>",
        "<ol> <li>Unload</li> <li>Count</li> </ol>",
    ],
    "WORD_TRACKED": ["<p>The port opens on Monday.</p>"],
    "WORD_FOOTNOTES": ['a third.<sup id="fnref-1">', "<p>Customs office, <em>Yearbook</em>, p. 14."],
    "WORD_TABLE": ["<th>Port</th> <th>Tonnes</th>", "<td>Elba | north</td> <td>1,200</td>"],
    "GOOGLE_DOCS": GOOGLE_MEANS,
    "GOOGLE_DOCS_NOTES": ['fell.<sup id="fnref-1">', "<p>Customs office."],
    "PAGES": [
        "<strong>shut</strong>. So says",
        ">the mayor</a>.</p>",
        "<ol> <li>Unload</li> <li>Count</li> </ol>",
    ],
    "LIBREOFFICE": ['sank<sup id="fnref-1">', "<p>By two metres.</p> <p>So the survey.", "<li>North</li>"],
    "WEB_PAGE": [
        "<h2",
        "The <strong>strike</strong> is <em>over</em>.",
        "<p>Finally.</p>",
        "<p>A crane.</p>",
    ],
    "WIKIPEDIA": ['port.<sup id="fnref-1">', "It is old.", "<p>Smith, <em>Ports</em>."],
    "SPREADSHEET": ["<th>Port</th> <th>Tonnes</th>", "<td>Elba</td> <td>1200</td>"],
    "MAIL": ["<p>Dear desk,</p>", '<a href="https://www.example.org/note" rel="noopener">this note</a>'],
}
NEVER = [
    "mso",
    "MsoNormal",
    "steal",
    "[AB1]",
    "[a]",
    "may open",
    "not for print",
    "Are we sure",
    "Nobody reads",
]


@pytest.mark.parametrize("name", MEANT)
def test_pasted_text_is_shown_as_it_was_meant(name):
    html = shown(getattr(clipboards, name))

    assert [passage for passage in MEANT[name] if passage not in html] == []
    assert [word for word in [*NEVER, "google.com", "safelinks", "tracker"] if word in html] == []


def test_footnotes_count_on_from_those_in_the_text():
    clean = pasted.to_markdown(clipboards.WIKIPEDIA, notes_before=4)

    assert "[^5]" in clean.markdown
    assert "[^1]" not in clean.markdown


def test_what_looks_like_markdown_on_the_clipboard_stays_words():
    assert "<p>2 * 3 * 4 [sic] # 1</p>" in shown("<p>2 * 3 * 4 [sic] # 1</p>")


def test_a_link_to_our_own_story_is_kept_as_its_path(settings):
    settings.SITE_ADDRESS = "https://paper.example"

    clean = pasted.to_markdown('<p><a href="https://paper.example/world/a/">A</a></p>')

    assert clean.markdown == "[A](/world/a/)"


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 400 + "x",
        "<b style='font-weight:400'><span style='font-weight:700'>x" * 240,
        "<table><tr><td>" * 150 + "x",
        '<p class=MsoListParagraph style="mso-list:l0 level9 lfo1">x</p>' * 3_000,
        "".join(f'<sup id="r{n}"><a href="#n">1</a></sup>' for n in range(3_000)) + '<p id="n">x</p>',
        "<p>" + " \N{NO-BREAK SPACE}" * 20_000 + "x</p>",
        "x" + "<!--" * 100_000,
        '<a href="https://www.google.com/url?' + "q=1&" * 20_000 + '">x</a>',
    ],
)
def test_hostile_html_takes_bounded_time(hostile):
    started = time.process_time()

    clean = pasted.to_markdown(hostile)

    assert "x" in clean.markdown
    assert time.process_time() - started < 8


@pytest.mark.django_db
class TestAtTheDesk:
    URL = property(lambda self: reverse("admin:articles_article_paste"))

    def test_who_writes_gets_clean_markdown_and_is_told_what_was_left_out(self, client):
        client.force_login(make.user("contributor"))

        answer = client.post(self.URL, {"html": clipboards.GOOGLE_DOCS, "notes": ""}).json()

        assert answer["markdown"].startswith("## The deal")
        assert answer["left_out"] == ["1 picture was left out: upload it with the button “Picture”."]

    def test_who_does_not_write_is_refused(self, client):
        client.force_login(make.user("moderator"))

        assert client.post(self.URL, {"html": "<p>x</p>"}).status_code == 403

    def test_too_much_is_refused_in_words(self, client):
        client.force_login(make.user("editor"))

        answer = client.post(self.URL, {"html": "<p>" + "x" * 1_000_000})

        assert answer.status_code == 400
        assert "at most" in answer.json()["error"]

    def test_nothing_is_pasted_by_following_a_link(self, client):
        client.force_login(make.user("editor"))

        assert client.get(self.URL).status_code == 405
