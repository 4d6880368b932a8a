"""Words in any script: compared, made into slugs and cut in one place."""

import pytest

from newsroom.foundations import text


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Ports reopen, after all!", "ports-reopen-after-all"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
        ("ประเทศไทยวันนี้", "ประเทศไทยวันนี้"),
        ("Ge\u00adsamt\u00adkon\u00adzept", "gesamtkonzept"),
        ("Zu\u0308rich", "zürich"),
        ("İstanbul", "istanbul"),
        ("می\u200cخواهم", "میخواهم"),
        ("Я ❤️ Київ", "я-київ"),
        ("❤️", ""),
        ("--- _ ---", ""),
        ("snake_case and 1️⃣", "snake_case-and-1"),
    ],
)
def test_a_slug_keeps_what_belongs_to_its_words(words, slug):
    assert text.slug_of(words, 80) == slug
    assert not slug or text.is_slug(slug)


@pytest.mark.parametrize(
    "typed",
    ["", "two words", "a/b", "a.b", "́a", "a\u200bb", "zu\u0308rich", "❤", "a?b", "हिन्दी\u200d"],
)
def test_what_is_no_slug(typed):
    assert not text.is_slug(typed)


def test_a_slug_is_cut_between_words_and_never_inside_a_letter():
    assert text.slug_of("one two three", 7) == "one-two"
    assert text.slug_of("one two three", 6) == "one"
    assert text.slug_of("क्" * 10 + "कि", 21) == "क्" * 10
    assert text.slug_of("a" * 90, 80) == "a" * 80


def test_a_letter_takes_only_so_many_marks():
    assert len(text.slug_of("z" + "\u0327\u0331" * 500, 80)) <= 1 + text.MOST_MARKS


@pytest.mark.parametrize(
    "spelling", ["Trade", "trade\u200b", "Tra\u00adde", "\ufeffTrade", " TRADE ", "Tr\u2060ade"]
)
def test_signs_nobody_sees_make_no_other_word(spelling):
    assert text.folded(spelling) == "trade"
    assert text.shown(spelling).casefold() == "trade"


@pytest.mark.parametrize(
    "words", ["می\u200cخواهم", "👩\u200d💻", "❤️ Kyiv", "\U0001f3f4\U000e0067\U000e0062\U000e007f"]
)
def test_joiners_stay_where_they_shape_what_is_shown(words):
    assert text.shown(words) == words


@pytest.mark.parametrize("words", ["Trade\u200d", "\u200dTrade", "Tra\u200dde", "می\u200c خواهم"])
def test_joiners_that_join_nothing_go(words):
    assert "\u200d" not in text.shown(words) and "\u200c" not in text.shown(words)


def test_a_text_is_cut_at_a_words_end_and_never_before_an_accent():
    assert text.cut("Ports reopen after strike", 16) == "Ports reopen…"
    assert text.cut("short", 16) == "short"
    assert text.cut("東京都が計画を発表した", 6) == "東京都が計…"
    assert text.whole("cafe\u0301s", 4) == "caf"
    assert text.whole("ab👩\u200d💻", 4) == "ab"


def test_the_opening_of_a_text_is_its_first_sentences():
    words = "The port is open. Ships wait outside. Nobody knows for how long they will."

    assert text.opening(words, 200) == words
    assert text.opening(words, 45) == "The port is open. Ships wait outside."
    assert text.opening(words, 15) == "The port is…"
    assert text.opening("市議会が承認した。反対もあった。", 10) == "市議会が承認した。"
