"""What a reader typed into the search field, made safe to ask any database."""

import re
import unicodedata
from dataclasses import dataclass, replace

from articles.search.words import asked, ends_in_a_sign

LONGEST = 200
MOST_TERMS = 12
BEGINNING = 3  # letters that are enough to find words by how they begin


class TakesTooLong(Exception):
    """The database was stopped: nobody waits longer for an answer, and others wait for the database."""


@dataclass(frozen=True)
class Term:
    """A word or a "quoted phrase", as the index is asked for it; `excluded` when written with a minus sign; `begun`
    while it is being typed."""

    text: str
    excluded: bool = False
    begun: bool = False

    @property
    def is_beginning(self) -> bool:
        """Are words that only begin with its last word meant as well?"""
        return self.begun or ends_in_a_sign(self.text)


@dataclass(frozen=True)
class Query:
    """The question as typed (tidied) and its terms. Falsy when it asks for nothing."""

    text: str
    terms: tuple[Term, ...]

    def __bool__(self) -> bool:
        return any(not term.excluded for term in self.terms)

    @property
    def wanted(self) -> list[Term]:
        return [term for term in self.terms if not term.excluded]

    @property
    def unwanted(self) -> list[Term]:
        return [term for term in self.terms if term.excluded]

    @property
    def whole(self) -> "Query":
        """The same of whole words alone."""
        return replace(self, terms=tuple(replace(term, begun=False) for term in self.terms))

    @classmethod
    def parse(cls, typed: str, *, begun: bool = False) -> "Query":
        """`begun` takes the last word for the beginning of a word as well, as it is while somebody is typing."""
        text = " ".join(unicodedata.normalize("NFC", typed).replace("\x00", " ").split())[:LONGEST]
        found = re.findall(r'(-?)"([^"]+)"|(\S+)', text)
        terms = [
            _term(minus, phrase, word, begun and (minus, phrase, word) == found[-1])
            for minus, phrase, word in found
        ]
        return cls(text, tuple(term for term in terms if re.search(r"\w", term.text))[:MOST_TERMS])


def _term(minus: str, phrase: str, word: str, begun: bool) -> Term:
    if phrase:
        return Term(asked(phrase), excluded=bool(minus))
    bare = word.replace('"', " ").strip()
    text, excluded = bare.lstrip("-"), bare.startswith("-")
    may_go_on = begun and not excluded and len(text) >= BEGINNING and text.isalnum()
    return Term(asked(text), excluded, begun=may_go_on)
