"""Journeys happen in the demo newsroom, opened as its operator opens it: the production server and settings."""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection

from tests import postgres
from tests.servers import free_port, wait_until_listening

ROOT = Path(__file__).parents[2]
ADDRESSES = """
import json; from articles.models import Article
print(json.dumps({a.slug: a.get_absolute_url() for a in Article.objects.select_related("section") if a.published_on}))
"""


@dataclass(frozen=True)
class Newsroom:
    """The demo newsroom, running. A worker's journeys share it: what one writes, the others may meet."""

    address: str
    env: dict

    @property
    def password(self):
        return Path(self.env["DATA_DIR"], "demo-password").read_text().strip()

    def manage(self, *words):
        """What `manage.py …` prints here."""
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(
            command, cwd=ROOT, env=self.env, check=True, capture_output=True, text=True
        ).stdout


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory):
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    folder = tmp_path_factory.mktemp("newsroom")
    env = {"PATH": os.environ["PATH"], "SITE_ADDRESS": address, "DATA_DIR": str(folder), **database()}
    with serving("demo", "--port", str(port), env=env) as server:
        wait_until_listening(server, port, seconds=120)
        yield Newsroom(address, env)


def database():
    """The kind of database the tests run on, in the words of an operator."""
    if connection.vendor == "sqlite":
        return {}
    name = f"journeys_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    return {"DATABASE_URL": postgres.new_database(name), "SECRET_KEY": "for journeys only"}


@contextmanager
def serving(*words, env):
    """A `manage.py` command that serves until Ctrl-C, pressed here at the end; it must then end well."""
    server = subprocess.Popen(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=env, start_new_session=True
    )
    try:
        yield server
        os.killpg(server.pid, signal.SIGINT)
        assert server.wait(20) == 0
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)


@pytest.fixture(scope="session")
def base_url(newsroom):
    """Playwright's: `page.goto("/world/")` means the demo newsroom's."""
    return newsroom.address


@pytest.fixture(scope="session")
def articles(newsroom):
    """The address of every story that is or was public, by its slug."""
    return json.loads(newsroom.manage("shell", "--verbosity", "0", "-c", ADDRESSES))


@pytest.fixture
def signed_in(newsroom, new_context):
    """`signed_in("editor")` is a page of a browser in which this member of the demo's staff has logged in."""

    def sign_in(username, **options):
        page = new_context(**options).new_page()
        page.goto("/admin/")
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password").fill(newsroom.password)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/admin/")
        return page

    return sign_in
