"""What every test may ask for. Browser journeys need Chromium: found they run, missing they say so (in CI they fail)."""

import os
import shutil
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection

from tests import make

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the thread of the test
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def pytest_collection_modifyitems(config, items):
    missing = pytest.mark.skip(
        reason="Chromium is not installed; `apt-get install chromium` runs the browser journeys"
    )
    for item in items:
        if "journeys" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.django_db(transaction=True))
        if item.get_closest_marker("journey") and not CHROMIUM:
            if os.environ.get("CI"):
                raise pytest.UsageError("Chromium is missing, and in CI nothing is skipped.")
            item.add_marker(missing)
        for vendor in ("sqlite", "postgres"):
            on_it = connection.vendor.startswith(vendor)
            if item.get_closest_marker(f"{vendor}_only") and not on_it:
                item.add_marker(pytest.mark.skip(reason=f"says something only {vendor} does"))


@pytest.fixture(autouse=True)
def nothing_remembered(tmp_path):
    """Each test starts with an empty cache and its own folders for pictures."""
    cache.clear()


@pytest.fixture
def editor(db):
    return make.user("editor")


@pytest.fixture
def writer(db):
    return make.user("contributor")


@pytest.fixture
def moderator(db):
    return make.user("moderator")


@pytest.fixture
def administrator(db):
    return make.user("administrator")


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    """`with on_commit():` runs what a commit would have run."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    quiet = [
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-sync",
        "--disable-component-update",
    ]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": [*quiet, *sandbox]}


@pytest.fixture
def live_address(live_server, settings):
    settings.SITE_ADDRESS = live_server.url
    return live_server.url
