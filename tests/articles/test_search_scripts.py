"""Words of every script are found, on both databases alike."""

import pytest
from bs4 import BeautifulSoup

from articles import search
from articles.search.query import Query
from tests import make

pytestmark = pytest.mark.django_db

TOKYO = "東京都が計画を発表"
THAI = "นายกรัฐมนตรีเดินทางไปเชียงใหม่"


def found(question, **more):
    """The headlines of what readers and the desk find."""
    hits = [hit.article_id for hit in search.find(Query.parse(question, **more))]
    assert set(hits) == set(search.matching(Query.parse(question, **more), limit=10))
    return sorted(hits)


@pytest.mark.parametrize("place", ["headline", "standfirst", "body", "dateline"])
@pytest.mark.parametrize("word", ["東京都", "計画", "発表", "東京", "を発", "表", "都", TOKYO, "計画 東京都"])
def test_japanese_is_found_by_any_piece_of_it(place, word):
    article = make.article(**{"headline": "News", place: TOKYO})
    make.article(headline="京都の計画")

    assert article.pk in found(word)


def test_only_what_stands_there_is_found():
    make.article(headline=TOKYO, body="都の東。京の画が計")

    for word in (
        "京東",
        "計表",
        "画計",
        "発表会",
        "大阪",
        "東京 大阪",
        '"計画 東京"',
        "東京都 -発表",
        "東京都 -表",
    ):
        assert found(word) == [], word


@pytest.mark.parametrize("word", ["นายกรัฐมนตรี", "เชียงใหม่", "เดินทาง", "ไป เชียงใหม่", "ที่", "ม่"])
def test_thai_is_found_by_its_words(word):
    article = make.article(headline=THAI, body="พบที่นี่")
    make.article(headline="นายกเทศมนตรี", body="ไทย")

    assert found(word) == [article.pk]


@pytest.mark.parametrize("question", ["သတင်း", "ព័ត៌មាន", "ຂ່າວ", "カタカナ", "뉴스", "新聞", "𠮷野家"])
def test_other_scripts_are_found(question):
    article = make.article(headline=f"{question} 前")

    assert found(question) == [article.pk]


def test_latin_words_among_signs_are_found():
    article = make.article(headline="新型iPhone15発売へ", body="新型iPhone15が発売された。")

    for word in ("iPhone15", "発売", "新型iPhone15", "iPhone15発売", "型iPhone15発", "発売、"):
        assert found(word) == [article.pk], word
    assert found("iPho") == []
    assert found("iPho", begun=True) == found("型iPho", begun=True) == [article.pk]


@pytest.mark.parametrize(
    "word", ["Gesamtkonzept", "Ge\u00adsamt\u00adkonzept", "gesamtkonzept", "\u200bGesamtkonzept\ufeff"]
)
def test_invisible_characters_are_no_part_of_a_word(word):
    article = make.article(headline="Ge\u00adsamt\u00adkon\u00adzept", body="Ge\u200bsamt\u2060konzept")

    assert found(word) == [article.pk]


def test_marks_belong_to_their_letters():
    plain, marked = make.article(standfirst="दल"), make.article(standfirst="दिल")

    assert (found("दल"), found("दिल")) == ([plain.pk], [marked.pk])


def test_persian_words_with_a_joint_are_found_by_each_half():
    article = make.article(headline="می\u200cخواهم")

    for word in ("می\u200cخواهم", "می خواهم", "خواهم"):
        assert found(word) == [article.pk], word


def test_the_passage_shows_the_text_as_it_was_written(client):
    make.article(headline="News", body=f"前文。{TOKYO}した。می\u200cخواهم <b>人人人</b> Ge\u00adsamt.")

    def passage(word):
        page = BeautifulSoup(client.get("/search/", {"q": word}).content, "html.parser")
        shown = page.select_one(".found")
        return shown.text, [mark.text for mark in shown.select("mark")]

    text, marked = passage("東京都")
    assert text.rstrip(".") == f"前文。{TOKYO}した。می\u200cخواهم 人人人 Gesamt"
    assert marked == ["東京都"]
    assert passage("人人") == (text, ["人人人"])
    assert passage("計画")[1] == ["計画"]


def test_a_very_long_text_without_blanks_can_be_published_and_found():
    signs = [chr(0x4E00 + number) for number in range(400)]
    body = "".join(a + b for a in signs for b in signs)[:198_000]

    article = make.article(headline=TOKYO, body=body)

    assert found("計画") == found(body[:8]) == [article.pk]
