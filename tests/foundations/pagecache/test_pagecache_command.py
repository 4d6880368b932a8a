"""`manage.py pagecache`: what an operator sees of the caches, and can do to them."""

import json

import pytest
from django.core.management import CommandError, call_command

from newsroom.foundations.models import Purge
from newsroom.foundations.pagecache import stats
from tests import make
from tests.kept import Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(capsys):
    def ask(*words):
        call_command("pagecache", *words)
        return capsys.readouterr().out

    return ask


@pytest.fixture
def running(settings, tmp_path):
    """A site whose process has kept a story and answered it once from memory."""
    settings.DATA_DIR = tmp_path
    site, address = Site(), make.article().get_absolute_url()
    site.get(address)
    site.get(address)
    report = stats.Report.of(site.cache.store)
    (tmp_path / "pagecache").mkdir()
    (tmp_path / "pagecache" / f"{report.pid}.json").write_text(json.dumps(vars(report)))
    return site


def test_it_shows_size_hit_rate_and_keys(running, said):
    shown = said()

    assert "1 pages in" in shown and "of 4 MB" in shown
    assert "50.0% of 2 questions answered from memory" in shown
    assert "paper (1)" in shown


def test_machines_can_read_it_too(running, said):
    (report,) = json.loads(said("--json"))

    assert (report["pages"], report["hits"], report["misses"]) == (1, 1, 1)
    assert any(key.startswith("article:") for key in report["keys"])


def test_processes_that_have_ended_do_not_count(running, said, settings):
    gone = settings.DATA_DIR / "pagecache" / "4194400.json"
    gone.write_text((next((settings.DATA_DIR / "pagecache").glob("*.json"))).read_text())

    assert said().count("process") == 1
    assert not gone.exists()


def test_a_key_is_purged_and_no_other(running, said):
    article = make.article()
    running.get(article.get_absolute_url())

    said("--purge", f"article:{article.pk}", "front:home")

    assert Purge.objects.latest("pk").keys == f"article:{article.pk} front:home"
    assert not running.get(article.get_absolute_url()).is_hit
    assert running.cache.store.size()[0] == 2


def test_everything_is_purged_at_once(running, said):
    assert "Every page" in said("--purge-all")
    assert running.cache.store.size()[0] == 0


def test_what_cannot_be_a_key_is_refused(running, said):
    with pytest.raises(CommandError, match="one word"):
        said("--purge", "article 42")


def test_where_nothing_runs_it_says_so(said, settings, tmp_path):
    settings.DATA_DIR = tmp_path

    assert "is the site running here?" in said()
