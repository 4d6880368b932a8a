"""Reading and writing at once. `python -m benchmarks.mixed SECONDS`, in the newsroom's environment, is the writing:
twenty stories a minute are published and five comments a second approved, by the verbs, at even intervals."""

import asyncio
import json
import subprocess
import sys
import time
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.load import Outcome, by_asyncio
from benchmarks.words import falling

if TYPE_CHECKING:
    from benchmarks.sites import Archive

PUBLISHED, COMMENTS = 20 / 60, 5  # a second
READERS = 8


def measured(archive: "Archive", seconds: int) -> list[dict[str, Any]]:
    """Readers alone, and then the same readers while others write."""
    paths, chance = archive.ask("benchmarks.urls", "mixed"), Random("readers")
    weights = falling(len(paths), 3)
    with archive.served() as site:

        def read(duration: float) -> dict[str, Any]:
            def next_url() -> str:
                return site.address + chance.choices(paths, cum_weights=weights)[0]

            cpu = site.cpu_seconds()
            outcome = asyncio.run(by_asyncio(next_url, duration, connections=READERS, may_be_busy=True))
            return _row(outcome, (site.cpu_seconds() - cpu) * 1000 / outcome.requests)

        read(min(60, seconds))  # fills the page cache
        alone = {"name": "reading alone", **read(seconds)}
        command = [sys.executable, "-W", "ignore", "-m", "benchmarks.mixed", str(seconds)]
        with subprocess.Popen(command, env=archive.environment, stdout=subprocess.PIPE) as writing:
            writing.stdout.readline()
            beside = {"name": "reading while others write", **read(seconds)}
            written = json.loads(writing.communicate()[0].splitlines()[-1])
    return [alone, beside, *written]


def _row(outcome: Outcome, cpu: float) -> dict[str, Any]:
    figures = {name: round(getattr(outcome, name), 3) for name in ("rate", "p50", "p95", "p99")}
    return {
        "cpu": round(cpu, 4),
        **figures,
        "requests": outcome.requests,
        "refused": outcome.refused,
        "hit_rate": outcome.hits / outcome.requests,
    }


def write(seconds: int) -> list[dict[str, Any]]:
    """Publish and approve in time with the clock; what each took. Says so when it begins."""
    import django

    django.setup()
    from benchmarks.verbs import Desk

    desk = Desk(1, ())
    drafts = [desk.draft() for _ in range(int(seconds * PUBLISHED) + 1)]
    due = [(number / PUBLISHED, "publish", draft) for number, draft in enumerate(drafts)]
    due += [
        (number / COMMENTS, "approve", comment)
        for number, comment in enumerate(_waiting(desk, seconds * COMMENTS))
    ]
    print("ready", flush=True)
    waits = _in_time(sorted(due, key=lambda one: one[0]), desk.by)
    desk.tidy_up(drafts)
    return [_written(verb, Outcome.of(took, seconds)) for verb, took in waits.items()]


def _waiting(desk: Any, number: int) -> list[Any]:
    """Comments a moderator is about to approve, under the newest stories but the first, which is measured elsewhere."""
    from articles.models import Article
    from comments.models import Thread

    newest = list(Article.objects.published().newest_first()[1:51])
    threads = [Thread.for_article(desk.chance.choice(newest)) for _ in range(number)]
    words, who = desk.writer.paragraph, desk.writer.name
    return [thread.restore(text=words(2), name=who(), state="pending") for thread in threads]


def _in_time(due: list[tuple[float, str, Any]], by: Any) -> dict[str, list[float]]:
    """Do each verb at its second; how long each took."""
    waits: dict[str, list[float]] = {"publish": [], "approve": []}
    start = time.perf_counter()
    for when, verb, thing in due:
        time.sleep(max(0.0, start + when - time.perf_counter()))
        began = time.perf_counter()
        getattr(thing, verb)(by=by)
        waits[verb].append(time.perf_counter() - began)
    return waits


def _written(verb: str, outcome: Outcome) -> dict[str, Any]:
    shares = {share: round(getattr(outcome, share), 2) for share in ("p50", "p95", "p99")}
    return {"name": verb, **shares, "samples": outcome.requests}


if __name__ == "__main__":
    print(json.dumps(write(int(sys.argv[1]))))
