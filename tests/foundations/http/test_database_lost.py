"""The database goes away under a running newsroom: readers are told to come back, and notice nothing once it is here
again."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.request import urlopen

import psycopg
import pytest

from tests.newsroom.house.test_settings import machine, manage
from tests.newsroom.serving.test_serving import serving
from tests.postgres import HOST, new_database
from tests.servers import free_port

AT_ONCE, QUESTIONS = 12, 200
PATHS = ("/", "/search/?q=port", "/admin/")
EVERYBODY_ELSE = """
SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()
"""


def status_of(address):
    """Of a page nobody has asked for yet, and so one that no cache knows."""
    try:
        return urlopen(address, timeout=30).status
    except HTTPError as refused:
        return refused.code


def statuses(port, run):
    addresses = [f"http://127.0.0.1:{port}/topics/{run}-{number}/" for number in range(QUESTIONS)]
    with ThreadPoolExecutor(AT_ONCE) as readers:
        return set(readers.map(status_of, addresses))


def wait_until_served(port, *, seconds):
    end = time.monotonic() + seconds
    while status_of(f"http://127.0.0.1:{port}/topics/{time.monotonic_ns()}/") != 404:
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture(scope="module")
def newsroom(django_db_setup, django_db_blocker, tmp_path_factory):
    """A served newsroom, its database's name, and a word with the database's server."""
    name, folder, port = f"lost_{os.getpid()}", tmp_path_factory.mktemp("lost"), free_port()
    url = {"DATABASE_URL": new_database(name), "SECRET_KEY": "only-for-tests"}
    for command in ("migrate", "collectstatic"):
        manage(command, "--no-input", env=machine(folder, **url)).check_returncode()
    keeper = psycopg.connect(host=os.environ[HOST], user="postgres", dbname="postgres", autocommit=True)
    with serving(folder, port, **url), keeper:
        yield port, name, keeper


@pytest.mark.postgres_only
@pytest.mark.django_db
def test_connections_that_were_lost_cost_no_reader_a_page(newsroom):
    port, name, keeper = newsroom
    assert statuses(port, "before") == {404}

    (lost,) = keeper.execute(EVERYBODY_ELSE, [name]).fetchone()

    assert lost > 2
    assert statuses(port, "after") == {404}


@pytest.mark.postgres_only
@pytest.mark.django_db
def test_while_it_is_away_everybody_is_told_to_come_back(newsroom):
    port, name, keeper = newsroom
    keeper.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    keeper.execute(EVERYBODY_ELSE, [name])
    try:
        with ThreadPoolExecutor() as readers:
            refusals = list(readers.map(refusal, [f"http://127.0.0.1:{port}{path}" for path in PATHS]))
    finally:
        keeper.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')

    for refused in refusals:
        assert refused.code == 503
        assert refused.headers["Retry-After"] == "60"
        assert "no-store" in refused.headers["Cache-Control"]
        assert b"out of reach" in refused.read()
    wait_until_served(port, seconds=10)
    assert statuses(port, "again") == {404}


def refusal(address):
    with pytest.raises(HTTPError) as answer:
        urlopen(address, timeout=30)
    return answer.value
