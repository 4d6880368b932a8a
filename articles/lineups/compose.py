"""Today's front page, composed by the clock: what is newest stands first, and no article stands twice."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from django.utils import timezone

from articles.models import Article, Section
from articles.models.cards import ArticleCard
from articles.models.kinds import Kind
from articles.models.order import ARTICLES, Cursor
from articles.models.section_tree import tree
from articles.reading import listings
from newsroom.foundations import pagecache
from newsroom.foundations.db.prepared import Param, PreparedQuery, as_text, moment, param

AT_HAND = 100  # the newest articles, from which most of a front is made
SECONDS, STRIP, OPINION, LATEST = 4, 4, 3, 10
LEADS_FOR = timedelta(days=3)  # longer than that, having a picture does not make an article the lead
VOICES = {Kind.OPINION, Kind.EDITORIAL}


class Strip(NamedTuple):
    """A main section and its newest articles among those that stand nowhere else on the page."""

    section: Section
    articles: list[ArticleCard]


@dataclass(frozen=True)
class Edition:
    """What the front page shows."""

    lead: ArticleCard | None
    seconds: list[ArticleCard]
    opinion: list[ArticleCard]
    strips: list[Strip]
    latest: list[ArticleCard]

    @property
    def until(self) -> datetime | None:
        """When the lead will no longer be news enough to lead for its picture alone."""
        until = self.lead.publish_at + LEADS_FOR if self.lead else None
        return until if until and until > timezone.now() else None

    def articles(self) -> list[ArticleCard]:
        """All of them, once each."""
        stripped = [article for strip in self.strips for article in strip.articles]
        return [*filter(None, [self.lead]), *self.seconds, *self.opinion, *stripped, *self.latest]


class Candidate(NamedTuple):
    """As much of an article as it takes to place it: what the indexes of time hold, so that only the rows of those are
    read that are placed."""

    pk: int
    section: int
    kind: str
    picture: int | None
    written: str  # when it was published, as the database writes it

    @property
    def publish_at(self) -> datetime:
        return moment(self.written)


CANDIDATE = (*Candidate._fields[:-1], as_text("publish_at"))


class Plan(NamedTuple):
    """Which articles stand where, by their keys."""

    lead: list[int]
    seconds: list[int]
    opinion: list[int]
    strips: list[tuple[Section, list[int]]]
    latest: list[int]
    placed: set[int]
    led_by: Candidate | None

    @property
    def is_over(self) -> bool:
        """Since it was made its lead has become too old to lead for its picture alone."""
        return self.led_by is not None and self.led_by.publish_at < timezone.now() - LEADS_FOR


def compose() -> Edition:
    """The front of this moment. Three queries at most, however many sections and articles there are: the newest
    articles, older ones of quiet sections, and the cards of those that are placed."""
    plan = planned()
    if plan.is_over:
        plan = make_plan()
    cards = listings.cards(plan.placed)

    def shown(keys: list[int]) -> list[ArticleCard]:
        return [cards[pk] for pk in keys if pk in cards]

    return Edition(
        lead=next(iter(shown(plan.lead)), None),
        seconds=shown(plan.seconds),
        opinion=shown(plan.opinion),
        strips=[Strip(section, shown(keys)) for section, keys in plan.strips if keys],
        latest=shown(plan.latest),
    )


def make_plan() -> Plan:
    placing = Placing([Candidate(*row) for row in NEWEST.rows(now=timezone.now())])
    lead, seconds, opinion = placing.lead(), placing.seconds(), placing.opinion()
    strips, latest = placing.strips(), placing.latest()
    led_by = next((article for article in placing.newest if article.pk in lead and article.picture), None)
    return Plan(lead, seconds, opinion, strips, latest, placing.placed, led_by)


# Forgotten when any article comes before readers, leaves them, or may stand elsewhere: not with each corrected headline.
planned = pagecache.cached_until_purged("front:plan", "sections")(make_plan)


class Placing:
    """Takes articles from the newest downwards, each only once."""

    def __init__(self, newest: list[Candidate]) -> None:
        self.newest = newest
        self.reports = [article for article in newest if article.kind not in VOICES]
        self.placed: set[int] = set()

    def take(self, articles: Iterable[Candidate], count: int) -> list[int]:
        chosen = list(islice((article.pk for article in articles if article.pk not in self.placed), count))
        self.placed.update(chosen)
        return chosen

    def lead(self) -> list[int]:
        pictured = next((article for article in self.reports if article.picture), None)
        if pictured and pictured.publish_at >= timezone.now() - LEADS_FOR:
            return self.take([pictured], 1)
        return self.take(self.reports or self.newest, 1)

    def seconds(self) -> list[int]:
        return self.take(self.reports, SECONDS)

    def opinion(self) -> list[int]:
        return self.take((article for article in self.newest if article.kind in VOICES), OPINION)

    def strips(self) -> list[tuple[Section, list[int]]]:
        """The main sections in their order. One of nothing but opinion has its place in the opinion band already."""
        shelves = self._shelves()
        return [
            (section, self.take(shelves[section.pk], STRIP))
            for section in tree().main()
            if any(article.kind not in VOICES for article in shelves[section.pk])
        ]

    def latest(self) -> list[int]:
        return self.take(self.newest, LATEST)

    def _shelves(self) -> dict[int, list[Candidate]]:
        """The newest articles of each main section, those filed further down included; of a section too quiet to fill
        its strip with them, older ones too."""
        shelves, tops = defaultdict[int, list[Candidate]](list), tree().tops
        for article in self.newest:
            shelves[tops[article.section]].append(article)
        if len(self.newest) == AT_HAND:  # there are older ones
            quiet = {section.pk for section in tree().main() if self._is_quiet(shelves[section.pk])}
            for article in older_of(quiet, self.newest[-1]):
                shelves[tops[article.section]].append(article)
        return shelves

    def _is_quiet(self, shelf: list[Candidate]) -> bool:
        return sum(article.pk not in self.placed for article in shelf) < STRIP


def older_of(quiet: set[int], last: Candidate) -> list[Candidate]:
    """What these main sections can fill their strips with that is older than this one, newest first. One query."""
    sections = [pk for pk, top in tree().tops.items() if top in quiet]
    rows = OLDER_OF_EACH.rows(at=last.publish_at, pk=last.pk, keys=sections) if sections else []
    return [Candidate(*row) for row in rows]


NEWEST = PreparedQuery(
    lambda: (
        Article.objects.in_print()
        .filter(ARTICLES.until(param("now")))
        .newest_first()
        .values_list(*CANDIDATE)[:AT_HAND]
    )
)


OLDER_OF_EACH = PreparedQuery(
    lambda: (
        Article.objects.in_print()
        .filter(ARTICLES.beyond(Cursor(param("at"), param("pk"))))
        .first_of_each(Param("keys"), STRIP)
        .newest_first()
        .values_list(*CANDIDATE)
    )
)
