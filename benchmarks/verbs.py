"""What the desk's verbs take: `python -m benchmarks.verbs SAMPLES [POSTMASTER]`, in the newsroom's environment, does
each so many times, on the stored rows and to the end of its transaction, and prints the figures as JSON."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from os import getpid
from random import Random
from typing import Any
from unittest import mock

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import Article, Contributor, Section  # noqa: E402
from benchmarks.load import Outcome  # noqa: E402
from benchmarks.processes import cpu_seconds  # noqa: E402
from benchmarks.words import Writer  # noqa: E402
from comments.models import Comment, Thread  # noqa: E402
from newsroom.models import User  # noqa: E402

DUE = 100
MEASURED = "Measured enough."
FIRST, SAVED, CORRECTED = 1, 2, 3  # the versions of a draft as it goes through the verbs


class Desk:
    """Somebody at the desk who works through one verb after another."""

    def __init__(self, samples: int, roots: tuple[int, ...]) -> None:
        self.samples, self.roots = samples, roots
        self.by = User.objects.get(username="desk")
        self.chance = Random()
        self.writer = Writer(self.chance)
        self.people, self.sections = list(Contributor.objects.all()[:50]), list(Section.objects.all()[:40])

    def rows(self) -> Iterator[dict[str, Any]]:
        drafts = [self.draft() for _ in range(self.samples)]
        yield self.timed(
            "save a version", drafts, lambda a: a.revise(by=self.by, headline=self.writer.title(8))
        )
        yield self.timed("submit", drafts, lambda a: a.submit(by=self.by, expected=SAVED))
        yield self.timed("approve", drafts, lambda a: a.approve(by=self.by, expected=SAVED))
        yield self.timed("publish", drafts, lambda a: a.publish(by=self.by, expected=SAVED))
        yield self.timed("publish a correction", drafts, self.correct)
        yield self.timed("receive a comment", drafts, self.receive)
        waiting = list(Comment.objects.awaiting()[: self.samples])
        yield self.timed("approve a comment", waiting, lambda c: c.approve(by=self.by))
        yield self.timed(
            "withdraw", drafts, lambda a: a.withdraw(by=self.by, expected=CORRECTED, reason=MEASURED)
        )
        yield self.run_due()

    def timed(self, name: str, things: list[Any], do: Callable[[Any], Any]) -> dict[str, Any]:
        waits, cpu, start = [], cpu_seconds(*self.roots), time.perf_counter()
        for thing in things:
            began = time.perf_counter()
            do(thing)
            waits.append(time.perf_counter() - began)
        outcome = Outcome.of(waits, time.perf_counter() - start)
        spent = (cpu_seconds(*self.roots) - cpu) * 1000 / len(things)
        figures = {share: round(getattr(outcome, share), 2) for share in ("p50", "p95")}
        return {"name": name, "cpu": round(spent, 2), **figures, "samples": len(things)}

    def run_due(self) -> dict[str, Any]:
        """A hundred stories scheduled for the same minute, and the command that does what must be done then."""
        later = timezone.now() + timedelta(minutes=10)
        due = [self.draft() for _ in range(DUE)]
        for article in due:
            article.publish(by=self.by, expected=FIRST, at=later)
        with at(later + timedelta(seconds=1)):
            figures = self.timed(
                f"run_due, {DUE} stories due", [None], lambda _: call_command("run_due", stdout=sys.stderr)
            )
            self.tidy_up(due)
        return figures

    def tidy_up(self, articles: list[Article]) -> None:
        """Leave the front as it was for whoever measures next."""
        for article in articles:
            article.withdraw(by=self.by, expected=FIRST, reason=MEASURED)

    def draft(self) -> Article:
        return Article.start(
            by=self.by,
            headline=self.writer.title(8),
            standfirst=self.writer.sentence(20),
            body="\n\n".join(self.writer.paragraph(5) for _ in range(6)),
            section=self.chance.choice(self.sections),
            bylines=[(self.chance.choice(self.people), "by")],
            tags=[self.writer.title(1) for _ in range(4)],
        )

    def correct(self, article: Article) -> None:
        revision = article.revise(by=self.by, standfirst=self.writer.sentence(20))
        article.publish(by=self.by, expected=revision)

    def receive(self, article: Article) -> None:
        Thread.for_article(article).receive(
            text=self.writer.paragraph(2),
            name=self.writer.name(),
            email=f"{self.writer.words(1)}@example.org",
        )


@contextmanager
def at(moment: Any) -> Iterator[None]:
    """Our clock put forward."""
    ahead = moment - timezone.now()
    with mock.patch.object(timezone, "now", lambda real=timezone.now: real() + ahead):
        yield


if __name__ == "__main__":
    desk = Desk(int(sys.argv[1]), (getpid(), *map(int, sys.argv[2:])))
    print(json.dumps(list(desk.rows())))
