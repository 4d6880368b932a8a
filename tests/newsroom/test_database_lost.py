"""The database is restarted under a running newsroom: readers notice nothing once it is back."""

import os
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.request import urlopen

import psycopg
import pytest

from tests.newsroom.test_serving import serving
from tests.newsroom.test_settings import machine, manage
from tests.postgres import HOST, new_database
from tests.servers import free_port

AT_ONCE, QUESTIONS = 12, 200
EVERYBODY_ELSE = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()
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


@pytest.mark.postgres_only
def test_connections_that_were_lost_cost_no_reader_a_page(db, tmp_path):
    name = f"lost_{os.getpid()}"
    url = {"DATABASE_URL": new_database(name), "SECRET_KEY": "only-for-tests"}
    for command in ("migrate", "collectstatic"):
        manage(command, "--no-input", env=machine(tmp_path, **url)).check_returncode()
    port = free_port()
    with serving(tmp_path, port, **url):
        assert statuses(port, "before") == {404}
        with psycopg.connect(host=os.environ[HOST], user="postgres", dbname="postgres") as server:
            (lost,) = server.execute(EVERYBODY_ELSE, [name]).fetchone()

        assert lost > 2
        assert statuses(port, "after") == {404}
