"""What readers see of a story, and where: what a verb changed of it is the difference between before and after."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from articles.models.section_tree import tree
from newsroom.foundations import pagecache

if TYPE_CHECKING:
    from articles.models.article import Article, ArticleQuerySet

AT_THE_TOP = timedelta(seconds=10)  # a story newer than this enters its lists above all others
CARD = (
    "kind kicker headline short_headline standfirst slug section_id publish_at published_on picture_id is_retracted"
).split()


@dataclass(frozen=True)
class Snapshot:
    """One story before readers (or on its way to them: `publish_at` may lie ahead). Falsy when it is not."""

    article: int
    is_public: bool
    publish_at: datetime | None = None
    published_on: date | None = None
    slug: str = ""
    adopted: int | None = None
    updated_at: datetime | None = None
    lists: frozenset[str] = frozenset()  # "section:7", "tag:5", "by:3"
    urls: frozenset[str] = frozenset()
    card: tuple[Any, ...] = ()
    placing: tuple[Any, ...] = field(default=())  # what the front is composed by
    notes: tuple[int, ...] = ()  # its corrections
    changes_hidden: bool = False

    def __bool__(self) -> bool:
        return self.is_public

    @classmethod
    def of(cls, article: "Article") -> "Snapshot":
        """As the row in hand says, before or after a verb."""
        if article.state != "published":
            return cls(article.pk, is_public=False)
        facts, sections = article.facts, tree()
        trail = sections.trail(sections.section(article.section_id))
        tags = {f"topics/{tag.slug}" for tag in facts.tags}
        people = {f"by/{credit.slug}" for credit in facts.credits}
        return cls(
            article.pk,
            is_public=True,
            publish_at=article.publish_at,
            published_on=article.published_on,
            slug=article.slug,
            adopted=article.adopted_id,
            updated_at=article.updated_at,
            lists=frozenset(
                [
                    *(f"section:{section.pk}" for section in trail),
                    *(f"tag:{tag.pk}" for tag in facts.tags),
                    *(f"by:{credit.pk}" for credit in facts.credits),
                ]
            ),
            urls=frozenset(pagecache.path_key(path) for path in tags | people),
            card=(*(getattr(article, name) for name in CARD), facts.credits, facts.picture),
            placing=(article.kind, article.section_id, article.picture_id),
            notes=tuple(note.pk for note in article.notes),
            changes_hidden=article.changes_hidden,
        )

    @property
    def is_ahead(self) -> bool:
        return self.publish_at is not None and self.publish_at > timezone.now()

    @property
    def maps(self) -> set[str]:
        return {"map:index", "map:news", "map:standing", f"map:{self.published_on:%Y-%m}"}

    def entering(self) -> set[str]:
        """What changes when it comes before readers: every list it enters, and the URLs that were empty."""
        old = self.publish_at is not None and self.publish_at < timezone.now() - AT_THE_TOP
        lists = into(self.lists, deep=old)
        return {"front:home", "front:plan", *lists, *self.maps, *self.urls, *self.itself(), *self.archive()}

    def leaving(self) -> set[str]:
        """Pages that show it say so themselves."""
        return {f"card:{self.article}", "front:plan", *self.maps, *self.itself(), *self.archive()}

    def itself(self) -> set[str]:
        return {f"article:{self.article}", pagecache.path_key(f"{self.published_on}/{self.slug}")}

    def archive(self) -> set[str]:
        """The list of all corrections, if any of its own stand there."""
        return {"corrections"} if self.notes else set()

    def changing_into(self, after: "Snapshot") -> set[str]:
        """What a correction of a live story changes."""
        if self.publish_at != after.publish_at:  # it leaves its place in every list, and comes into another
            return self.leaving() | after.entering()
        is_new = (self.adopted, self.updated_at) != (after.adopted, after.updated_at)
        keys = {*after.maps, *after.itself()} if is_new else set()
        if (self.notes, self.changes_hidden) != (after.notes, after.changes_hidden):
            keys |= {"corrections", *after.itself()}
        if self.card != after.card or self.lists - after.lists:
            keys.add(f"card:{self.article}")
        if self.placing != after.placing:
            keys |= {"front:home", "front:plan"}
        return keys | into(after.lists - self.lists, deep=True) | (after.urls - self.urls)


def into(lists: frozenset[str], *, deep: bool) -> set[str]:
    """The topics of lists that a story comes into: at the top, or somewhere in between."""
    newest = {f"newest:{one}" for one in lists}
    return newest | {f"older:{one}" for one in lists} if deep else newest


@contextmanager
def followed(articles: "ArticleQuerySet") -> Iterator[None]:
    """Around a change of what these stories are filed under, in one transaction: those that are scheduled will come into
    the lists of then, and not of now."""
    ahead = [Snapshot.of(article) for article in articles.scheduled()]
    yield
    now = articles.model.objects.in_bulk([before.article for before in ahead])
    for before in ahead:
        if (after := Snapshot.of(now[before.article])) != before:
            purge_difference(before, after)


def purge_difference(before: Snapshot, after: Snapshot) -> None:
    """Have the pages made anew that this change of a story touches, now or when its time comes."""
    if before.publish_at and before.is_ahead and before != after:
        pagecache.retract(*sorted(before.entering()), at=before.publish_at)
        before = Snapshot(before.article, is_public=False)
    if after and after.is_ahead:
        pagecache.purge(*sorted(after.entering()), at=after.publish_at)
    elif after and not before:
        pagecache.purge(*sorted(after.entering()))
    elif before and not after:
        pagecache.purge(*sorted(before.leaving()))
    elif before:
        pagecache.purge(*sorted(before.changing_into(after)))
