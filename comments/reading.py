"""How a conversation is read: in parts short enough for any page, every reply under what it answers."""

import re
from collections.abc import Hashable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, ClassVar, NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.models import Article
from articles.paths import path_to
from comments.models.comments import DEEPEST, DIGITS, Comment
from comments.models.states import APPROVED
from comments.models.threads import Thread
from newsroom.foundations import markup, pagecache
from newsroom.foundations.db.prepared import PreparedQuery, as_text, moment, param

KEPT = 1000  # comments, of some two thousand bytes each; a talked-about article's pages show some hundreds
STEPS = 4  # how far replies step in on a page
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


class Colleague(NamedTuple):
    """Somebody of the staff, speaking under their own name."""

    pk: int
    slug: str
    role: str

    def get_absolute_url(self) -> str:
        return path_to("contributor", self.slug)


class Answered(NamedTuple):
    """The comment that another one answers."""

    pk: int
    name: str


@dataclass(frozen=True, eq=False)
class ShownComment:
    """A comment as its page shows it. Email and evidence stay in the database. As with article cards, rows that say the
    same are read as the same comment, and its HTML is made once."""

    COLUMNS: ClassVar[tuple[Any, ...]] = (
        *"pk rendered_version html place depth name".split(),
        as_text("received_at"),
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
    def read(cls, rows: Sequence[tuple[Any, ...]]) -> list["ShownComment"]:
        """Of rows of COLUMNS. One query more while comments rendered in another version are among them."""
        anew = _rendered_anew([pk for pk, version, *_rest in rows if version != markup.VERSION])
        return [cls.of(row, anew[row[0]]) if row[0] in anew else _same(row) for row in rows]

    @classmethod
    def of(cls, row: tuple[Any, ...], html: str) -> "ShownComment":
        pk, _version, _html, place, depth, name, at, *who, to, to_name, to_state = row
        colleague = Colleague(*who) if who[0] else None
        return cls(pk, html, place, depth, name, moment(at), colleague, _answered(to, to_name, to_state))

    @cached_property
    def drawn(self) -> dict[Hashable, str]:
        """Its HTML, by how it was drawn."""
        return {}

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
def _same(row: tuple[Any, ...]) -> ShownComment:
    return ShownComment.of(row, row[2])


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

    comments: list[ShownComment | Removed]
    count: int
    following: str


@lru_cache
def _part_of_length(count: int) -> PreparedQuery:
    behind = Comment.objects.approved().under(param("thread")).filter(place__gt=param("after"))
    return PreparedQuery(lambda: behind.values_list(*ShownComment.COLUMNS)[:count])


def part(article_id: int, after: str | None = None) -> Part:
    """The comments behind this place, or the first ones. One query, or two when there are more than fit.

    Raises ValueError for a place that cannot be.
    """
    if after is not None and not PLACE.fullmatch(after):
        raise ValueError("not a place in a conversation")
    found = ShownComment.read(_part_of_length(PART + 1).rows(thread=article_id, after=after or ""))
    shown, more = found[:PART], len(found) > PART
    count = Comment.objects.approved().under(article_id).count() if more or after else len(shown)
    return Part(list(_with_gaps(shown, after or "")), count, shown[-1].place if more else "")


@dataclass(frozen=True)
class Conversation:
    """A part of what has been said under one article, and the way to add to it or to read on."""

    article_id: int
    comments: list[ShownComment | Removed]
    count: int
    closed_sentence: str
    following: str  # the place behind which it goes on

    @classmethod
    def of(cls, thread: Thread, part: Part) -> "Conversation":
        return cls(thread.pk, part.comments, part.count, thread.closed_sentence(), part.following)

    @property
    def is_open(self) -> bool:
        return not self.closed_sentence

    @property
    def form_url(self) -> str:
        return path_to("comment_new", self.article_id)

    def reply_url(self, comment: ShownComment) -> str:
        return path_to("comment_reply", self.article_id, comment.pk) if self.is_open else ""

    @property
    def more_url(self) -> str:
        further = f"{path_to('comment_thread', self.article_id)}?after={self.following}"
        return further if self.following else ""


def under(article: Article, request: HttpRequest) -> Conversation:
    """The first part of what has been said under the article. One query, two for conversations of more parts."""
    thread, first = Thread.for_article(article), part(article.pk)
    say(request, thread, first)
    return Conversation.of(thread, first)


def say(request: HttpRequest, thread: Thread, part: Part) -> None:
    """Tell the page cache what a page with this part of a conversation shows, and when it closes by itself."""
    colleagues = {
        who.pk
        for comment in part.comments
        if isinstance(comment, ShownComment) and (who := comment.contributor)
    }
    closes = thread.closes_at if thread.closes_at and thread.closes_at > timezone.now() else None
    shown = (thread.cache_key, "house-rules", *(f"by:{pk}" for pk in sorted(colleagues)))
    pagecache.shows(request, *shown, until=closes)


def _with_gaps(comments: list[ShownComment], after: str) -> Iterator[ShownComment | Removed]:
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
