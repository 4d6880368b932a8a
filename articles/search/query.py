"""What a reader typed into the search field, made safe to ask any database."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 200
MOST_TERMS = 12


@dataclass(frozen=True)
class Term:
    """A word or a "quoted phrase"; `excluded` when written with a minus sign."""

    text: str
    excluded: bool = False


@dataclass(frozen=True)
class Query:
    """The question as typed (tidied) and its terms. Falsy when it asks for nothing."""

    text: str
    terms: tuple[Term, ...]

    def __bool__(self) -> bool:
        return any(not term.excluded for term in self.terms)

    @classmethod
    def parse(cls, typed: str) -> "Query":
        text = " ".join(unicodedata.normalize("NFC", typed).replace("\x00", " ").split())[:LONGEST]
        found = re.findall(r'(-?)"([^"]+)"|(\S+)', text)
        terms = [_term(minus, phrase, word) for minus, phrase, word in found]
        return cls(text, tuple(term for term in terms if re.search(r"\w", term.text))[:MOST_TERMS])


def _term(minus: str, phrase: str, word: str) -> Term:
    if phrase:
        return Term(phrase, excluded=bool(minus))
    bare = word.replace('"', " ").strip()
    return Term(bare.lstrip("-"), excluded=bare.startswith("-"))
