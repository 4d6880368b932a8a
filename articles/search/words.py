"""Words as the index holds them, the same on every database.

Databases find words between blanks. Chinese, Japanese, Thai and their like are written without, so every two neighbouring
signs of theirs are indexed as one word: 東京都 as 東京, 京都, and 都 at its end. What is asked is taken apart in the same
way and looked for as a phrase, which finds any piece of a text and nothing else.
"""

import re
from itertools import pairwise
from unicodedata import category, normalize

BETWEEN = "\x1f"  # parts our words; no text holds it, and readers never see it
# Where a word may be parted at a line's end, where writing turns round, and the byte-order mark: no part of any word.
UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
JOINT = "\u200c"  # parts a word as a blank would, but is shown: می\u200cخواهم
HAN_AND_KANA = (
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u303c\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
# Thai and Lao, Burmese and its extensions, Khmer
ABUGIDAS = [
    chr(point)
    for block in (range(0x0E00, 0x0F00), range(0x1000, 0x10A0), range(0xA9E0, 0xAA00))
    for point in block
]
ABUGIDAS += [chr(point) for block in (range(0xAA60, 0xAA80), range(0x1780, 0x17E0)) for point in block]
LETTERS = HAN_AND_KANA + "".join(letter for letter in ABUGIDAS if category(letter)[0] == "L")
MARKS = "\u3099\u309a" + "".join(mark for mark in ABUGIDAS if category(mark)[0] == "M")
SIGN = re.compile(f"[{LETTERS}][{MARKS}]*")
RUN = re.compile(f"(?:[{LETTERS}][{MARKS}]*)+")
SEAM = re.compile(f"([{LETTERS}][{MARKS}]*)(\x03?){BETWEEN}(\x02?)\\1")


def indexed(text: str) -> str:
    """A text as it goes into the index."""
    if text.isascii():
        return text
    text = UNSEEN.sub("", normalize("NFC", text)).replace(JOINT, BETWEEN + JOINT + BETWEEN)
    return RUN.sub(lambda run: BETWEEN + BETWEEN.join(_pairs(run[0], last=True)) + BETWEEN, text)


def asked(text: str) -> str:
    """A word or phrase as it is looked for. Its last sign may be followed by others in the text."""
    text = UNSEEN.sub("", normalize("NFC", text)).replace(JOINT, " ")
    parted = RUN.sub(lambda run: f" {' '.join(_pairs(run[0], last=_goes_on(text[run.end() :])))} ", text)
    return " ".join(parted.split())


def _goes_on(text: str) -> bool:
    return bool(re.search(r"\w", text))


def _pairs(run: str, *, last: bool) -> list[str]:
    signs = SIGN.findall(run)
    pairs = [first + second for first, second in pairwise(signs)]
    return pairs + signs[-1:] if last or not pairs else pairs


def ends_in_a_sign(words: str) -> bool:
    """Is the last word one sign alone? The index then has it at the beginning of others."""
    return bool(SIGN.fullmatch(words.rpartition(" ")[2]))


def as_written(passage: str) -> str:
    """A passage of the index as it stood in the text, with the marks (\\x02 … \\x03) around what was found."""
    return SEAM.sub(_joined, passage).replace(BETWEEN, "")


def _joined(seam: re.Match[str]) -> str:
    sign, ends, begins = seam.groups()
    return sign if ends and begins else f"{begins}{sign}{ends}"
