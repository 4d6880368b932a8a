"""Chapter: what a page says of a story besides its words: who is credited, its picture, its topics.

Read from the rows they are kept in and written on the story's own, so that a page of stories is one query. Rows
stored in another shape are made anew when read: never wrong, only slower, until they are rebuilt.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.db import models, transaction
from django.utils.functional import cached_property

from articles.models import denormalised, snapshots
from articles.models.contributors import Byline
from articles.models.images import Figure, Image
from articles.models.order import InOrder
from articles.models.refreshing import IN_A_TRANSACTION, refresh, refresh_articles
from articles.models.tags import Tag
from articles.paths import path_to
from newsroom.foundations import markup
from newsroom.foundations.db.short_transactions import in_turns

if TYPE_CHECKING:
    from articles.models.article import Article

# Of the shape below: raise it with every change, and run `manage.py rebuild_pages` after installing.
VERSION = 1
OUTDATED = 0
STORED_FACTS = ("stored_facts", "facts_version")
MARKED = (
    5_000  # stories marked in the transaction that changes what they tell: a quarter of a second on SQLite
)
A_JOB = 200  # stories refreshed by one job


class Face(NamedTuple):
    """A contributor's portrait."""

    src: str
    srcset: str
    width: int
    height: int


class Credit(NamedTuple):
    """One person in the byline, and their part in the story (Byline.Role)."""

    pk: int
    name: str
    slug: str
    role: str
    face: Face | None

    def get_absolute_url(self) -> str:
        return path_to("contributor", self.slug)


class Lead(NamedTuple):
    """The picture of a story with the story's own words for it, where it has any. `alt` is empty if it says nothing."""

    pk: int
    src: str
    srcset: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    widest: str
    widest_width: int
    widest_height: int


class ShownTag(NamedTuple):
    pk: int | None  # none yet for a new topic of a working copy
    name: str
    slug: str

    def get_absolute_url(self) -> str:
        return path_to("tag", self.slug)


class Facts(NamedTuple):
    """All of it. Kept as JSON, where a NamedTuple is simply a list."""

    credits: tuple[Credit, ...] = ()
    picture: Lead | None = None
    tags: tuple[ShownTag, ...] = ()

    @classmethod
    def read(cls, kept: list[Any]) -> "Facts":
        """From the JSON of a row of this version."""
        credits, picture, tags = kept
        return cls(
            tuple(
                Credit(pk, name, slug, role, face and Face(*face)) for pk, name, slug, role, face in credits
            ),
            picture and Lead(*picture),
            tuple(ShownTag(*tag) for tag in tags),
        )


class StoredFacts:
    """Chapter: the facts on the row (`stored_facts`, `facts_version`). They change with the relations, in the same
    transaction. Not an abstract model, for mypy gives up resolving one more of these."""

    @cached_property
    def facts(self: "Article") -> Facts:
        """What the row says; what the relations say, on a working copy and a row of another version."""
        if self._credits is not None or self.facts_version != VERSION:
            return facts_of(self, self.credits(), self.tag_list())
        return Facts.read(self.stored_facts)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self.__dict__.pop("facts", None)

    def findable(self: "Article") -> str:
        """What the search finds it by, of all that is stored and rendered."""
        return json.dumps([self.stored_facts, self.body_text])  # so tuples are the same as lists

    def store_facts(self: "Article", bylines: Iterable[Byline], tags: Iterable[Tag]) -> None:
        """Take these down on the row, which is still to be saved."""
        self.__dict__.pop("facts", None)
        self.stored_facts, self.facts_version = facts_of(self, bylines, tags), VERSION


def facts_anew(keys: list[int]) -> dict[int, Facts]:
    """What the relations of these stories say. Three queries for any number of stories."""
    outdated = denormalised.articles().filter(pk__in=keys).for_facts()
    return {article.pk: facts_of(article, article.credits(), article.tag_list()) for article in outdated}


class Telling(InOrder):
    """Chapter: what many rows' facts are, and what becomes of them when something changes that they tell."""

    def outdated(self) -> Self:
        """Not stored in today's shape, or since something they tell has changed. Found by an index."""
        return self.filter(models.Q(facts_version__lt=VERSION) | models.Q(facts_version__gt=VERSION))

    def illustrated_by(self, image: Image) -> Self:
        """It leads these, or stands in their text. Sets of keys, each found by an index."""
        leading = self.model.objects.filter(picture=image).order_by().values("pk")
        return self.filter(pk__in=leading.union(image.figures.values("article")))

    def showing(self, image: Image) -> Self:
        """The same, and those that credit somebody whose portrait it is."""
        leading = self.model.objects.filter(picture=image).order_by().values("pk")
        portrayed = Byline.objects.filter(contributor__portrait=image).order_by().values("article")
        return self.filter(pk__in=leading.union(image.figures.values("article"), portrayed))

    def for_facts(self) -> Self:
        """All that facts are read from."""
        bylines = models.Prefetch("bylines", Byline.objects.with_faces())
        return self.select_related("picture").prefetch_related(bylines, "tags")

    def followed(self) -> AbstractContextManager[None]:
        """Around a change of what these articles are filed under: of the scheduled ones the purges to come change."""
        return snapshots.followed(self)  # type: ignore[arg-type]

    @contextmanager
    def refreshing(self, *, image: Image | None = None) -> Iterator[None]:
        """Around the change of a name, a picture or a topic that these stories tell; one transaction.

        Jobs of the outbox refresh them, the newest first. Until then the newest are marked, and so are right when read;
        what pages say of any beyond them is made right when their job comes to them. With a picture, those whose text
        names it are rendered anew.
        """
        named = image.pk if image else None  # it may be gone in a moment
        with transaction.atomic(), self.followed():
            keys = list(self.order_by("-pk").values_list("pk", flat=True))
            for start in range(0, len(keys), A_JOB):
                refresh_articles.enqueue(keys[start : start + A_JOB], image=named)
            if keys:
                self.filter(pk__gte=keys[:MARKED][-1])._mark(named)
            yield

    def _mark(self, image: int | None) -> None:
        """What these rows tell is asked for anew until they are refreshed."""
        keys = list(self.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
        rows = self.model.objects.filter(pk__in=keys)
        rows.update(facts_version=OUTDATED)
        if image:
            texts = Figure.objects.filter(image=image).values("article")
            rows.filter(pk__in=texts).update(rendered_version=markup.OUTDATED)

    def refresh_some(self) -> int:
        """The clock's share: some of the outdated. How many there were."""
        return self.model.objects.filter(
            pk__in=list(self.outdated().values_list("pk", flat=True)[:A_JOB])
        ).refresh()

    def refresh(self) -> int:
        """Take down on these rows what their relations say, and have them found by it. How many there were."""
        keys = list(self.order_by("pk").values_list("pk", flat=True))
        _rest, problems = in_turns(keys, refresh, size=IN_A_TRANSACTION)
        if problems:
            raise problems[0]
        return len(keys)


def facts_of(article: "Article", bylines: Iterable[Byline], tags: Iterable[Tag]) -> Facts:
    return Facts(
        tuple(_credit(byline) for byline in bylines),
        _lead(article, article.picture) if article.picture else None,
        tuple(ShownTag(tag.pk, tag.name, tag.slug) for tag in tags),
    )


def _credit(byline: Byline) -> Credit:
    who = byline.contributor
    return Credit(who.pk, who.name, who.slug, str(byline.role), _face(who.portrait) if who.portrait else None)


def _face(portrait: Image) -> Face:
    return Face(portrait.fallback().url, portrait.srcset(), portrait.width, portrait.height)


def _lead(article: "Article", image: Image) -> Lead:
    src, srcset, widest = image.fallback().url, image.srcset(), image.widest()
    words = article.alt(), article.caption(), image.credit
    return Lead(
        image.pk, src, srcset, image.width, image.height, *words, widest.url, widest.width, widest.height
    )
