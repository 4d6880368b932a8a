"""Today's front page, composed by the clock: what is newest stands first, and no story stands twice."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, partial
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple

from django.utils import timezone

from articles import lists
from articles.models import Article, Section
from articles.models.kinds import Kind
from articles.models.order import EACH, STORIES, for_each, left_open
from articles.models.teasers import Teaser
from articles.tree import tree
from newsroom.foundations import pagecache
from newsroom.foundations.questions import Question, blank, moment, written

AT_HAND = 100  # the newest stories, from which most of a front is made
SECONDS, STRIP, OPINION, LATEST = 4, 4, 3, 10
SHELF = 1 + SECONDS + OPINION + STRIP  # of a section: all above the strips may be its own
LEADS_FOR = timedelta(days=3)  # longer than that, having a picture does not make a story the lead
VOICES = {Kind.OPINION, Kind.EDITORIAL}


class Strip(NamedTuple):
    """A main section and its newest stories among those that stand nowhere else on the page."""

    section: Section
    articles: tuple[Teaser, ...]


@dataclass(frozen=True)
class Edition:
    """What the front page shows."""

    lead: Teaser | None
    seconds: list[Teaser]
    opinion: list[Teaser]
    strips: list[Strip]
    latest: list[Teaser]

    @property
    def until(self) -> datetime | None:
        """When the lead will no longer be news enough to lead for its picture alone."""
        until = self.lead.publish_at + LEADS_FOR if self.lead else None
        return until if until and until > timezone.now() else None

    def articles(self) -> list[Teaser]:
        """All of them, once each."""
        stripped = [article for strip in self.strips for article in strip.articles]
        return [*filter(None, [self.lead]), *self.seconds, *self.opinion, *stripped, *self.latest]


class Story(NamedTuple):
    """As much of an article as it takes to place it. Its moment is as the database writes it: hundreds are read, and
    one is looked at."""

    pk: int
    section_id: int
    kind: str
    picture_id: int | None
    moment: str

    @property
    def is_a_voice(self) -> bool:
        return self.kind in VOICES

    @property
    def publish_at(self) -> datetime:
        return moment(self.moment)


STORY: tuple[Any, ...] = (*Story._fields[:-1], written("publish_at"))
NEWEST = attrgetter("moment", "pk")  # as databases write them, moments follow one another like words


def compose() -> Edition:
    """The front of this moment. Three queries at most, however many sections and stories there are: the newest stories,
    and what is not remembered of quiet sections and of the stories that are placed."""
    newest = list(map(Story._make, AT_THE_TOP.ask(now=timezone.now())))
    placing = Placing(newest)
    lead, seconds, opinion = placing.lead(), placing.seconds(), placing.opinion()
    strips = placing.strips()
    latest = placing.take(newest, LATEST)
    stories = lists.these(placing.placed)

    def shown(keys: list[int]) -> list[Teaser]:
        return [stories[pk] for pk in keys if pk in stories]

    return Edition(
        lead=next(iter(shown(lead)), None),
        seconds=shown(seconds),
        opinion=shown(opinion),
        strips=[Strip(section, tuple(shown(keys))) for section, keys in strips if keys],
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
        pictured = next((story for story in self.reports if story.picture_id), None)
        if pictured and pictured.publish_at >= timezone.now() - LEADS_FOR:
            return self.take([pictured], 1)
        return self.take(self.reports, 1) or self.take(self.newest, 1)

    def seconds(self) -> list[int]:
        return self.take(self.reports, SECONDS)

    def opinion(self) -> list[int]:
        return self.take((story for story in self.newest if story.is_a_voice), OPINION)

    def strips(self) -> list[tuple[Section, list[int]]]:
        """The main sections in their order. One of nothing but opinion has its place in the opinion band already."""
        sections = tree()
        shelves = defaultdict[int | None, list[Story]](list)
        for story in self.newest:
            shelves[sections.tops.get(story.section_id)].append(story)
        if len(self.newest) == AT_HAND:  # there are older ones
            quiet = [section.pk for section in sections.main() if self._is_quiet(shelves[section.pk])]
            for top, shelf in shelves_of(quiet).items():
                shelves[top] = shelf
        return [
            (section, self.take(shelves[section.pk], STRIP))
            for section in sections.main()
            if not all(story.is_a_voice for story in shelves[section.pk])
        ]

    def _is_quiet(self, shelf: list[Story]) -> bool:
        """Too few of its stories are among the newest to fill its strip."""
        return sum(story.pk not in self.placed for story in shelf) < STRIP


def _on_a_shelf(section: int, shelf: list[Story]) -> list[str]:
    return ["sections", f"newest:section:{section}", *(f"card:{story.pk}" for story in shelf)]


@pagecache.remembered_parts(_on_a_shelf)
def shelves_of(sections: Sequence[int]) -> dict[int, list[Story]]:
    """The newest stories of these main sections, those filed further down included: enough to fill its strip, whatever
    else of the page is made of them. One query."""
    tops = tree().tops
    parts, asked = left_open(sorted(pk for pk, top in tops.items() if top in sections))
    shelves: dict[int, list[Story]] = {section: [] for section in sections}
    stories = map(Story._make, newest_of_each(parts).ask(now=timezone.now(), **asked))
    for story in sorted(stories, key=NEWEST, reverse=True):
        shelves[tops[story.section_id]].append(story)
    return {section: shelf[:SHELF] for section, shelf in shelves.items()}


AT_THE_TOP = Question(
    lambda: (
        Article.objects.in_print()
        .filter(STORIES.until(blank("now")))
        .newest_first()
        .values_list(*STORY)[:AT_HAND]
    )
)


@lru_cache(maxsize=100)
def newest_of_each(sections: Any) -> Question:
    """The newest of each of these sections."""
    stories = Article.objects.in_print().filter(STORIES.until(blank("now")), section=EACH)
    firsts = stories.newest_first().values_list(*STORY)[:SHELF]
    return Question(lambda: firsts, partial(for_each, sections))
