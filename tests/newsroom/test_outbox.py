"""What the world must be told is told at least once: whoever dies, whatever fails, however many work at it."""

import logging
import os
import signal
import subprocess
import sys
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from threading import Thread
from time import monotonic, sleep
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import default_task_backend, task

from newsroom.foundations import outbox, pagecache, worker
from newsroom.foundations.models import Job
from tests import postgres
from tests.newsroom.test_settings import ROOT, machine, manage

done: list[object] = []


@task
def tell(word):
    done.append(word)


@task
def refuse(word):
    raise ValueError(f"nobody\x00 hears {word}")


@task
def ask_for_patience():
    raise outbox.TryLater("come back later", wait=100)


@task(takes_context=True)
def count(context):
    done.append(context.attempt)


@task
@outbox.joined
def tell_together(*words, to):
    done.append((to, words))


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()


@pytest.fixture
def clock(db, time_machine):
    time_machine.move_to("2026-05-18 06:00+0000", tick=False)
    return time_machine


# With the change, and once it is committed


@pytest.mark.django_db
def test_a_change_that_does_not_happen_leaves_no_job():
    with pytest.raises(RuntimeError), transaction.atomic():
        tell.enqueue("article 42")
        raise RuntimeError

    assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_job_is_done_once_and_then_gone():
    tell.enqueue("article 42")

    assert outbox.deliver() == outbox.deliver() == 0

    assert done == ["article 42"]
    assert not Job.objects.exists()


def test_a_job_may_be_dated_and_taken_back(clock):
    tomorrow = timezone.now() + timedelta(days=1)
    tell.using(run_after=tomorrow).enqueue("appears")
    tell.using(run_after=tomorrow).enqueue("does not")
    outbox.take_back(tell, "does not", at=tomorrow)
    outbox.deliver()
    assert not done

    clock.shift(timedelta(days=1))
    outbox.deliver()

    assert done == ["appears"]


def test_what_is_urgent_comes_first_and_then_what_has_waited_longest(clock):
    for word in ("first", "second"):
        tell.enqueue(word)
        clock.shift(1)
    tell.using(priority=50).enqueue("urgent")

    outbox.deliver()

    assert done == ["urgent", "first", "second"]


@pytest.mark.django_db
def test_jobs_for_one_receiver_are_done_in_one_call():
    for word in ("a", "b"):
        tell_together.using(queue_name="one").enqueue(word, to="one")
        tell_together.using(queue_name="other").enqueue(word, to="other")

    outbox.deliver()

    assert sorted(done) == [("one", ("a", "b")), ("other", ("a", "b"))]


# When it cannot be done


def test_a_job_that_fails_is_tried_later_and_later_given_up_after_a_day_and_kept(clock, caplog):
    refuse.enqueue("us")
    began, tries = timezone.now(), []

    while not Job.objects.get().failed:
        clock.move_to(max(timezone.now(), Job.objects.get().due), tick=False)
        tries.append(int((timezone.now() - began).total_seconds()))
        outbox.deliver()
    clock.shift(timedelta(days=30))

    assert tries[:5] == [0, 2, 6, 14, 30]
    assert 24 < tries[-1] / 3600 < 27
    assert outbox.deliver() == 0
    assert Job.objects.get().problem == "ValueError: nobody hears us"
    assert "Traceback" in caplog.text and "Given up" in caplog.text


@pytest.mark.django_db
def test_one_job_that_fails_stops_no_other():
    refuse.enqueue("us")
    tell.enqueue("article 42")

    assert outbox.deliver() == 1

    assert done == ["article 42"]


def test_whoever_asks_for_patience_is_left_alone_for_so_long_and_without_a_traceback(clock, caplog):
    caplog.set_level(logging.WARNING)
    ask_for_patience.enqueue()

    outbox.deliver()

    assert Job.objects.get().due == timezone.now() + timedelta(seconds=100)
    assert "come back later" in caplog.text and "Traceback" not in caplog.text


@pytest.mark.django_db
def test_a_job_whose_task_is_gone_is_kept_until_it_is_back():
    tell.enqueue("article 42")
    Job.objects.update(task="newsroom.gone.tell")

    assert outbox.deliver() == 1

    assert "No module named" in Job.objects.get().problem


def test_a_job_that_kills_whoever_does_it_is_given_up_too(clock):
    tell.enqueue("article 42")
    for _ in range(outbox.MOST_ATTEMPTS):
        outbox._take()  # and dies
        clock.shift(outbox.LEASE)

    outbox.deliver()

    assert Job.objects.get().failed and not done


def test_a_task_may_ask_at_which_attempt_it_is(clock):
    count.enqueue()
    outbox._take()  # and dies
    clock.shift(outbox.LEASE)

    outbox.deliver()

    assert done == [2]


# Seen, and tried again


def told(*words):
    said = StringIO()
    call_command("outbox", *words, stdout=said)
    return said.getvalue()


def test_the_command_shows_what_waits_and_what_failed_and_has_it_tried_again(clock):
    refuse.enqueue("us")
    tell.enqueue("article 42")
    clock.shift(90)
    assert "1 to do, the oldest for 90 s" in told()
    outbox.deliver()
    Job.objects.update(failed=True)
    number = Job.objects.get().pk

    assert f"job {number}" in told() and "given up: ValueError: nobody hears us" in told()
    assert "1 jobs will be tried again" in told("--retry")
    assert Job.objects.due().get().attempts == 0
    assert "1 jobs removed" in told("--remove", str(number))
    assert "Nothing is waiting" in told()


@pytest.mark.django_db
def test_the_command_says_when_there_is_no_such_job():
    with pytest.raises(CommandError, match="no job 7"):
        told("--retry", "7")


def test_the_health_page_says_how_late_the_outbox_is_and_what_was_given_up(client, clock):
    tell.enqueue("article 42")
    refuse.enqueue("us")
    Job.objects.filter(task=refuse.module_path).update(failed=True)

    clock.shift(90)

    said = client.get("/health/").json()
    assert (said["outbox_late_seconds"], said["outbox_given_up"], said["purges_late_seconds"]) == (90, 1, 0)


# By whom


@pytest.mark.postgres_only
@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_do_each_job_once():
    for number in range(100):
        tell.enqueue(number)

    def run():
        outbox.deliver()
        connection.close()

    workers = [Thread(target=run) for _ in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()

    assert sorted(done) == list(range(100))


def test_an_operator_with_workers_of_their_own_has_none_in_the_site(settings, monkeypatch):
    settings.OUTBOX_IN_SITE = False
    monkeypatch.setattr(worker, "_thread", None)

    worker.start()

    assert worker._thread is None


@pytest.mark.django_db
def test_another_engine_may_be_plugged_in(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}
    settings.CACHES_IN_FRONT = ["varnish://10.0.0.1:6081"]

    pagecache.purge("article:42")

    assert [result.args for result in default_task_backend.results] == [["article:42"]]
    assert not Job.objects.exists()


# Whoever is killed


class Door(BaseHTTPRequestHandler):
    """The door of a Varnish: remembers what it is asked, after a while."""

    def do_PURGE(self):
        self.server.asked.append(self.headers["xkey"].split())
        sleep(self.server.slowness)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def door():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.asked, server.slowness = [], 0
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def newsroom(db, tmp_path, door):
    """The environment of a newsroom of its own, behind a cache, on the database that the tests run on."""
    elsewhere = {"SECRET_KEY": "only-for-tests"}
    if connection.vendor == "postgresql":
        elsewhere["DATABASE_URL"] = postgres.new_database(f"outbox_{uuid4().hex}")
    env = machine(tmp_path, CACHES_IN_FRONT=f"varnish://127.0.0.1:{door.server_port}", **elsewhere)
    assert manage("migrate", env=env).returncode == 0
    return {**env, "DJANGO_SETTINGS_MODULE": "newsroom.settings"}


def run(words, env):
    return subprocess.Popen(
        [sys.executable, "-c", f"import django; django.setup()\n{words}"], cwd=ROOT, env=env
    )


KILLED_AFTER_THE_COMMIT = """
import os, signal
from time import sleep
from django.db import transaction
from newsroom.foundations import worker
from tests import make
article = make.article("approved", slug="steel")
worker.start()
sleep(1)  # it has looked, and waits for the next commit of ours
with transaction.atomic():
    transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
    article.publish(by=None, expected=article.latest_revision)
"""
CONVERSATIONS = """
from comments.models import Thread
assert Thread.objects.filter(article__slug="steel", article__state="published").count() == 1
"""


def test_what_a_process_killed_after_the_commit_has_not_told_run_due_tells(newsroom, door):
    killed = run(KILLED_AFTER_THE_COMMIT, newsroom)
    assert killed.wait(60) == -signal.SIGKILL
    assert not any("article:1" in keys for keys in door.asked)

    due = manage("run_due", env=newsroom)

    assert due.returncode == 0, due.stderr
    assert any("article:1" in keys for keys in door.asked)
    assert run(CONVERSATIONS, newsroom).wait(60) == 0


KILLED_AT_WORK = """
from datetime import timedelta
from newsroom.foundations import outbox, pagecache, worker
outbox.LEASE = timedelta(seconds=1)
pagecache.purge("article:42")
worker.work()
"""


def test_what_a_worker_killed_at_work_has_not_told_run_due_tells_when_its_lease_is_over(newsroom, door):
    door.slowness = 30
    killed, end = run(KILLED_AT_WORK, newsroom), monotonic() + 60
    while not door.asked and monotonic() < end:
        sleep(0.02)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait(60)
    door.slowness = 0
    sleep(1)

    assert manage("run_due", env=newsroom).returncode == 0

    assert door.asked == [["article:42"], ["article:42"]]


# At the desk


def test_an_administrator_reads_what_failed_and_has_it_tried_again(client, administrator, clock):
    client.force_login(administrator)
    refuse.enqueue("us")
    outbox.deliver()
    jobs = reverse("admin:foundations_job_changelist")
    assert "ValueError: nobody hears us" in client.get(jobs).text

    client.post(jobs, {"action": "retry", "_selected_action": [Job.objects.get().pk]})

    assert Job.objects.due().get().attempts == 0


def test_an_editor_is_not_shown_what_the_machine_does(client, editor):
    client.force_login(editor)

    assert client.get(reverse("admin:foundations_job_changelist")).status_code == 403
