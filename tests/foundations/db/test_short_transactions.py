"""Nothing a command does holds others up: the slow work before the transaction, a moment for others after it, and a
rehearsal in a copy of the database."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from articles.management.commands import rebuild_search
from articles.models import Article, Tag
from newsroom.foundations import markup
from newsroom.foundations.db.short_transactions import short_transaction
from newsroom.foundations.pagecache import purges
from newsroom.management.rehearsal import rehearsal
from tests import exports, make

pytestmark = pytest.mark.django_db(transaction=True)
ENDLESS = "*One* of [many](https://a.example/x) words in a long story.\n\n" * 500


def elsewhere(do):
    """Let another process' thread do this now; fails when it has to wait."""

    def with_a_connection_of_its_own():
        try:
            return do()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(with_a_connection_of_its_own).result(timeout=5)


@contextmanager
def longest_transaction():
    """Tells how many seconds the longest one took, from its beginning to its last statement."""
    spans = []

    def timed(execute, sql, params, many, context):
        if sql.startswith("BEGIN"):
            spans.append([time.perf_counter(), 0.0])
        result = execute(sql, params, many, context)
        if spans and connection.in_atomic_block:
            spans[-1][1] = time.perf_counter() - spans[-1][0]
        return result

    with connection.execute_wrapper(timed):
        yield lambda: max(length for _begun, length in spans)


def test_others_write_while_something_is_rehearsed():
    make.article(headline="Here before")

    with rehearsal():
        make.article(headline="Rehearsed", tags=["Steel"])
        elsewhere(lambda: Tag.objects.named("Steel"))
        assert Article.objects.count() == 2

    assert [article.headline for article in Article.objects.all()] == ["Here before"]
    assert [tag.name for tag in Tag.objects.all()] == ["Steel"]


def test_a_rehearsal_numbers_its_rows_behind_those_that_are_here():
    here = make.article()

    with rehearsal():
        assert make.article().pk > here.pk


def test_a_failed_rehearsal_leaves_nothing_and_the_live_database_in_place():
    with pytest.raises(RuntimeError), rehearsal():
        make.article()
        raise RuntimeError

    assert not Article.objects.exists()
    make.article()
    assert elsewhere(Article.objects.count) == 1


@pytest.mark.sqlite_only
@pytest.mark.parametrize("command", ["import_csv", "import_wordpress", "rebuild_pages", "run_due"])
def test_a_long_text_is_rendered_before_the_transaction(tmp_path, command):
    begun = time.perf_counter()
    markup.article_html(ENDLESS)
    rendering = time.perf_counter() - begun
    (tmp_path / "a.csv").write_text(f'headline,body,date\nLong,"{ENDLESS}!",2019-01-04\n')
    files = {
        "import_csv": [tmp_path / "a.csv"],
        "import_wordpress": [exports.written(tmp_path / "a.xml", exports.item(1, body=ENDLESS))],
    }
    make.article(body=f"{ENDLESS}?")
    Article.objects.update(rendered_version=markup.OUTDATED, facts_version=0)
    for number in range(markup.LATEST):
        markup.article_html(f"What was rendered since, {number}.")

    with longest_transaction() as seconds:
        call_command(command, *files.get(command, ()), stdout=StringIO(), stderr=StringIO())

    assert seconds() < rendering / 2


@pytest.mark.sqlite_only
def test_the_lock_is_left_alone_for_as_long_as_it_was_held():
    begun = time.perf_counter()

    for _ in range(2):
        with short_transaction():
            time.sleep(0.05)

    assert time.perf_counter() - begun > 0.19


@pytest.fixture
def on_disk(tmp_path):
    """The database as it is in production: a file, into which another process writes."""
    live = connections["default"]
    live.ensure_connection()
    connections["default"] = type(live)({**live.settings_dict, "NAME": tmp_path / "a.sqlite3"}, "default")
    connection.ensure_connection()
    live.connection.backup(connection.connection)
    yield tmp_path / "a.sqlite3"
    connection.close()
    connections["default"] = live


@pytest.mark.sqlite_only
def test_the_search_is_rebuilt_while_others_write(on_disk, monkeypatch):
    monkeypatch.setattr(rebuild_search, "TOLD_EVERY", 1_000)
    section = make.section()
    Article.objects.bulk_create(Article(section=section, body="Words.") for _ in range(2_100))

    class Told(StringIO):
        def write(self, words):
            with sqlite3.connect(on_disk) as other:
                other.execute("UPDATE articles_section SET name = 'World'")
            return super().write(words)

    call_command("rebuild_search", stdout=(told := Told()))

    assert "2100 articles are indexed." in told.getvalue()


def test_old_purges_are_forgotten_a_few_at_a_time(monkeypatch):
    from newsroom.foundations.models import Purge

    monkeypatch.setattr(purges, "FORGOTTEN_AT_ONCE", 2)
    for _ in range(5):
        purges.purge("article:1")
    Purge.objects.update(written_at=timezone.now() - 2 * purges.KEPT_FOR)
    purges.purge("article:2")

    assert purges.forget_old() == 5
    assert Purge.objects.get().keys == "article:2"
