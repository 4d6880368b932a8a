"""How a process hears of purges: none is missed, whatever the order in which transactions end and connections break."""

import os
import sqlite3
import time
from datetime import timedelta

import psycopg
import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from newsroom.foundations import pagecache
from newsroom.foundations.models import Purge
from newsroom.foundations.pagecache.sync import Bell, sqlite
from newsroom.foundations.pagecache.sync.postgres import LOOKS, TRUSTED, PostgresNews
from newsroom.foundations.pagecache.sync.sqlite import SQLiteNews
from tests.postgres import new_database

DAY = 86_400.0


class Heard(list):
    """The keys a process was told, in order."""

    def __init__(self, news):
        super().__init__()
        news.listeners.append(self.extend)


@pytest.fixture
def file(tmp_path):
    """A database with the table of purges and nothing else."""
    path = tmp_path / "newsroom.sqlite3"
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute(
            "CREATE TABLE foundations_purge (id integer PRIMARY KEY AUTOINCREMENT, keys text, at datetime)"
        )
    return path


@pytest.fixture
def bell(tmp_path):
    return Bell(tmp_path / "purge-bell")


def write(base, keys, at=None, *, ring):
    moment = at and time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(at))
    base.execute("INSERT INTO foundations_purge (keys, at) VALUES (?, ?)", [keys, moment])
    base.commit()
    ring()


def test_what_another_process_commits_is_heard_before_the_next_page(file, bell):
    news, base = SQLiteNews(file, bell), sqlite3.connect(file)
    heard = Heard(news)

    assert news.is_current() and heard == []
    write(base, "article:1 front:home", ring=bell.ring)
    assert news.is_current() and heard == ["article:1", "front:home"]
    assert news.is_current() and len(heard) == 2


def test_a_writer_who_dies_before_ringing_is_heard_a_moment_later(file, bell):
    news, base = SQLiteNews(file, bell), sqlite3.connect(file)
    heard = Heard(news)

    write(base, "article:1", ring=lambda: None)
    time.sleep(sqlite.LOOKS)

    assert news.is_current() and heard == ["article:1"]


def test_what_is_not_committed_is_not_heard(file, bell):
    news, base = SQLiteNews(file, bell), sqlite3.connect(file)
    heard = Heard(news)
    base.execute("INSERT INTO foundations_purge (keys) VALUES ('article:1')")

    assert news.is_current() and heard == []


def test_a_dated_purge_is_heard_at_its_second(file, bell):
    news, base = SQLiteNews(file, bell), sqlite3.connect(file)
    heard, dawn = Heard(news), float(int(time.time()) + 3600)
    write(base, "newest:section:7", at=dawn, ring=bell.ring)

    assert news.is_current() and heard == [] and news.next_due == dawn
    with time_machine.travel(dawn):
        assert news.is_current() and heard == ["newest:section:7"]
        assert news.is_current() and len(heard) == 1


def test_a_dated_purge_written_by_a_process_before_us_is_heard_too(file, bell):
    write(sqlite3.connect(file), "newest:section:7", at=time.time() + 3600, ring=bell.ring)
    news = SQLiteNews(file, bell)
    heard = Heard(news)

    with time_machine.travel(time.time() + 3601):
        assert news.is_current() and heard == ["newest:section:7"]


def test_who_cannot_read_the_table_trusts_nothing(file, bell):
    news = SQLiteNews(file.with_name("not-there.sqlite3"), bell)

    assert not news.is_current()


def test_who_slept_for_long_forgets_everything(file, bell):
    news, base = SQLiteNews(file, bell), sqlite3.connect(file)
    heard = Heard(news)
    write(base, "article:1", ring=bell.ring)

    with time_machine.travel(time.time() + DAY):
        assert news.is_current() and heard[0] == "*"


# PostgreSQL


@pytest.fixture
def server(db):
    """A database of its own with the table of purges; connections to it, and the end of them all."""
    url = new_database(f"news_{os.getpid()}_{time.monotonic_ns()}")
    opened = []

    def connect():
        opened.append(psycopg.connect(url))
        return opened[-1]

    with connect() as base:
        base.execute(
            "CREATE TABLE foundations_purge (id bigserial PRIMARY KEY, keys text, at timestamptz, "
            "transaction bigint DEFAULT pg_current_xact_id()::text::bigint)"
        )
    yield url, connect
    for base in opened:
        base.close()


@pytest.fixture
def machine(server, tmp_path):
    """A process on a machine: its news, what it heard, and the machine's bell."""
    bell, begun = Bell(tmp_path / "bell"), []

    def begin(**how):
        news = PostgresNews({"conninfo": server[0]}, bell, **how)
        begun.append(news)
        return news, Heard(news)

    yield begin, bell
    for news in begun:
        news.close()


def wait_for(heard, *keys):
    end = time.monotonic() + 5
    while not set(keys) <= set(heard) and time.monotonic() < end:
        time.sleep(0.005)
    assert set(keys) <= set(heard)


@pytest.mark.postgres_only
def test_the_bell_of_the_machine_is_heard_at_once(server, machine):
    begin, bell = machine
    news, heard = begin()
    with server[1]() as base:
        base.execute("INSERT INTO foundations_purge (keys) VALUES ('article:1')")
    bell.ring()

    assert news.is_current() and heard == ["article:1"]


@pytest.mark.postgres_only
def test_another_machine_hears_within_a_second_without_a_bell(server, machine):
    _news, heard = machine[0]()
    began = time.monotonic()
    with server[1]() as base:
        base.execute("INSERT INTO foundations_purge (keys) VALUES ('article:1')")
        base.execute("SELECT pg_notify('newsroom_purge', '')")

    wait_for(heard, "article:1")
    assert time.monotonic() - began < TRUSTED


@pytest.mark.postgres_only
def test_no_notice_is_needed_for_that(server, machine):
    _news, heard = machine[0](wait=time.sleep)
    with server[1]() as base:
        base.execute("INSERT INTO foundations_purge (keys) VALUES ('article:1')")

    wait_for(heard, "article:1")


@pytest.mark.postgres_only
def test_a_transaction_that_ends_late_is_not_missed(server, machine):
    begin, bell = machine
    news, heard = begin()
    slow, quick = server[1](), server[1]()
    slow.execute("INSERT INTO foundations_purge (keys) VALUES ('begun:first')")
    quick.execute("INSERT INTO foundations_purge (keys) VALUES ('ended:first')")
    quick.commit()
    bell.ring()
    assert news.is_current() and heard == ["ended:first"]

    slow.commit()
    bell.ring()

    assert news.is_current() and heard == ["ended:first", "begun:first"]


@pytest.mark.postgres_only
def test_a_lost_connection_means_no_trust_until_all_is_read(server, machine):
    begin, bell = machine
    news, heard = begin(wait=lambda seconds: time.sleep(seconds))
    with server[1]() as base:
        base.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'newsroom purges' "
            "AND datname = current_database()"
        )
        base.execute("INSERT INTO foundations_purge (keys) VALUES ('article:1')")
    bell.ring()

    assert not news.is_current() or heard == ["article:1"]
    time.sleep(LOOKS * 1.2)
    assert news.is_current() and heard == ["article:1"]


@pytest.mark.postgres_only
def test_a_server_that_cannot_be_reached_leaves_nothing_trusted(machine, tmp_path):
    news = PostgresNews({"host": str(tmp_path), "dbname": "nobody"}, machine[1])

    assert not news.is_current()
    news.close()


@pytest.mark.postgres_only
def test_a_dated_purge_is_due_by_the_clock_of_the_machine(server, machine):
    news, heard = machine[0]()
    with server[1]() as base:
        base.execute(
            "INSERT INTO foundations_purge (keys, at) VALUES ('newest:section:7', now() + interval '700 ms')"
        )
    machine[1].ring()

    assert news.is_current() and heard == []
    time.sleep(0.75)
    assert news.is_current() and heard == ["newest:section:7"]


def test_the_bell_is_shared_by_all_who_open_it(tmp_path):
    mine, theirs = Bell(tmp_path / "bell"), Bell(tmp_path / "bell")
    before = theirs.heard()

    mine.ring()

    assert theirs.heard() != before and theirs.heard() == mine.heard()


@pytest.mark.django_db
def test_rows_everybody_has_read_are_swept_and_those_ahead_are_not():
    pagecache.purge("article:1")
    pagecache.purge("newest:section:7", at=timezone.now() + timedelta(days=3))

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        pagecache.purge("article:2")
        call_command("run_due")

    assert list(Purge.objects.order_by("pk").values_list("keys", flat=True)) == [
        "newest:section:7",
        "article:2",
    ]
