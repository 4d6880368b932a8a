"""Fills a migrated, empty newsroom with years of stories, as the desk's own verbs would have left them:
`python -m benchmarks.fill --stories 1000|100000|1000000 [--database-url …] [--data-dir …]`."""

import argparse
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import chain, islice
from typing import Any
from unittest import mock

BATCH, SEARCH_BATCH = 2000, 4000  # stories


def main() -> None:
    asked = _options().parse_args()
    for name in ("DATABASE_URL", "DATA_DIR"):
        if value := getattr(asked, name.lower()):
            os.environ[name] = value
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    import django

    django.setup()
    start = time.monotonic()
    with _in_a_hurry():
        fill(asked.stories, lambda words: print(f"{time.monotonic() - start:7.1f} s  {words}", flush=True))


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m benchmarks.fill", description=__doc__)
    options.add_argument("--stories", type=int, default=1000, help="how many stories, 50 at least")
    options.add_argument("--database-url", help="as DATABASE_URL; by default the environment's")
    options.add_argument(
        "--data-dir", help="as DATA_DIR, where the pictures go; by default the environment's"
    )
    return options


@contextmanager
def _in_a_hurry() -> Iterator[None]:
    """Nothing is lost but time if the machine stops on the way: begin again with an empty database."""
    from django.db import connection

    sqlite = (
        "PRAGMA foreign_keys=OFF; PRAGMA synchronous=OFF; PRAGMA journal_mode=OFF; PRAGMA cache_size=-1000000"
    )
    postgresql = "SET maintenance_work_mem = '1GB'; SET synchronous_commit = off"
    with connection.cursor() as cursor:
        for setting in {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor].split(";"):
            cursor.execute(setting)
        yield
        cursor.execute(
            {"sqlite": "PRAGMA journal_mode=WAL", "postgresql": "VACUUM ANALYZE"}[connection.vendor]
        )


def fill(archive: int, say: Callable[[str], Any] = lambda words: None) -> None:
    """So many stories that are or were before readers, and what lies on the desk besides."""
    from django.core.files.storage import default_storage
    from django.db import connection, transaction

    # Asked for the same hundred pictures a million times.
    with transaction.atomic(), mock.patch.object(default_storage, "url", cache(default_storage.url)):
        _write_rows(archive, say)
    _index(say)
    connection.cursor().execute("ANALYZE")
    say("done")


def _write_rows(archive: int, say: Callable[[str], Any]) -> None:
    from articles.models import Article, ArticleEvent, Byline, Figure, Revision, TaggedArticle
    from articles.models.days import Day
    from benchmarks.articles import Stories
    from benchmarks.bulk import Bulk
    from benchmarks.conversation import Voices
    from benchmarks.material import Material
    from comments.models import Comment, Decision, Reader, Thread

    if Article.objects.exists():
        raise SystemExit("This newsroom has stories already; fill an empty one.")
    material = Material(archive)
    say(f"{len(material.sections)} sections, {len(material.people)} people, {len(material.tags)} topics")
    articles = Stories(material, archive)
    voices = Voices(material, articles)
    bulk = Bulk(
        Article, Revision, ArticleEvent, Byline, TaggedArticle, Figure, Reader, Thread, Comment, Decision
    )
    with bulk.bare(say):
        every = articles.all()
        while some := list(islice(every, BATCH)):
            bulk.add(chain.from_iterable(chain(article.rows(), voices.under(article)) for article in some))
            say(f"{some[-1].pk:,} of {articles.total:,} stories")
        bulk.add(voices.readers())
    Day.objects.rebuild()


def _index(say: Callable[[str], Any]) -> None:
    """Make them findable, by the search's own statement."""
    from django.db import connection

    from articles.models import Article
    from articles.search import vendor
    from benchmarks.bulk import bare

    keys = list(Article.objects.order_by("pk").values_list("pk", flat=True))
    batches = [keys[start : start + SEARCH_BATCH] for start in range(0, len(keys), SEARCH_BATCH)]
    with bare(["articles_search"], say):
        for done, _ in enumerate(_several(vendor().index, batches, alone=connection.vendor == "sqlite"), 1):
            say(f"{min(done * SEARCH_BATCH, len(keys)):,} of {len(keys):,} indexed for the search")


def _several(do: Callable[[Any], Any], batches: list[Any], *, alone: bool) -> Iterator[Any]:
    """One after another within a transaction or a database of one writer; else by as many as there are processors."""
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    if alone or connection.in_atomic_block:
        yield from map(do, batches)
        return
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(do, batches)


if __name__ == "__main__":
    main()
