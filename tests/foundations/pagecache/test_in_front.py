"""The caches in front hear of every purge, however slow, broken or far away they are; and no verb waits for them."""

import logging
import subprocess
import sys
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import dumps, loads
from threading import Thread
from time import monotonic, sleep

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from newsroom.foundations import outbox, pagecache
from newsroom.foundations.models import Job
from newsroom.foundations.pagecache import cdn
from newsroom.foundations.pagecache.cdn import asking
from newsroom.foundations.pagecache.cdn.caches import surrogate_key
from newsroom.foundations.pagecache.cdn.purges import purge_in_front
from tests import make
from tests.newsroom.house.test_settings import ROOT, machine, manage
from tests.servers import free_port

TOKEN = "the-key-to-the-network"


class Asked:
    """One request as a cache in front received it."""

    def __init__(self, handler):
        self.at = monotonic()
        length = int(handler.headers.get("Content-Length") or 0)
        self.method, self.path, self.headers = handler.command, handler.path, handler.headers
        self.body = loads(handler.rfile.read(length)) if length else None

    @property
    def keys(self):
        if self.body:
            return self.body.get("surrogate_keys") or self.body.get("tags")
        return self.headers.get("xkey", "").split()


class Door(BaseHTTPRequestHandler):
    """Behaves like the interface of any of these caches, as its server was told to."""

    def answer(self):
        self.server.asked.append(Asked(self))
        sleep(self.server.slowness)
        status, headers, body = self.server.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PURGE = answer  # noqa: N815  (http.server's names)

    def log_message(self, *args):
        pass


def api(status=200, headers=None, **body):
    return status, headers or {}, dumps({"success": status == 200, **body}).encode()


@pytest.fixture
def door():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.asked, server.answer, server.slowness = [], api(), 0
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def in_front_of_us(settings, door):
    """Has this kind of cache stand in front of us, at the door; its name."""
    settings.FASTLY_TOKEN = settings.CLOUDFLARE_TOKEN = TOKEN

    def stand(kind="fastly", port=door.server_port):
        place = f"127.0.0.1:{port}"
        named = {
            "fastly": f"fastly://SU1Z0?api=http://{place}",
            "cloudflare": f"cloudflare://023e?api=http://{place}",
        }
        settings.CACHES_IN_FRONT = [named.get(kind, f"{kind}://{place}")]
        return settings.CACHES_IN_FRONT[0]

    return stand


@pytest.fixture
def fastly(in_front_of_us, db):
    return in_front_of_us("fastly")


# What each is asked


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "method", "path", "headers"),
    [
        ("fastly", "POST", "/service/SU1Z0/purge", {"Fastly-Key": TOKEN, "Content-Type": "application/json"}),
        ("cloudflare", "POST", "/zones/023e/purge_cache", {"Authorization": f"Bearer {TOKEN}"}),
        ("varnish", "PURGE", "/", {"xkey": "article:42 front:home"}),
        ("nginx", "GET", "/", {}),
    ],
)
def test_a_purge_is_said_in_the_words_of_each_cache(in_front_of_us, door, kind, method, path, headers):
    in_front_of_us(kind)
    pagecache.purge("article:42", "front:home")

    assert outbox.deliver() == 0

    [asked] = door.asked
    assert (asked.method, asked.path) == (method, path)
    assert {name: asked.headers[name] for name in headers} == headers
    assert asked.keys == ([] if kind == "nginx" else ["article:42", "front:home"])


def test_many_purges_are_one_request_with_each_key_once(fastly, door):
    for number in range(100):
        pagecache.purge(f"article:{number}", "front:home")

    outbox.deliver()

    [asked] = door.asked
    assert sorted(asked.keys) == sorted(["front:home", *(f"article:{number}" for number in range(100))])


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "most"), [("fastly", 256), ("cloudflare", 100), ("varnish", 100)])
def test_no_request_holds_more_keys_than_the_cache_takes(in_front_of_us, door, kind, most):
    in_front_of_us(kind)
    pagecache.purge(*(f"article:{number}" for number in range(600)))

    outbox.deliver()

    assert max(len(asked.keys) for asked in door.asked) == most
    assert sum(len(asked.keys) for asked in door.asked) == 600


def test_everything_is_one_key_that_all_pages_have(fastly, door, client):
    article = make.article()
    Job.objects.all().delete()
    pagecache.purge(pagecache.ALL, "article:1")

    outbox.deliver()

    assert door.asked[0].keys == ["all"]
    assert "all" in client.get(article.get_absolute_url())["Surrogate-Key"].split()


def test_a_key_no_header_could_hold_has_the_same_key_on_the_page_and_in_the_purge(fastly, door):
    strange = ["address:" + "very-long/" * 100, "address:straße", "address:a,b"]
    pagecache.purge(*strange)

    outbox.deliver()

    assert door.asked[0].keys == [surrogate_key(key) for key in strange]
    assert all(key.isascii() and len(key) < 64 and "," not in key for key in door.asked[0].keys)


# Owed with the change, and told twice


def test_nothing_is_owed_when_no_cache_is_in_front(db, settings):
    pagecache.purge("article:42")

    assert not Job.objects.exists()


def test_a_change_that_does_not_happen_is_not_told(fastly):
    with pytest.raises(RuntimeError), transaction.atomic():
        pagecache.purge("article:42")
        raise RuntimeError

    assert not Job.objects.exists()


def test_everything_is_told_again_after_a_moment_and_then_no_more(fastly, door, time_machine):
    time_machine.move_to("2026-05-18 06:00+0000", tick=False)
    pagecache.purge("article:42")

    for second in range(30):
        time_machine.move_to(f"2026-05-18 06:00:{second:02}+0000", tick=False)
        outbox.deliver()

    assert [asked.keys for asked in door.asked] == [["article:42"], ["article:42"]]
    assert not Job.objects.exists()


def test_what_changes_tomorrow_is_told_tomorrow(fastly, door, time_machine):
    time_machine.move_to("2026-05-17 20:00+0000", tick=False)
    pagecache.purge("front:home", at=timezone.now() + timedelta(hours=10))
    outbox.deliver()
    before = len(door.asked)

    time_machine.move_to("2026-05-18 06:00+0000", tick=False)
    outbox.deliver()

    assert (before, len(door.asked)) == (0, 1)


def test_what_will_not_change_after_all_is_not_told(fastly):
    tomorrow = timezone.now() + timedelta(days=1)
    pagecache.purge("front:home", at=tomorrow)

    pagecache.retract("front:home", at=tomorrow)

    assert not Job.objects.exists()


# Caches that fail


@pytest.mark.parametrize(
    "answer",
    [api(500), api(401), api(302, {"Location": "http://127.0.0.1/"}), (200, {}, b"{}")],
    ids=lambda a: a[0],
)
@pytest.mark.django_db
def test_a_cache_that_fails_is_asked_again_later_and_later(in_front_of_us, door, time_machine, answer):
    time_machine.move_to("2026-05-18 06:00+0000", tick=False)
    in_front_of_us("cloudflare")
    door.answer = answer
    pagecache.purge("article:42")

    tries = []
    for second in range(60):
        time_machine.move_to(timezone.now() + timedelta(seconds=1), tick=False)
        before = len(door.asked)
        outbox.deliver()
        tries += [second] * (len(door.asked) - before)

    assert tries == [0, 2, 6, 14, 30]
    assert cdn.waiting().number == 1
    assert "it answered" in cdn.waiting().problem


def test_a_cache_that_asks_for_patience_is_left_alone_for_so_long(fastly, door, time_machine):
    time_machine.move_to("2026-05-18 06:00+0000", tick=False)
    door.answer = api(429, {"Retry-After": "40"})
    pagecache.purge("article:42")
    outbox.deliver()
    door.answer = api()

    time_machine.shift(39)
    pagecache.purge("article:43")
    outbox.deliver()
    early = len(door.asked)
    time_machine.shift(2)
    outbox.deliver()

    assert early == 1
    assert sorted(door.asked[1].keys) == ["article:42", "article:43"]


@pytest.mark.parametrize("said", ["Sun, 22 Nov 2026 20:00:30 GMT", "30"])
def test_patience_may_be_seconds_or_a_date(door, said, time_machine):
    time_machine.move_to("2026-11-22 20:00+0000", tick=False)
    door.answer = api(429, {"Retry-After": said})

    with pytest.raises(asking.NotDone) as refusal:
        asking.ask("POST", f"http://127.0.0.1:{door.server_port}/", body={})

    assert refusal.value.wait == pytest.approx(30, abs=1)


def test_a_cache_that_is_not_there_costs_the_verb_nothing_and_is_told_when_it_is_back(
    in_front_of_us, door, editor, time_machine
):
    gone = free_port()
    in_front_of_us("varnish", port=gone)
    article = make.article()
    began = monotonic()

    article.withdraw(by=editor, expected=article.latest_revision, reason="It rested on a forged document.")

    assert monotonic() - began < 2
    assert outbox.deliver() == 1
    assert "no answer" in cdn.waiting().problem


def test_a_cache_that_does_not_answer_is_not_waited_for_long(fastly, door, monkeypatch):
    monkeypatch.setattr(asking, "SECONDS", 0.2)
    door.slowness = 1
    pagecache.purge("article:42")
    began = monotonic()

    assert outbox.deliver() == 1

    assert monotonic() - began < 0.9


def test_one_broken_cache_keeps_nothing_from_the_others(settings, in_front_of_us, door, db):
    broken, well = in_front_of_us("varnish", port=free_port()), in_front_of_us("fastly")
    settings.CACHES_IN_FRONT = [broken, well]
    pagecache.purge("article:42")

    assert outbox.deliver() == 1

    assert [asked.keys for asked in door.asked] == [["article:42"]]


def test_keys_are_never_logged(fastly, door, caplog, settings):
    caplog.set_level(logging.DEBUG)
    door.answer = api(401)
    pagecache.purge("article:42")
    outbox.deliver()
    settings.FASTLY_TOKEN = f"{TOKEN}\nand more"
    Job.objects.update(due=timezone.now(), attempts=0)
    outbox.deliver()

    assert "fastly://SU1Z0" in caplog.text
    assert TOKEN not in caplog.text + Job.objects.get().problem


# Nothing lost, nothing told by two


def test_what_a_process_took_and_did_not_deliver_is_delivered_by_another(fastly, door, time_machine):
    time_machine.move_to("2026-05-18 06:00+0000", tick=False)
    pagecache.purge("article:42")
    outbox._take()  # and dies

    outbox.deliver()
    meanwhile = len(door.asked)
    time_machine.shift(outbox.LEASE.total_seconds() + 1)
    outbox.deliver()

    assert (meanwhile, len(door.asked)) == (0, 1)


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_four_at_once_tell_each_purge_once(in_front_of_us, door):
    in_front_of_us("fastly")
    for number in range(50):
        pagecache.purge(f"article:{number}")

    def run():
        outbox.deliver()
        connection.close()

    nodes = [Thread(target=run) for _ in range(4)]
    for node in nodes:
        node.start()
    for node in nodes:
        node.join()

    told = [key for asked in door.asked for key in asked.keys]
    assert sorted(told) == sorted(f"article:{number}" for number in range(50))


def test_run_due_tells_what_nobody_has(fastly, door):
    pagecache.purge("article:42")

    call_command("run_due", verbosity=0)

    assert door.asked[0].keys == ["article:42"]


def test_run_due_forgets_what_is_owed_to_a_cache_that_is_gone_or_has_forgotten_by_itself(
    fastly, door, settings
):
    door.answer = api(500)
    long_ago = timezone.now() - timedelta(seconds=settings.KEPT_IN_FRONT_SECONDS + 120)
    purge_in_front.using(queue_name="varnish://gone:80").enqueue("article:1", cache="varnish://gone:80")
    purge_in_front.using(queue_name=fastly, run_after=long_ago).enqueue("article:2", cache=fastly)
    pagecache.purge("article:3")

    cdn.forget_old()

    assert [job.arguments for job in Job.objects.all()] == [["article:3"]]


def test_the_health_page_says_how_late_the_caches_are_told(fastly, client, time_machine):
    time_machine.move_to("2026-05-18 06:00+0000", tick=False)
    pagecache.purge("article:42")
    pagecache.purge("article:43", at=timezone.now() + timedelta(hours=1))

    time_machine.shift(90)

    assert cdn.waiting().number == 1
    assert client.get("/health/").json()["purges_late_seconds"] == 90


# In the serving process

SERVING = """
import django; django.setup()
from time import sleep
from newsroom.foundations import pagecache
from newsroom.foundations import worker
worker.start()
sleep(1)
pagecache.purge("article:42")
sleep(8)
"""


def test_the_worker_says_it_within_a_moment_and_once_more(door, tmp_path):
    env = machine(tmp_path, CACHES_IN_FRONT=f"varnish://127.0.0.1:{door.server_port}")
    assert manage("migrate", env=env).returncode == 0

    serving = {**env, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    subprocess.run([sys.executable, "-c", SERVING], cwd=ROOT, env=serving, check=True)

    assert [asked.keys for asked in door.asked] == [["article:42"], ["article:42"]]
    first, second = (asked.at for asked in door.asked)
    assert 4.5 < second - first < 7
