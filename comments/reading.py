"""How a conversation is read: in parts short enough for any page, every reply under what it answers."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.addresses import address_of
from comments.models.comments import DEEPEST, DIGITS, Comment
from comments.models.states import APPROVED
from comments.models.threads import Thread
from newsroom.foundations import markup, pagecache
from newsroom.foundations.questions import Question, blank, moment, written

STEPS = 4  # how far replies step in on a page
PART = 200  # comments; a conversation of thousands is read on pages of its own
KEPT = 1000  # voices, of some thousand bytes each; the pages of a talked-about story show some hundreds
PLACE = re.compile(f"(?:[0-9]{{{DIGITS}}}){{1,{DEEPEST + 1}}}")


@dataclass(frozen=True)
class Removed:
    """Stands where readers no longer see a comment, while answers to it remain."""

    depth: int
    is_removed: bool = True

    @property
    def step(self) -> int:
        return min(self.depth, STEPS)


class Colleague(NamedTuple):
    """Somebody of the staff, speaking under their own name."""

    pk: int
    slug: str
    role: str

    def get_absolute_url(self) -> str:
        return address_of("contributor", self.slug)


class Answered(NamedTuple):
    """The comment that another one answers."""

    pk: int
    name: str


@dataclass(frozen=True, eq=False)  # the same only as itself: so it can be looked up by what is drawn of it
class Voice:
    """A comment as its page shows it. E-mail and evidence stay in the database. Shared by all pages that show the same
    words: to be read, never changed."""

    COLUMNS: ClassVar[tuple[Any, ...]] = (
        *"pk rendered_version html place depth name".split(),
        written("received_at"),
        *"contributor contributor__slug contributor__role parent parent__name parent__state".split(),
    )

    pk: int
    html: str
    place: str
    depth: int
    name: str
    received_at: datetime
    contributor: Colleague | None
    answered: Answered | None  # while readers can see that one
    is_removed: bool = False

    @classmethod
    def read(cls, rows: Sequence[tuple[Any, ...]]) -> list["Voice"]:
        """Of rows of COLUMNS. One query more while comments rendered in another version are among them."""
        anew = _rendered_anew([pk for pk, version, *_rest in rows if version != markup.VERSION])
        return [cls.told(row, anew[row[0]]) if row[0] in anew else _kept(row) for row in rows]

    @classmethod
    def told(cls, row: tuple[Any, ...], html: str) -> "Voice":
        pk, _version, _html, place, depth, name, at, *who, to, to_name, to_state = row
        colleague = Colleague(*who) if who[0] else None
        return cls(pk, html, place, depth, name, moment(at), colleague, _answered(to, to_name, to_state))

    @property
    def words(self) -> SafeString:
        return markup.stored(self.html)

    @property
    def step(self) -> int:
        """How far it steps in on a page."""
        return min(self.depth, STEPS)

    @property
    def badge(self) -> str:
        """What the paper calls the colleague who wrote it; empty for readers."""
        return (self.contributor.role or gettext("Staff")) if self.contributor else ""


@lru_cache(maxsize=KEPT)
def _kept(row: tuple[Any, ...]) -> Voice:
    return Voice.told(row, row[2])


def _answered(pk: int | None, name: str, state: str) -> Answered | None:
    return Answered(pk, name) if pk and state == APPROVED else None


def _rendered_anew(keys: list[int]) -> dict[int, str]:
    texts = Comment.objects.filter(pk__in=keys).values_list("pk", "text") if keys else ()
    anew: dict[int, str] = {}
    for pk, text in texts:
        with suppress(markup.MarkupRefused):  # by a limit lowered since: it stays as it was
            anew[pk] = markup.comment_html(text).html
    return anew


@dataclass(frozen=True)
class Part:
    """Some of a conversation, in order. `count` is how many there are in all; `following` leads to the next part."""

    voices: list[Voice | Removed]
    count: int
    following: str


@lru_cache
def _question(count: int) -> Question:
    behind = Comment.objects.approved().under(blank("thread")).filter(place__gt=blank("after"))
    return Question(lambda: behind.values_list(*Voice.COLUMNS)[:count])


def part(article_id: int, after: str | None = None) -> Part:
    """The comments behind this place, or the first ones. One query, or two when there are more than fit.

    Raises ValueError for a place that cannot be.
    """
    if after is not None and not PLACE.fullmatch(after):
        raise ValueError("not a place in a conversation")
    found = Voice.read(_question(PART + 1).ask(thread=article_id, after=after or ""))
    shown, more = found[:PART], len(found) > PART
    count = Comment.objects.approved().under(article_id).count() if more or after else len(shown)
    return Part(list(_with_gaps(shown, after or "")), count, shown[-1].place if more else "")


def say(request: HttpRequest, thread: Thread, part: Part) -> None:
    """Tell the page cache what a page with this part of a conversation shows, and when it closes by itself."""
    colleagues = {who.pk for voice in part.voices if isinstance(voice, Voice) and (who := voice.contributor)}
    closes = thread.closes_at if thread.closes_at and thread.closes_at > timezone.now() else None
    shown = (thread.topic, "house-rules", *(f"by:{pk}" for pk in sorted(colleagues)))
    pagecache.shows(request, *shown, until=closes)


def _with_gaps(comments: list[Voice], after: str) -> Iterator[Voice | Removed]:
    """A comment's place names all it answers; of those not shown before it, one stands in as removed.

    What lies above the place we came from was shown, or stood in for, on the part before.
    """
    known = set(_ways(after))
    for comment in comments:
        *above, own = _ways(comment.place)
        for depth, place in enumerate(above):
            if place not in known:
                yield Removed(depth)
        known.update(above, [own])
        yield comment


def _ways(place: str) -> list[str]:
    """The places from the beginning of a conversation down to this one."""
    return [place[:end] for end in range(DIGITS, len(place) + 1, DIGITS)]
