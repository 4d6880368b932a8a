"""A story among others: as much of it as a card shows, read in one query and held without an ORM object."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from django.conf import settings

from articles import tree
from articles.addresses import address_of_story
from articles.models.facts import VERSION, Facts, gathered_anew
from articles.models.kinds import label_of
from articles.models.sections import Section

COLUMNS = "pk kind kicker headline standfirst slug publish_at published_on section_id gathered gathered_version".split()


@dataclass(frozen=True)
class Teaser:
    """A live story, under the names an Article has for the same things."""

    pk: int
    kind: str
    kicker: str
    headline: str
    standfirst: str
    slug: str
    publish_at: datetime
    published_on: date
    section: Section
    gathered: Any

    @cached_property
    def facts(self) -> Facts:
        return Facts.read(self.gathered)

    @property
    def label(self) -> str:
        return label_of(self.kind, self.kicker, self.section.name)

    def get_absolute_url(self) -> str:
        return address_of_story(self.section.path, self.published_on, self.slug)

    @property
    def address(self) -> str:
        """The absolute address readers and crawlers know it by."""
        return urljoin(settings.SITE_ADDRESS, self.get_absolute_url())


def read(rows: Iterable[tuple[Any, ...]]) -> list[Teaser]:
    """Teasers of rows of COLUMNS, in their order. Four queries more while rows of another version are among them."""
    found, sections = list(rows), tree.tree()
    anew = gathered_anew(pk for pk, *_words, version in found if version != VERSION)
    return [
        Teaser(pk, *words, sections.section(filed), anew.get(pk, gathered))
        for pk, *words, filed, gathered, _version in found
    ]
