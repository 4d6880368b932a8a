"""How a conversation is read: in parts short enough for any page, every reply under what it answers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from comments.models.comments import DEEPEST, DIGITS, STEPS, Comment
from comments.models.threads import Thread
from newsroom.foundations import pagecache

PART = 200  # comments; a conversation of thousands is read on pages of its own
PLACE = re.compile(f"(?:[0-9]{{{DIGITS}}}){{1,{DEEPEST + 1}}}")


@dataclass(frozen=True)
class Removed:
    """Stands where readers no longer see a comment, while answers to it remain."""

    depth: int
    is_removed: bool = True

    @property
    def step(self) -> int:
        return min(self.depth, STEPS)


@dataclass(frozen=True)
class Part:
    """Some of a conversation, in order. `count` is how many there are in all; `following` leads to the next part."""

    voices: list[Comment | Removed]
    count: int
    following: str


def part(article_id: int, after: str | None = None) -> Part:
    """The comments behind this place, or the first ones. One query, or two when there are more than fit.

    Raises ValueError for a place that cannot be.
    """
    if after is not None and not PLACE.fullmatch(after):
        raise ValueError("not a place in a conversation")
    approved = Comment.objects.approved().under(article_id)
    found = list(approved.for_reading().filter(place__gt=after or "")[: PART + 1])
    shown, more = found[:PART], len(found) > PART
    count = approved.count() if more or after else len(shown)
    return Part(list(_with_gaps(shown, after or "")), count, shown[-1].place if more else "")


def say(request: HttpRequest, thread: Thread, part: Part) -> None:
    """Tell the page cache what a page with this part of a conversation shows, and when it closes by itself."""
    colleagues = {voice.contributor_id for voice in part.voices if isinstance(voice, Comment)} - {None}
    closes = thread.closes_at if thread.closes_at and thread.closes_at > timezone.now() else None
    shown = (thread.topic, "house-rules", *(f"by:{pk}" for pk in colleagues))
    pagecache.shows(request, *shown, until=closes)


def _with_gaps(comments: list[Comment], after: str) -> Iterator[Comment | Removed]:
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
