"""The lists readers page through: what is filed in sections, about a topic, by a person. A page of one is one
question, put into SQL once, and answered by walking down an index from a place in it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles import showing
from articles.models import Article, Byline, TaggedArticle
from articles.models.bylines import CREDITS
from articles.models.order import STORIES, Cursor, Order, left_open
from articles.models.tags import TAGGINGS
from articles.models.teasers import Teaser
from newsroom.foundations import pagecache
from newsroom.foundations.questions import Keys, Put, Question, any_of, blank

T = TypeVar("T", bound=Teaser)
NEWEST, OLDER, NEWER = "newest", "older", "newer"
MANY = 12  # sections; to ask so many for a page of stories each costs more than to look at the paper's next stories
AT_HAND = 200  # stories
PLACE = attrgetter("publish_at", "pk")
# So many sections whose stories were found to be too far apart: they are asked at once.
QUIET: set[tuple[int, ...]] = set()


class Walk(NamedTuple):
    """So many stories: the newest, those older than a place, or the nearest that are newer (these oldest first)."""

    way: str
    length: int

    def along(self, rows: QuerySet[Any], order: Order) -> Any:
        return self.sorted(self.bounded(rows, order), order)[: self.length]

    def bounded(self, rows: QuerySet[Any], order: Order) -> Any:
        place = Cursor(blank("at"), blank("pk"))
        if self.way == OLDER:
            return rows.filter(order.beyond(place))  # which is not in the future
        rows = rows.filter(order.until(blank("now")))
        return rows.filter(order.before(place)) if self.way == NEWER else rows

    def sorted(self, rows: QuerySet[Any], order: Order) -> Any:
        ordered = rows.order_by(*order.newest_first())
        return ordered.reverse() if self.way == NEWER else ordered


# Which stories a list has along a walk: their keys, in SQL.


def _anywhere(walk: Walk) -> Put:
    return _keys(walk.along(Article.objects.in_print(), STORIES))


def _in_section(walk: Walk) -> Put:
    return _keys(walk.along(Article.objects.in_print().filter(section=blank("key")), STORIES))


def _in_sections(walk: Walk, sections: Any) -> Put:
    stories = walk.bounded(Article.objects.in_print(), STORIES)
    return stories.firsts(sections, walk.length, newest=walk.way != NEWER, together=True)


def _near(walk: Walk) -> Put:
    """Those in these sections among the next stories of the whole paper: all there are on the page, if they fill it."""
    stories = Walk(walk.way, AT_HAND).along(Article.objects.in_print(), STORIES)
    sql, params = stories.values_list("pk", "section_id", "publish_at").query.sql_with_params()
    wanted = any_of("keys")
    firsts = (
        f"SELECT pk FROM ({sql}) AS near WHERE section_id IN ({wanted.sql}) "  # noqa: S608
        f"ORDER BY publish_at DESC, pk DESC LIMIT {walk.length:d}"
    )
    return firsts, [*params, *wanted.params]


def _by(walk: Walk) -> Put:
    # Somebody may be credited twice on a story, for its words and its pictures.
    credits = Byline.objects.filter(contributor=blank("key")).values("article").distinct()
    sql, params = walk.along(credits, CREDITS).query.sql_with_params()
    return f"SELECT article FROM ({sql}) AS credited", params  # noqa: S608


def _about(walk: Walk) -> Put:
    taggings = TaggedArticle.objects.filter(tag=blank("key")).values("content_object")
    return walk.along(taggings, TAGGINGS).query.sql_with_params()


def _keys(stories: Any) -> Put:
    return stories.values_list("pk").query.sql_with_params()


class Filed(NamedTuple):
    """A list: live stories by where they are filed. `asked` is what is asked of the database with each question; `near`
    are sections so many that their stories are looked for among the paper's next ones first. `told` is how its newest
    are read, unless who asks says so."""

    keys: Callable[..., Put]
    asked: dict[str, Any]
    parts: tuple[Any, ...] = ()
    near: tuple[int, ...] = ()
    told: "type[Known | Teaser]" = Teaser

    def newest(self, count: int, told: type[T] | None = None) -> list[T]:
        return self._ask(Walk(NEWEST, count), told or self.told, now=timezone.now())  # type: ignore[arg-type]

    def older(self, place: Cursor, count: int) -> list[Teaser]:
        return self._ask(Walk(OLDER, count), Teaser, **place._asdict())

    def newer(self, place: Cursor, count: int) -> list[Teaser]:
        """The nearest first, which is the oldest."""
        return self._ask(Walk(NEWER, count), Teaser, now=timezone.now(), **place._asdict())

    def _ask(self, walk: Walk, told: type[T], **values: Any) -> list[T]:
        if self.near and walk.way != NEWER and self.near not in QUIET:
            near = _question(_near, walk, told)  # type: ignore[arg-type]
            rows = near.ask(keys=list(self.near), **values)
            if len(rows) == walk.length:
                return told.read(rows)
            if walk.way == NEWEST:  # every list is short of stories at its other end
                QUIET.add(self.near)
        question = _question(self.keys, walk, told, *self.parts)  # type: ignore[arg-type]
        return told.read(question.ask(**self.asked, **values))


@lru_cache(maxsize=1000)
def _question(found: Callable[..., Put], walk: Walk, told: type[Teaser], *parts: Any) -> Question:
    keys = found(walk, *parts)
    if told is Known:
        return Keys(keys)
    stories = walk.sorted(Article.objects.in_print().filter(pk__in=RawSQL(*keys)), STORIES)  # noqa: S611
    return Question(lambda: stories.values_list(*told.COLUMNS))


def everything() -> Filed:
    return Filed(_anywhere, {})


def in_sections(keys: list[int]) -> Filed:
    """In these sections, together. One question; where they are many and yet quiet, or at their end, two at times. For
    the newest one more, unless all are remembered: the first page of a section is made anew with each story that comes,
    and the others on it are known."""
    if len(keys) == 1:
        return Filed(_in_section, {"key": keys[0]}, told=Known)
    parts, asked = left_open(keys)
    return Filed(_in_sections, asked, (parts,), tuple(keys) if len(keys) >= MANY else (), told=Known)


def by(contributor: int) -> Filed:
    return Filed(_by, {"key": contributor})


def about(tag: int) -> Filed:
    return Filed(_about, {"key": tag})


THESE = Question(
    lambda: (
        Article.objects.in_print()
        .filter(STORIES.until(blank("now")), pk__in=any_of("keys"))
        .values_list(*Teaser.COLUMNS)
    )
)


def _shown(_pk: int, story: Teaser) -> Iterator[str]:
    yield from ("sections", *showing.cards([story]))


@pagecache.remembered_parts(_shown)
def these(keys: Sequence[int]) -> dict[int, Teaser]:
    """The stories of these keys, if they are live. One query."""
    return {story.pk: story for story in Teaser.read(THESE.ask(now=timezone.now(), keys=list(keys)))}


class Known:
    """A story that is looked for by its key, and told from memory."""

    @classmethod
    def read(cls, rows: Iterable[tuple[int]]) -> list[Teaser]:
        return sorted(these([pk for (pk,) in rows]).values(), key=PLACE, reverse=True)
