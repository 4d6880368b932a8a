"""The lists readers page through: what is filed in sections, about a topic, by a person. A page of one is one
question, put into SQL once, and answered by walking down an index from a place in it."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles import showing
from articles.models import Article, Byline, TaggedArticle
from articles.models.article import ArticleQuerySet
from articles.models.bylines import CREDITS
from articles.models.order import STORIES, Cursor, Order, left_open
from articles.models.tags import TAGGINGS
from articles.models.teasers import Teaser
from newsroom.foundations import pagecache
from newsroom.foundations.questions import Question, any_of, blank

T = TypeVar("T", bound=Teaser)
NEWEST, OLDER, NEWER = "newest", "older", "newer"
MANY = 12  # sections; to ask so many for a page of stories each costs more than to look at the paper's next stories
AT_HAND = 200  # stories
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


def _anywhere(walk: Walk) -> ArticleQuerySet:
    return walk.along(Article.objects.in_print(), STORIES)


def _in_section(walk: Walk) -> ArticleQuerySet:
    return walk.along(Article.objects.in_print().filter(section=blank("key")), STORIES)


def _in_sections(walk: Walk, sections: Any) -> ArticleQuerySet:
    stories = walk.bounded(Article.objects.in_print(), STORIES)
    firsts = stories.first_of_each(sections, walk.length, newest=walk.way != NEWER, together=True)
    return walk.sorted(firsts, STORIES)


def _near(walk: Walk) -> ArticleQuerySet:
    """Those in these sections among the next stories of the whole paper: all there are on the page, if they fill it."""
    stories = Walk(walk.way, AT_HAND).along(Article.objects.in_print(), STORIES)
    sql, params = stories.values_list("pk", "section_id", "publish_at").query.sql_with_params()
    wanted = any_of("keys")
    firsts = (
        f"SELECT pk FROM ({sql}) AS near WHERE section_id IN ({wanted.sql}) "  # noqa: S608
        f"ORDER BY publish_at DESC, pk DESC LIMIT {walk.length:d}"
    )
    found = Article.objects.in_print().filter(pk__in=RawSQL(firsts, [*params, *wanted.params]))  # noqa: S611
    return walk.sorted(found, STORIES)


def _by(walk: Walk) -> ArticleQuerySet:
    # Somebody may be credited twice on a story, for its words and its pictures.
    credits = Byline.objects.filter(contributor=blank("key")).values("article").distinct()
    return walk.sorted(Article.objects.in_print().filter(pk__in=walk.along(credits, CREDITS)), STORIES)


def _about(walk: Walk) -> ArticleQuerySet:
    taggings = TaggedArticle.objects.filter(tag=blank("key")).values("content_object")
    return walk.sorted(Article.objects.in_print().filter(pk__in=walk.along(taggings, TAGGINGS)), STORIES)


class Filed(NamedTuple):
    """A list: live stories by where they are filed. `asked` is what is asked of the database with each question; `near`
    are sections so many that their stories are looked for among the paper's next ones first."""

    worded: Callable[..., ArticleQuerySet]
    asked: dict[str, Any]
    parts: tuple[Any, ...] = ()
    near: tuple[int, ...] = ()

    def newest(self, count: int, told: type[T] = Teaser) -> list[T]:  # type: ignore[assignment]
        return self._ask(Walk(NEWEST, count), told, now=timezone.now())

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
        question = _question(self.worded, walk, told, *self.parts)  # type: ignore[arg-type]
        return told.read(question.ask(**self.asked, **values))


@lru_cache(maxsize=1000)
def _question(
    worded: Callable[..., ArticleQuerySet], walk: Walk, told: type[Teaser], *parts: Any
) -> Question:
    return Question(lambda: worded(walk, *parts).values_list(*told.COLUMNS))


def everything() -> Filed:
    return Filed(_anywhere, {})


def in_sections(keys: list[int]) -> Filed:
    """In these sections, together. One question; where they are many and yet quiet, or at their end, two at times."""
    if len(keys) == 1:
        return Filed(_in_section, {"key": keys[0]})
    parts, asked = left_open(keys)
    return Filed(_in_sections, asked, (parts,), tuple(keys) if len(keys) >= MANY else ())


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
