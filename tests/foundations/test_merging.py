"""Two people's changes of one text become one text, and what they disagree about is told."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.foundations.merging import merged

BASE = "The ports are closed.\n\nTalks go on in Monterrey today.\n\nNobody has signed."


def test_changes_of_different_paragraphs_are_both_taken():
    theirs, yours = BASE.replace("closed", "open"), BASE.replace("Nobody", "Everybody")

    merge = merged(BASE, theirs, yours)

    assert merge.text == "The ports are open.\n\nTalks go on in Monterrey today.\n\nEverybody has signed."
    assert merge.conflicts == 0


def test_changes_of_different_words_of_one_paragraph_are_both_taken():
    merge = merged(BASE, BASE.replace("Talks", "Parleys"), BASE.replace("today", "tonight"))

    assert "Parleys go on in Monterrey tonight." in merge.text
    assert [part.kind for part in merge.parts if part.kind != "same"] == ["theirs", "yours"]


def test_different_words_in_the_same_place_are_a_conflict_that_names_all_three():
    merge = merged(BASE, BASE.replace("closed", "open"), BASE.replace("closed", "shut"))

    (conflict,) = [part for part in merge.parts if part.kind == "conflict"]
    assert (conflict.base.strip(), conflict.theirs.strip(), conflict.yours.strip()) == (
        "closed.",
        "open.",
        "shut.",
    )
    assert "shut" in merge.text


def test_the_same_change_of_both_is_no_conflict():
    both = BASE.replace("closed", "open")

    assert merged(BASE, both, both).text == both
    assert merged(BASE, both, both).conflicts == 0


def test_what_one_removes_and_the_other_leaves_alone_is_gone():
    theirs = BASE.replace("\n\nNobody has signed.", "")

    assert merged(BASE, theirs, BASE).text == theirs


def test_paragraphs_are_compared_with_those_they_became_when_one_was_added():
    theirs = BASE.replace("Talks", "Parleys")
    yours = "A new beginning of it.\n\n" + BASE.replace("today", "tonight")

    merge = merged(BASE, theirs, yours)

    assert "Parleys go on in Monterrey tonight." in merge.text and merge.text.startswith("A new beginning")
    assert merge.conflicts == 0


words = st.lists(st.sampled_from(["one ", "two ", "three ", "\n", "four\n\n"]), max_size=12).map("".join)


@given(words, words, words)
def test_the_parts_of_a_merge_are_the_three_texts_whole(base, theirs, yours):
    parts = merged(base, theirs, yours).parts

    assert "".join(part.base for part in parts) == base
    assert "".join(part.theirs for part in parts) == theirs
    assert "".join(part.yours for part in parts) == yours


@given(words, words)
def test_who_changed_nothing_gets_what_the_other_wrote(base, changed):
    assert merged(base, changed, base).text == changed
    assert merged(base, base, changed).text == changed
    assert merged(base, changed, base).conflicts == 0


@pytest.mark.parametrize("rewritten", [0.1, 1.0])
def test_two_versions_of_ten_thousand_words_are_merged_within_a_second(rewritten):
    vocabulary = ["the", "a", "of", "in", *(f"word{n}" for n in range(400))]
    draw = random.Random(1)

    def paragraph():
        return " ".join(draw.choice(vocabulary) for _ in range(100)) + "\n"

    base = [paragraph() for _ in range(100)]
    theirs, yours = (
        [draw.choice(vocabulary) + " " + p if draw.random() < rewritten else p for p in base]
        + [paragraph()] * extra
        for extra in (0, 1)
    )
    began = time.process_time()

    merge = merged("".join(base), "".join(theirs), "".join(yours))

    assert time.process_time() - began < 1
    assert "".join(part.yours for part in merge.parts) == "".join(yours)
