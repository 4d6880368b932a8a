"""Today's front page, composed by the clock: what is newest stands first, and no story stands twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from django.utils import timezone

from articles.models import Article, Section
from articles.models.article import ArticleQuerySet
from articles.models.order import Cursor

AT_HAND = 200  # the newest stories, from which nearly all of a front is made
SECONDS, STRIP, OPINION, LATEST = 4, 4, 3, 10
LEADS_FOR = timedelta(days=3)  # longer than that, having a picture does not make a story the lead
VOICES = {Article.Kind.OPINION, Article.Kind.EDITORIAL}


class Strip(NamedTuple):
    """A main section and its newest stories among those that stand nowhere else on the page."""

    section: Section
    articles: list[Article]


@dataclass(frozen=True)
class Edition:
    """What the front page shows."""

    lead: Article | None
    seconds: list[Article]
    opinion: list[Article]
    strips: list[Strip]
    latest: list[Article]

    @property
    def until(self) -> datetime | None:
        """When the lead is no longer news enough to lead for its picture alone."""
        return self.lead.publish_at + LEADS_FOR if self.lead and self.lead.publish_at else None

    def articles(self) -> list[Article]:
        """All of them, once each."""
        stripped = [article for strip in self.strips for article in strip.articles]
        return [*filter(None, [self.lead]), *self.seconds, *self.opinion, *stripped, *self.latest]


class Story(NamedTuple):
    """As much of an article as it takes to place it."""

    pk: int
    section_id: int
    publish_at: datetime
    kind: str
    picture_id: int | None

    @property
    def is_a_voice(self) -> bool:
        return self.kind in VOICES


def compose() -> Edition:
    """The front of this moment. At most three queries choose its stories, three load them, however many sections
    and stories there are."""
    live = Article.objects.published()
    newest = _stories(live.newest_first()[:AT_HAND])
    placing = Placing(newest)
    lead, seconds, opinion = placing.lead(), placing.seconds(), placing.opinion()
    strips = placing.strips(list(Section.objects.all()))
    latest = placing.take(newest, LATEST)
    cards = live.for_cards().in_bulk(placing.placed)

    def shown(keys: list[int]) -> list[Article]:
        return [cards[pk] for pk in keys if pk in cards]

    return Edition(
        lead=next(iter(shown(lead)), None),
        seconds=shown(seconds),
        opinion=shown(opinion),
        strips=[Strip(section, shown(keys)) for section, keys in strips if keys],
        latest=shown(latest),
    )


class Placing:
    """Takes stories from the newest downwards, each only once."""

    def __init__(self, newest: list[Story]) -> None:
        self.newest = newest
        self.reports = [story for story in newest if not story.is_a_voice]
        self.placed: set[int] = set()

    def take(self, stories: Iterable[Story], count: int) -> list[int]:
        chosen = list(islice((story.pk for story in stories if story.pk not in self.placed), count))
        self.placed.update(chosen)
        return chosen

    def lead(self) -> list[int]:
        recent = timezone.now() - LEADS_FOR
        pictured = (story for story in self.reports if story.picture_id and story.publish_at >= recent)
        return self.take(pictured, 1) or self.take(self.reports, 1) or self.take(self.newest, 1)

    def seconds(self) -> list[int]:
        return self.take(self.reports, SECONDS)

    def opinion(self) -> list[int]:
        return self.take((story for story in self.newest if story.is_a_voice), OPINION)

    def strips(self, sections: list[Section]) -> list[tuple[Section, list[int]]]:
        """The main sections in their order. One of nothing but opinion has its place in the opinion band already."""
        main = _main_sections(sections)
        shelves = defaultdict(list)
        for story in [*self.newest, *self._beneath(main)]:
            shelves[main[story.section_id]].append(story)
        return [
            (section, self.take(shelves[section.pk], STRIP))
            for section in sections
            if section.parent_id is None and not all(story.is_a_voice for story in shelves[section.pk])
        ]

    def _beneath(self, main: dict[int, int]) -> list[Story]:
        """Older stories than those at hand, of the sections too quiet to fill their strip from these."""
        if len(self.newest) < AT_HAND:
            return []
        waiting = Counter(main[story.section_id] for story in self.newest if story.pk not in self.placed)
        quiet = [pk for pk, top in main.items() if waiting[top] < STRIP]
        if not quiet:
            return []
        older = Article.objects.older_than(Cursor(self.newest[-1].publish_at, self.newest[-1].pk))
        return _stories(older.first_of_each(quiet, STRIP).newest_first())


def _main_sections(sections: list[Section]) -> dict[int, int]:
    """The key of the main section above each section (or of itself)."""
    tops = {section.path: section.pk for section in sections if section.parent_id is None}
    return {section.pk: tops[section.path.partition("/")[0]] for section in sections}


def _stories(live: ArticleQuerySet) -> list[Story]:
    return [Story(*row) for row in live.values_list(*Story._fields)]
