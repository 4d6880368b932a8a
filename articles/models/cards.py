"""Article cards: as much of an article as a list shows, read in one query and held without an ORM object."""

import json
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.utils.functional import cached_property  # functools' own takes a lock

from articles.models import denormalised
from articles.models.facts import VERSION, Facts, facts_anew
from articles.models.kinds import Kind
from articles.models.notes import ShownCorrection
from articles.models.section_tree import Tree, tree
from articles.models.sections import Section
from articles.paths import absolute, article_path
from newsroom.foundations import markup
from newsroom.foundations.db.prepared import as_text, moment
from newsroom.foundations.translation import said as _

KEPT = 1000  # cards, of some five thousand bytes each with their HTML; a front and its sections show some hundreds


class Shown:
    """What an article and its card say alike: a template is given either."""

    if TYPE_CHECKING:
        pk: Any
        section: Any
        facts: Any
        kind: Any
        is_retracted: Any
        kicker: Any
        headline: Any
        short_headline: Any

        def get_absolute_url(self) -> str: ...

    @property
    def brief(self) -> str:
        """Its headline where there is little room."""
        return str(self.short_headline or self.headline)

    @property
    def label(self) -> str:
        """The short label above the headline: kinds other than news always say their name, a retracted one that."""
        if self.is_retracted:
            return _("Retracted")
        return (self.kicker or self.section.name) if self.kind == Kind.NEWS else str(Kind(self.kind).label)

    @property
    def headline_alone(self) -> str:
        """The headline where no label stands above it: in feeds, in what is shared, for machines."""
        return _("Retracted: %s") % self.headline if self.is_retracted else str(self.headline)

    @property
    def url(self) -> str:
        """The absolute URL readers and crawlers know it by."""
        return absolute(self.get_absolute_url())

    @property
    def drawn(self) -> dict[Hashable, str]:
        """Its HTML, by how it was drawn. Only that of a card is kept."""
        return {}

    def card_keys(self) -> Iterator[str]:
        """The cache keys of a page on which it stands among others: its words, and the names and the picture with
        them."""
        yield f"card:{self.pk}"
        yield f"section:{self.section.pk}"
        yield from (f"by:{credit.pk}" for credit in self.facts.credits)
        if self.facts.picture:
            yield f"picture:{self.facts.picture.pk}"

    def cache_keys(self, trail: Sequence[Section]) -> Iterator[str]:
        """The cache keys of a page that shows all of it, under the names of these sections and of its tags."""
        yield f"article:{self.pk}"
        yield from self.card_keys()
        yield from (f"section:{section.pk}" for section in trail)
        yield from (f"tag:{tag.pk}" for tag in self.facts.tags)


@dataclass(frozen=True, eq=False)
class ArticleCard(Shown):
    """A live article, under the names an Article has for the same things.

    Rows that say the same are read as the same card, and what is made of it is made once: its facts, its cache keys, its
    HTML. Nothing has to be forgotten, for a row that says something else is another card.
    """

    COLUMNS: ClassVar[tuple[Any, ...]] = (
        *"pk section_id facts_version".split(),
        *map(as_text, "stored_facts publish_at published_on".split()),
        *"kind kicker headline standfirst slug short_headline is_retracted".split(),
    )

    pk: int
    section: Section
    stored_facts: str | Facts = field(repr=False)
    publish_at: datetime
    published_on: date
    kind: str
    kicker: str
    headline: str
    standfirst: str
    slug: str
    short_headline: str
    is_retracted: bool

    @classmethod
    def read(cls, rows: Iterable[tuple[Any, ...]]) -> list[Self]:
        """Of rows of COLUMNS, in their order. Three queries more while rows of another version are among them."""
        found, sections = list(rows), tree()
        outdated = [row[0] for row in found if row[2] != VERSION]
        anew = facts_anew(outdated) if outdated else {}
        return [
            cls._of(sections, row, anew[row[0]]) if row[0] in anew else cls._same(sections, row)
            for row in found
        ]

    @classmethod
    def _same(cls, sections: Tree, row: tuple[Any, ...]) -> Self:
        return _card(cls, sections, row)  # type: ignore[return-value, arg-type]

    @classmethod
    def _of(cls, sections: Tree, row: tuple[Any, ...], stored_facts: str | Facts) -> Self:
        pk, section, _version, _facts, at, day, *words = row
        return cls(pk, sections.section(section), stored_facts, moment(at), date.fromisoformat(day), *words)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(self.card_keys())

    @cached_property
    def drawn(self) -> dict[Hashable, str]:
        return {}

    @cached_property
    def facts(self) -> Facts:
        return (
            Facts.read(json.loads(self.stored_facts))
            if isinstance(self.stored_facts, str)
            else self.stored_facts
        )

    def get_absolute_url(self) -> str:
        return article_path(self.section.path, self.published_on, self.slug)


@lru_cache(maxsize=KEPT)
def _card(cls: type[ArticleCard], sections: Tree, row: tuple[Any, ...]) -> ArticleCard:
    return cls._of(sections, row, row[3])


@dataclass(frozen=True, eq=False)
class ArticleInFull(ArticleCard):
    """With all the text, as feeds send it. Too long to be kept for the next who asks."""

    COLUMNS: ClassVar[tuple[Any, ...]] = (
        *ArticleCard.COLUMNS,
        "updated_at",
        "rendered_version",
        "body_html",
        as_text("stored_corrections"),
    )

    updated_at: datetime | None
    rendered_version: int = field(repr=False)
    body_html: str = field(repr=False)
    stored_corrections: str = field(repr=False)

    @property
    def notes(self) -> list[ShownCorrection]:
        """The standing corrections, oldest first."""
        return [ShownCorrection(*kept) for kept in json.loads(self.stored_corrections)]

    @classmethod
    def _same(cls, sections: Tree, row: tuple[Any, ...]) -> Self:
        return cls._of(sections, row, row[3])

    @classmethod
    def read(cls, rows: Iterable[tuple[Any, ...]]) -> list[Self]:
        """One query more while texts rendered in another version are among them."""
        articles = super().read(rows)
        outdated = [article.pk for article in articles if article.rendered_version != markup.VERSION]
        anew = _rendered_anew(outdated) if outdated else {}
        return [replace(each, body_html=anew[each.pk]) if each.pk in anew else each for each in articles]


def _rendered_anew(keys: list[int]) -> dict[int, str]:
    articles = list(denormalised.articles().filter(pk__in=keys))
    for article in articles:
        article.render_if_outdated()
    return {article.pk: article.body_html for article in articles}
