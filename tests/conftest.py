"""What every test may ask for. Browser journeys need Chromium: found they run, missing they say so (in CI they fail)."""

import os
import shutil

import pytest
from django.core.cache import cache
from django.db import connection
from xdist.scheduler import LoadScopeScheduling

from newsroom.foundations.pagecache.sync import start
from tests import make
from tests.client import NewsroomClient

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the thread of the test
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MISSING = "Chromium is not installed; `apt-get install chromium` lets the browser journeys run"


def pytest_collection_modifyitems(config, items):
    """Journeys need a browser, and begin first, as they take longest; what only the other database does is not ours to
    run."""
    for item in items:
        if is_journey(item):
            item.add_marker(pytest.mark.journey)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason=MISSING))
    elsewhere = [item for item in items if says_something_of_the_other_database(item) or was_run_before(item)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]
    items.sort(key=is_journey, reverse=True)


class ByServer(LoadScopeScheduling):
    """One worker runs what shares a server: the tests of a file, and all journeys."""

    def _split_scope(self, nodeid):
        file = nodeid.split("::")[0]
        return "journeys" if "/journeys/" in file else file


def pytest_xdist_make_scheduler(config, log):
    return ByServer(config, log)


def is_journey(item):
    return "journeys" in item.path.parts


def says_something_of_the_other_database(item):
    other = "sqlite_only" if connection.vendor == "postgresql" else "postgres_only"
    return item.get_closest_marker(other) is not None


def was_run_before(item):
    """What asks no database is run once, with SQLite; again on PostgreSQL it would say the same."""
    asks = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames)
    return connection.vendor == "postgresql" and not asks and not is_journey(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    return forbid_skipping((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return forbid_skipping((yield))


def forbid_skipping(report):
    """In CI a test that did not run has failed: what it needs should have been installed."""
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, which CI does not allow: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def nothing_remembered(tmp_path):
    """Each test starts with an empty cache, and nothing remembered of the newsroom of the test before."""
    cache.clear()
    start.begin_alone()


@pytest.fixture
def client():
    """Asks as readers and editors do, through the whole of production."""
    return NewsroomClient()


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
