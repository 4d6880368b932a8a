"""A story among others: as much of it as a card shows, read in one query and held without an ORM object."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, ClassVar, Protocol, Self

from django.utils.functional import cached_property  # functools' own takes a lock

from articles import tree
from articles.addresses import absolute, address_of_story
from articles.models.facts import VERSION, Facts, gathered_anew
from articles.models.kinds import label_of
from articles.models.sections import Section
from newsroom.foundations import markup
from newsroom.foundations.questions import moment, written

KEPT = 1000  # teasers, of some three thousand bytes; a front page and its sections show some hundreds


class Told(Protocol):
    """A story as others speak of it: an article or a teaser."""

    @property
    def pk(self) -> int: ...
    @property
    def publish_at(self) -> datetime | None: ...
    @property
    def section(self) -> Section: ...
    @property
    def facts(self) -> Facts: ...
    @property
    def address(self) -> str: ...


@dataclass(frozen=True, eq=False)  # the same only as itself: so it can be looked up by what is drawn of it
class Teaser:
    """A live story, under the names an Article has for the same things. Shared by all that show the same words: to be
    read, never changed."""

    COLUMNS: ClassVar[tuple[Any, ...]] = (
        *"pk section_id gathered_version".split(),
        *map(written, "gathered publish_at published_on".split()),
        *"kind kicker headline standfirst slug short_headline".split(),
    )

    pk: int
    section: Section
    gathered: str | Facts = field(repr=False)  # half of the stories on a page show none of them
    publish_at: datetime
    published_on: date
    kind: str
    kicker: str
    headline: str
    standfirst: str
    slug: str
    short_headline: str

    @classmethod
    def read(cls, rows: Iterable[tuple[Any, ...]]) -> list[Self]:
        """Of rows of COLUMNS, in their order. Three queries more while rows of another version are among them."""
        found, sections = list(rows), tree.tree()
        outdated = [row[0] for row in found if row[2] != VERSION]
        anew = gathered_anew(outdated) if outdated else {}
        return [
            cls._told(sections, row, anew[row[0]]) if row[0] in anew else cls._shared(sections, row)
            for row in found
        ]

    @classmethod
    def _shared(cls, sections: "tree.Tree", row: tuple[Any, ...]) -> Self:
        """The one teaser of these words under these sections."""
        return _kept(cls, sections, row)  # type: ignore[no-any-return, arg-type]

    @classmethod
    def _told(cls, sections: "tree.Tree", row: tuple[Any, ...], gathered: str | Facts) -> Self:
        pk, filed, _version, _gathered, at, day, *words = row
        return cls(pk, sections.section(filed), gathered, moment(at), date.fromisoformat(day), *words)

    @cached_property
    def facts(self) -> Facts:
        return Facts.read(json.loads(self.gathered)) if isinstance(self.gathered, str) else self.gathered

    @property
    def brief(self) -> str:
        """Its headline where there is little room."""
        return self.short_headline or self.headline

    @property
    def label(self) -> str:
        return label_of(self.kind, self.kicker, self.section.name)

    @cached_property
    def _path(self) -> str:
        return address_of_story(self.section.path, self.published_on, self.slug)

    def get_absolute_url(self) -> str:
        return self._path

    @cached_property
    def address(self) -> str:
        """The absolute address readers and crawlers know it by."""
        return absolute(self.get_absolute_url())


@lru_cache(maxsize=KEPT)
def _kept(told: Any, sections: "tree.Tree", row: tuple[Any, ...]) -> Any:
    return told._told(sections, row, row[3])


@dataclass(frozen=True, eq=False)
class Passing(Teaser):
    """A teaser made for one reading alone: long, or one of a thousand, and those that pages share would go for it."""

    @classmethod
    def _shared(cls, sections: "tree.Tree", row: tuple[Any, ...]) -> Self:
        return cls._told(sections, row, row[3])


@dataclass(frozen=True, eq=False)
class Whole(Passing):
    """With all the text, as feeds send it."""

    COLUMNS: ClassVar[tuple[Any, ...]] = (*Teaser.COLUMNS, "updated_at", "rendered_version", "body_html")

    updated_at: datetime | None
    rendered_version: int = field(repr=False)
    body_html: str = field(repr=False)

    @classmethod
    def read(cls, rows: Iterable[tuple[Any, ...]]) -> list[Self]:
        """One query more while texts rendered in another version are among them."""
        stories = super().read(rows)
        outdated = [story.pk for story in stories if story.rendered_version != markup.VERSION]
        anew = _dressed(outdated) if outdated else {}
        return [replace(story, body_html=anew[story.pk]) if story.pk in anew else story for story in stories]


def _dressed(keys: list[int]) -> dict[int, str]:
    from articles.models.article import Article  # which knows us already

    stories = list(Article.objects.filter(pk__in=keys))
    for story in stories:
        story.dress()
    return {story.pk: story.body_html for story in stories}
