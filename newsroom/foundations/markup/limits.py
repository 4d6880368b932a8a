"""How much a text may ask of us. Limits are counts, never seconds: the same text always gets the same answer,
on a slow machine too, and the answer says which passage to change. Why: docs/decisions/0003."""

import re
from dataclasses import dataclass
from typing import NoReturn

from django.utils.translation import gettext as _

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
ABBREVIATION = re.compile(r"^\*\[", re.MULTILINE)
NEVER_OPEN = frozenset("br hr img wbr col".split())
CANNOT_NEST_ALONE = frozenset("p li dt dd tr td th thead tbody tfoot rt rp".split())


class MarkupRefused(ValueError):
    """A text that breaks a limit. Its words are meant for whoever wrote the text, and say what to do."""


@dataclass(frozen=True)
class Limits:
    """What one kind of text may hold; `steps` is work, in characters looked at (see Effort)."""

    characters: int
    lines: int
    steps: int
    nesting: int
    brackets: int  # `[` in one paragraph
    pieces: int  # elements of the page
    signs: int  # < > & shown as such
    notes: int  # footnotes and the marks that lead to them
    abbreviations: int
    stacked_marks: int  # accents and the like on one letter


ARTICLE = Limits(
    characters=200_000,
    lines=10_000,
    steps=12_000_000,
    nesting=16,
    brackets=60,
    pieces=8_000,
    signs=15_000,
    notes=1_000,
    abbreviations=50,
    stacked_marks=8,
)
COMMENT = Limits(
    characters=5_000,
    lines=1_000,
    steps=1_200_000,
    nesting=10,
    brackets=5_000,
    pieces=1_500,
    signs=1_500,
    notes=5_000,
    abbreviations=5_000,
    stacked_marks=4,
)


class Effort:
    """The work one text has left. A step is about one character looked at once by Python, some 50 nanoseconds;
    whoever is about to look at a passage many times pays for it first."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.left = limits.steps

    def spend(self, steps: int, passage: str) -> None:
        self.left -= steps
        if self.left < 0:
            raise MarkupRefused(
                _(
                    "There is too much markup in too small a space to lay out, at the latest near “%(start)s”. "
                    "Part it with blank lines, or remove marks such as [ * ` | > from it."
                )
                % {"start": beginning(passage)}
            )


def beginning(passage: str) -> str:
    """The first words of a passage, to find it again."""
    words = " ".join(passage[:200].split())
    return words if len(words) <= 40 else words[:39] + "…"


def check_source(text: str, limits: Limits) -> None:
    """Refuse what is too long or holds too many notes. Tabs count as the four blanks they become."""
    amounts = (
        (_("characters"), len(text) + 3 * text.count("\t"), limits.characters),
        (_("lines"), text.count("\n"), limits.lines),
        (_("footnote marks [^"), text.count("[^"), limits.notes),
        (_("abbreviations *["), len(ABBREVIATION.findall(text)), limits.abbreviations),
    )
    for things, amount, most in amounts:
        if amount > most:
            refuse_amount(things, amount, most)


def check_html(html: str, limits: Limits) -> str:
    """Refuse HTML that a parser of HTML would be slow with: too many pieces, or pieces too deep in one another."""
    pieces, signs = html.count("<") // 2, html.count("&")
    if pieces > limits.pieces:
        refuse_amount(_("marked-up parts (links, list items, table cells …)"), pieces, limits.pieces)
    if signs > limits.signs:
        refuse_amount(_("signs < > &"), signs, limits.signs)
    check_nesting(html, limits)
    return html


def refuse_amount(things: str, amount: int, most: int) -> NoReturn:
    message = _(
        "The text has %(amount)s %(things)s; at most %(most)s are allowed. Please shorten or split it."
    )
    raise MarkupRefused(message % {"amount": f"{amount:,}", "things": things, "most": f"{most:,}"})


def check_nesting(html: str, limits: Limits) -> None:
    """Count what is open at once. A tag never closed stays open to the end, as it does for a browser."""
    opened: dict[str, int] = {}
    depth = 0
    for match in TAG.finditer(html):
        name = match[2].lower()
        if name in NEVER_OPEN or name in CANNOT_NEST_ALONE:
            continue
        if not match[1]:
            opened[name] = opened.get(name, 0) + 1
            depth += 1
        elif opened.get(name):
            opened[name] -= 1
            depth -= 1
        if depth > limits.nesting * 2:
            raise MarkupRefused(
                _("Too many HTML tags are open inside one another near “%(start)s”. Close or remove some.")
                % {"start": beginning(html[match.start() :])}
            )
