"""Chapter: what a page says of a story besides its words: who is credited, its picture, its topics.

Gathered from the rows they are kept in and written on the story's own, so that a page of stories is one query. Rows
that were gathered in another shape are gathered anew when read: never wrong, only slower, until they are rebuilt.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.db import models, transaction
from django.utils.functional import cached_property

from articles import search
from articles.addresses import address_of
from articles.models import denormalised, snapshots
from articles.models.bylines import Byline
from articles.models.images import Image
from articles.models.order import InOrder
from articles.models.tags import Tag

if TYPE_CHECKING:
    from articles.models.article import Article

# Of the shape below: raise it with every change, and run `manage.py rebuild_pages` after installing.
VERSION = 1
OUTDATED = 0
GATHERED = ("gathered", "gathered_version")
AT_ONCE = 200  # stories gathered in the transaction that changed what they tell


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
        return address_of("contributor", self.slug)


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


class Topic(NamedTuple):
    pk: int | None  # none yet for a new topic of a working copy
    name: str
    slug: str

    def get_absolute_url(self) -> str:
        return address_of("topic", self.slug)


class Facts(NamedTuple):
    """All of it. Kept as JSON, where a NamedTuple is simply a list."""

    credits: tuple[Credit, ...] = ()
    picture: Lead | None = None
    topics: tuple[Topic, ...] = ()

    @classmethod
    def read(cls, kept: list[Any]) -> "Facts":
        """From the JSON of a row of this version."""
        credits, picture, topics = kept
        return cls(
            tuple(
                Credit(pk, name, slug, role, face and Face(*face)) for pk, name, slug, role, face in credits
            ),
            picture and Lead(*picture),
            tuple(Topic(*topic) for topic in topics),
        )


class Gathered:
    """Chapter: the facts on the row (`gathered`, `gathered_version`). They change with the relations, in the same
    transaction. Not an abstract model, for mypy gives up resolving one more of these."""

    @cached_property
    def facts(self: "Article") -> Facts:
        """What the row says; what the relations say, on a working copy and a row of another version."""
        if self._credits is not None or self.gathered_version != VERSION:
            return facts_of(self, self.credits(), self.topics_list())
        return Facts.read(self.gathered)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self.__dict__.pop("facts", None)

    def gather(self: "Article", bylines: Iterable[Byline], tags: Iterable[Tag]) -> None:
        """Take these down on the row, which is still to be saved."""
        self.__dict__.pop("facts", None)
        self.gathered, self.gathered_version = facts_of(self, bylines, tags), VERSION


def gathered_anew(keys: list[int]) -> dict[int, Facts]:
    """What the relations of these stories say. Three queries for any number of stories."""
    outdated = denormalised.articles().filter(pk__in=keys).for_gathering()
    return {article.pk: facts_of(article, article.credits(), article.topics_list()) for article in outdated}


class Telling(InOrder):
    """Chapter: what many rows' facts are, and what becomes of them when something changes that they tell."""

    def outdated(self) -> Self:
        """Not gathered in today's shape, or since something they tell has changed. Found by an index."""
        return self.filter(models.Q(gathered_version__lt=VERSION) | models.Q(gathered_version__gt=VERSION))

    def illustrated_by(self, image: Image) -> Self:
        """It leads these, or stands in their text. Sets of keys, each found by an index."""
        leading = self.model.objects.filter(picture=image).order_by().values("pk")
        return self.filter(pk__in=leading.union(image.figures.values("article")))

    def showing(self, image: Image) -> Self:
        """The same, and those that credit somebody whose portrait it is."""
        leading = self.model.objects.filter(picture=image).order_by().values("pk")
        portrayed = Byline.objects.filter(contributor__portrait=image).order_by().values("article")
        return self.filter(pk__in=leading.union(image.figures.values("article"), portrayed))

    def for_gathering(self) -> Self:
        """All that facts are gathered from."""
        bylines = models.Prefetch("bylines", Byline.objects.with_faces())
        return self.select_related("picture").prefetch_related(bylines, "tags")

    def followed(self) -> AbstractContextManager[None]:
        """Around a change of what these articles are filed under: of the scheduled ones the purges to come change."""
        return snapshots.followed(self)  # type: ignore[arg-type]

    @contextmanager
    def told_otherwise(self) -> Iterator[None]:
        """Around the change of a name, a picture or a topic that these stories tell; one transaction.

        The newest are gathered anew at once. The others are right when read, and are gathered by the clock.
        """
        with transaction.atomic(), self.followed():
            newest = list(self.order_by("-pk").values_list("pk", flat=True)[:AT_ONCE])
            self.update(gathered_version=OUTDATED)
            yield
            self.model.objects.filter(pk__in=newest).gather_anew()

    def gather_some(self) -> int:
        """The clock's share: some of the outdated. How many there were."""
        keys = list(self.outdated().values_list("pk", flat=True)[:AT_ONCE])
        return self.model.objects.filter(pk__in=keys).gather_anew()

    def gather_anew(self) -> int:
        """Take down on these rows what their relations say, and have them found by it. How many there were."""
        with transaction.atomic():
            locked, otherwise = list(self.for_gathering().order_by("pk").select_for_update(of=("self",))), []
            for article in locked:
                before = _findable(article)
                article.freshen()
                if _findable(article) != before:
                    otherwise.append(article.pk)
            search.index_all(otherwise)
        return len(locked)


def _findable(article: "Article") -> str:
    """What the search finds it by, of all that is gathered and rendered."""
    return json.dumps([article.gathered, article.body_text])  # so tuples are the same as lists


def facts_of(article: "Article", bylines: Iterable[Byline], tags: Iterable[Tag]) -> Facts:
    return Facts(
        tuple(_credit(byline) for byline in bylines),
        _lead(article, article.picture) if article.picture else None,
        tuple(Topic(tag.pk, tag.name, tag.slug) for tag in tags),
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
