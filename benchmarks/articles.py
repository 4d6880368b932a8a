"""The rows that one story leaves behind when the desk has done its work: its own, and those of its history."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from itertools import count
from random import Random
from typing import Any

from django.db.models import Model
from django.utils import timezone

from articles.models import Article, ArticleEvent, Byline, Figure, Revision, State, TaggedArticle
from articles.models.rendering import OPENING
from articles.models.revisions import WORDS as WRITTEN_WORDS
from articles.models.revisions import stored
from articles.paths import slug_from
from benchmarks.bulk import Row
from benchmarks.material import Material, Passage, joined
from benchmarks.words import Writer, falling
from newsroom.foundations import markup
from newsroom.foundations.text import opening

YEARS = timedelta(days=12 * 365)
LATELY, RECENT = timedelta(days=2), 300  # the last two days look alike in a young archive and in an old one
RARE, QUIET = 12, 7  # stories with the rare word; stories in the quiet section
EARLY, BEFORE = timedelta(hours=5), timedelta(hours=1)
KINDS = ["news"] * 12 + "analysis analysis opinion explainer interview review editorial".split()
PILES = {State.DRAFT: 40, State.IN_REVIEW: 12, State.APPROVED: 6, State.PUBLISHED: 8}  # beside the archive
WRITTEN = (*WRITTEN_WORDS, "section", "picture")
WITHDRAWN = "Withdrawn: it was about somebody else."


class Stories:
    """An archive of `archive` stories that are or were before readers, oldest first, and the desk's piles behind."""

    def __init__(self, material: Material, archive: int) -> None:
        self.material, self.archive = material, archive
        self.chance = Random("stories")
        self.writer = Writer(self.chance)
        self.now = timezone.now().replace(microsecond=0)
        self.recent = min(RECENT, archive // 2)
        self.busy = [section for section in material.sections if section != material.quiet]
        self.keys = {model: count(1) for model in (Revision, ArticleEvent, Byline, TaggedArticle, Figure)}

    @property
    def total(self) -> int:
        return self.archive + sum(PILES.values())

    def all(self) -> Iterator["Story"]:
        waiting = [state for state, number in PILES.items() for _ in range(number)]
        for number in range(self.total):
            state = State.PUBLISHED if number < self.archive else waiting[number - self.archive]
            if number % 997 == 500 and number < self.archive - self.recent:
                state = State.WITHDRAWN
            yield Story(self, number, state)

    def moment(self, number: int) -> datetime:
        """When readers first saw it; the piles' stories have been begun lately, the scheduled ones are to come."""
        old = self.archive - self.recent
        if number < old:
            return self.now - LATELY - YEARS * ((old - number) / old)
        if number < self.archive:
            return self.now - LATELY * ((self.archive - number) / (self.recent + 1))
        return self.now + timedelta(hours=number - self.archive + 1)

    def one_of(self, things: list[Any], softness: float) -> Any:
        """The first of them most often."""
        return self.chance.choices(things, cum_weights=self._falling(len(things), softness))[0]

    def some_of(self, things: list[Any], softness: float, number: int) -> list[Any]:
        weights = self._falling(len(things), softness)
        return list(dict.fromkeys(self.chance.choices(things, cum_weights=weights, k=number)))

    @cached_property
    def _known(self) -> dict[tuple[int, float], list[float]]:
        return {}

    def _falling(self, number: int, softness: float) -> list[float]:
        if (number, softness) not in self._known:
            self._known[number, softness] = falling(number, softness)
        return self._known[number, softness]


class Story:
    """One of them. `rows()` are those of its article, revisions, events, bylines, tags and figures."""

    def __init__(self, articles: Stories, number: int, state: State) -> None:
        self.articles, self.number, self.state = articles, number, state
        self.chance, self.writer, self.material = articles.chance, articles.writer, articles.material
        self.pk = number + 1
        self.publish_at = articles.moment(number)
        self.started_at = min(self.publish_at, articles.now) - EARLY
        self.people = articles.some_of(self.material.people, 5, self.chance.choice([1, 1, 1, 2]))
        self.tags = articles.some_of(self.material.tags, 10, self.chance.choice([2, 3, 4, 4, 5]))
        self.passages = self._passages()
        self.text = joined(self.passages)
        self.by = self.people[0].user or self.material.desk
        self.article = self._article()

    @property
    def was_published(self) -> bool:
        return self.state in {State.PUBLISHED, State.WITHDRAWN}

    @property
    def live_at(self) -> datetime | None:
        """Its place in the lists of its people and topics."""
        return self.publish_at if self.state == State.PUBLISHED else None

    def rows(self) -> Iterator[Row | Model]:
        revisions = list(self._revisions())
        latest = revisions[-1].values["id"]
        self.article.adopted_id = latest if self.was_published else None
        self.article.approved_id = latest if self.state == State.APPROVED else None
        bylines = list(self._bylines())
        self.article.store_facts(bylines, self.tags)
        yield self.article
        yield from [*revisions, *self._events(latest), *bylines, *self._taggings(), *self._figures()]

    # How

    def _passages(self) -> list[Passage]:
        number = max(2, min(40, round(self.chance.lognormvariate(1.7, 0.55))))
        passages = self.chance.sample(self.material.passages, number)
        rare = self.number * RARE // self.articles.archive > (self.number - 1) * RARE // self.articles.archive
        return [*passages, self.material.rare] if rare and self.number < self.articles.archive else passages

    def _article(self) -> Article:
        article = Article(pk=self.pk, state=self.state, started_by=self.by, created_at=self.started_at)
        for name, value in self._content().items():
            setattr(article, name, value)
        if self.was_published:
            self._put_before_readers(article)
        return article

    def _content(self) -> dict[str, Any]:
        """The words, section and picture."""
        headline = self.writer.title(6, 11)
        return {
            "kind": self.chance.choice(KINDS),
            "kicker": self.writer.title(1, 2) if self.chance.random() < 0.3 else "",
            "headline": headline,
            "slug": slug_from(headline),
            "standfirst": self.writer.sentence(14, 28),
            "body": self.text.source,
            "section": self._section(),
            "dateline": self.writer.title(1) if self.chance.random() < 0.3 else "",
            "picture": self.chance.choice(self.material.pictures) if self.chance.random() < 0.8 else None,
        }

    def _section(self) -> Any:
        every = max(1, self.articles.archive // QUIET)
        if self.number % every == every // 2 and self.number < self.articles.archive:
            return self.material.quiet
        return self.articles.one_of(self.articles.busy, 2)

    def _put_before_readers(self, article: Article) -> None:
        article.body_html, article.body_text = self.text.html, self.text.text
        article.word_count, article.rendered_version = self.text.word_count, markup.VERSION
        article.opening = opening(self.text.text, OPENING)
        article.publish_at, article.published_on = self.publish_at, timezone.localdate(self.publish_at)
        article.announced = self.publish_at <= self.articles.now
        if article.announced and self.number % 20 == 9:
            article.updated_at = min(self.publish_at + EARLY, self.articles.now)
        if self.state == State.WITHDRAWN:
            article.withdrawn_reason = WITHDRAWN

    def _revisions(self) -> Iterator[Row]:
        """Every fourth story was written twice; the first time it had another headline."""
        content = stored(
            {name: getattr(self.article, name) for name in WRITTEN}
            | {"bylines": [(person, "by") for person in self.people], "tags": [tag.name for tag in self.tags]}
        )
        drafts = [content | {"headline": self.writer.title(6, 11)}] if self.number % 4 == 0 else []
        corrections = [content] if self.article.updated_at else []
        if corrections:
            drafts.append(content | {"standfirst": self.writer.sentence(14, 28)})
        for number, version in enumerate([*drafts, content], start=1):
            yield self._row(
                Revision,
                number=number,
                content=version,
                by_id=self.by.pk,
                created_at=self.started_at + number * timedelta(minutes=40),
            )

    def _events(self, revision: int) -> Iterator[Row]:
        desk = self.material.desk
        steps = [
            ("submit", self.by, "draft", "in_review", self.started_at + EARLY / 2),
            ("approve", desk, "in_review", "approved", self.started_at + EARLY - BEFORE),
            ("publish", desk, "approved", "published", min(self.publish_at, self.articles.now)),
        ]
        if self.article.updated_at:
            steps.append(("publish", desk, "published", "published", self.article.updated_at))
        if self.state == State.WITHDRAWN:
            steps.append(("withdraw", desk, "published", "withdrawn", self.publish_at + 2 * EARLY))
        for verb, by, start, end, at in steps[: self._steps_taken(len(steps))]:
            yield self._event(verb, by, start, end, at, revision)

    def _steps_taken(self, all_steps: int) -> int:
        return {State.DRAFT: 0, State.IN_REVIEW: 1, State.APPROVED: 2}.get(self.state, all_steps)

    def _event(self, verb: str, by: Any, start: str, end: str, at: datetime, revision: int) -> Row:
        scheduled = verb == "publish" and self.publish_at > self.articles.now
        return self._row(
            ArticleEvent, verb=verb, by_id=by.pk, start=start, end=end, at=at, revision_id=revision,
            reason=WITHDRAWN if verb == "withdraw" else "",
            takes_effect=self.publish_at if scheduled else None,
        )  # fmt: skip

    def _bylines(self) -> Iterator[Byline]:
        for order, person in enumerate(self.people):
            pk = next(self.articles.keys[Byline])
            yield Byline(
                pk=pk, article_id=self.pk, contributor=person, role="by", order=order, live_at=self.live_at
            )

    def _taggings(self) -> Iterator[Row]:
        for tag in self.tags:
            pk = next(self.articles.keys[TaggedArticle])
            yield Row(
                TaggedArticle,
                {"id": pk, "content_object_id": self.pk, "tag_id": tag.pk, "live_at": self.live_at},
            )

    def _figures(self) -> Iterator[Row]:
        for image in markup.pictures_named(self.text.source):
            yield self._row(Figure, image_id=image)

    def _row(self, model: type[Model], **values: Any) -> Row:
        return Row(model, {"id": next(self.articles.keys[model]), "article_id": self.pk, **values})
