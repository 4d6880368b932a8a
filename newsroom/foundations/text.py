"""What words are made of. Text is measured, compared, made into slugs and cut here, in characters and never in bytes."""

import re
from unicodedata import category, normalize

# Controls, halves of surrogate pairs, and two that Unicode says are no characters: no XML document may hold them,
# however they are written, and PostgreSQL refuses the first of them.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# Signs that are vowels, tones and accents: they belong to the letter before them, and a word without them is another
# word (दिल, heart; दल, party) or none.
MARKS = {"Mn", "Mc"}
MOST_MARKS = 8  # on one letter; what has more was made to spoil a page
JOINERS = "\u200c\u200d"
# Signs nobody sees: soft hyphens, marks of order and of direction, joiners of nothing, variation selectors, fillers.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’»)\]]*\s+|(?<=[。！？।؟۔])[\"”’»」』)\]]*\s*")


def printable(text: str) -> str:
    """The text without characters that no feed could carry. Nobody typed them, and nobody will miss them."""
    return UNPRINTABLE.sub("", text)


def composed(text: str) -> str:
    """In NFC: an accent and its letter are one sign where they can be, as keyboards write them."""
    return normalize("NFC", text)


def shown(words: str) -> str:
    """A name or a label as it is shown: NFC, blanks collapsed, without signs nobody sees. Joiners stay inside a word,
    where they shape its letters, and between the parts of an emoji."""
    words = normalize("NFC", printable(words))
    if not words.isascii():
        words = INVISIBLE.sub(lambda sign: sign[0] if _matters(sign[0], words, sign.start()) else "", words)
    return " ".join(words.split())


def folded(words: str) -> str:
    """What makes two spellings the same word: “Zürich” and “ZÜRICH” are, with or without a soft hyphen."""
    words = normalize("NFC", INVISIBLE.sub("", printable(words))).casefold()
    return normalize("NFC", " ".join(words.split()))


def slug_of(words: str, longest: int) -> str:
    """The words as a slug, in any script: lower case, hyphens between them, cut between two words. May be empty."""
    kept: list[str] = []
    marks = 0
    # A capital İ is written in lower case with a dot above it, which is no part of the word.
    for letter in normalize("NFKC", INVISIBLE.sub("", words)).lower().replace("i\u0307", "i"):
        marks = marks + 1 if category(letter) in MARKS else 0
        if letter.isalnum() or letter == "_" or (0 < marks <= MOST_MARKS and kept and kept[-1] not in "-_"):
            kept.append(letter)
        elif (letter.isspace() or letter == "-") and kept and kept[-1] != "-":
            kept.append("-")
    slug = normalize("NFC", "".join(kept)).strip("-_")
    if len(slug) > longest:
        slug = whole(slug, longest + 1).rpartition("-")[0] or whole(slug, longest)
    return slug.strip("-_")


def is_slug(words: str) -> bool:
    """Letters with their marks, digits, hyphens, underscores: what a slug may be, however it came to be."""
    if words.isascii():
        return bool(words) and words.replace("-", "a").replace("_", "a").isalnum()
    if INVISIBLE.search(words) or words != normalize("NFC", words) or category(words[0]) in MARKS:
        return False
    return all(letter.isalnum() or letter in "-_" or category(letter) in MARKS for letter in words)


def whole(text: str, longest: int) -> str:
    """The beginning of the text, cut between two characters as readers see them: never before an accent, never inside
    an emoji."""
    if len(text) <= longest:
        return text
    end = longest
    while end > 0 and (_hangs_on(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return text[: end or longest]


def cut(text: str, longest: int) -> str:
    """The text, or its beginning up to a word's end with an ellipsis. Where no blanks part words, up to a character's."""
    if len(text) <= longest:
        return text
    if longest < 1:
        return ""
    begun = whole(text, longest - 1)
    words = begun.rsplit(" ", 1)[0] if text[len(begun)] != " " else begun
    return (words if len(words) * 2 > len(begun) else begun).rstrip() + "…"


def opening(text: str, longest: int) -> str:
    """The first sentences of a text, as many as fit; of a first one that does not fit, its first words."""
    text = " ".join(text[: longest * 4].split())
    if len(text) <= longest:
        return text
    ends = [
        found.end() for found in SENTENCE_END.finditer(text) if len(text[: found.end()].rstrip()) <= longest
    ]
    sentences = text[: ends[-1]].rstrip() if ends else ""
    return sentences if len(sentences) * 2 >= longest else cut(text, longest)


def _matters(sign: str, words: str, at: int) -> bool:
    """Is this sign one that joins or parts two letters, or shapes the emoji it stands in?"""
    before, after = words[:at][-1:], words[at + 1 : at + 2]
    if sign in JOINERS:
        return bool(before and after) and " " not in before + after and not (before + after).isascii()
    if "\U000e0020" <= sign <= "\U000e007f":
        return "\U0001f3f4" in words[:at]  # the flag of a region, spelt out behind a black one
    return sign == "\ufe0f" and bool(before) and category(before) in {"So", "Po", "Sm", "Nd"}


def _hangs_on(letter: str) -> bool:
    """Does it belong to the character before it?"""
    is_tone = "\U0001f3fb" <= letter <= "\U0001f3ff"  # of an emoji's skin
    return category(letter) in {"Mn", "Mc", "Me"} or letter in JOINERS or is_tone
