"""Text that Markdown would misread, made literal for our renderer (Python-Markdown, whose escapes are fewer than
CommonMark's: what has no backslash form is written as a character reference)."""

import re
from urllib.parse import urlsplit

EVERYWHERE = re.compile(r"[\\`*\[\]{}]|(?<![^\W_])_|_(?![^\W_])")
REFERENCE = re.compile(r"&(?=#?\w{1,32};)")
# At the start of a text, which may be the start of a line.
NUMBER = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)")
BULLET = re.compile(r"^(\s*)([-+])(?=[-+\s]|$)")
HASH = re.compile(r"^(\s*)#|#(?=\s*$)")
QUOTE = re.compile(r"^(\s*)>")
NAMED = {
    ":": re.compile(r"^\s*:(?=\s|-+[:|\s]|$)"),
    "=": re.compile(r"^\s*=+\s*$"),
    "|": re.compile(r"^\s*\|"),
}


def escaped(text: str, *, in_cell: bool = False, brackets_in_words: bool = False) -> str:
    """One piece of text as Markdown that shows exactly these characters."""
    text = REFERENCE.sub("&amp;", text)
    text = EVERYWHERE.sub(lambda match: "\\" + match[0], text)
    if brackets_in_words:
        text = text.replace("\\[", "&#91;")
    text = text.replace("<", "&lt;").replace("~~", "&#126;&#126;")
    text = NUMBER.sub(r"\1\\\2", text)
    text = BULLET.sub(r"\1\\\2", text)
    text = QUOTE.sub(r"\1\\>", text)
    text = HASH.sub(r"\1\\#", text)
    for mark, pattern in NAMED.items():
        if pattern.match(text):
            text = text.replace(mark, f"&#{ord(mark)};", 1)
    return text.replace("|", "&#124;") if in_cell else text


def safe_in_quotes(text: str) -> str:
    """Words for the quoted part of a picture, where nothing can be escaped."""
    plain = " ".join(text.split()).replace("\\", "/").replace("`", "’")
    return re.sub(r'"([^"]*)"', r"“\1”", plain).replace('"', "”")


def safe_target(url: str, *also: str) -> str:
    """The URL as it may stand in a link, "" when it is none that may be kept. Fragments lead nowhere here."""
    url = re.sub(r"[\x00-\x20\x7f]+", lambda gap: "%20" if gap[0] == " " else "", url.strip())
    try:
        scheme = urlsplit(url).scheme
    except ValueError:
        return ""
    if url.startswith("#") or scheme not in {"http", "https", "mailto", "", *also}:
        return ""
    spelled = {
        "(": "%28",
        ")": "%29",
        "<": "%3C",
        ">": "%3E",
        '"': "%22",
        "\\": "%5C",
        "*": "%2A",
        "`": "%60",
    }
    return "".join(spelled.get(letter, letter) for letter in url).replace("[", "%5B").replace("]", "%5D")
