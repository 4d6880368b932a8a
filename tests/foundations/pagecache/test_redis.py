"""A Redis is the shared cache where there is one; a Redis that has died is a miss, never a broken page."""

import shutil
import subprocess

import pytest
from django.core.cache import cache

from tests import make
from tests.newsroom.house.test_settings import machine
from tests.newsroom.house.test_settings import settings as settings_of
from tests.servers import free_port, wait_until_listening


@pytest.fixture
def redis(tmp_path, settings):
    """A real Redis which the settings, read from the environment, point to."""
    program = shutil.which("redis-server")
    if not program:
        pytest.skip("redis-server is not installed; `apt-get install redis-server` lets these tests run")
    port = free_port()
    command = [program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(tmp_path)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    wait_until_listening(server, port, seconds=10)
    [settings.CACHES] = settings_of("CACHES", env=machine(tmp_path, REDIS_URL=f"redis://127.0.0.1:{port}/0"))
    yield server
    server.kill()
    server.wait()


def kill(server):
    server.kill()
    server.wait()


def test_what_one_worker_stores_another_reads(redis, settings):
    cache.set("edition", {"number": 42})
    settings.CACHES = dict(settings.CACHES)  # a worker with connections of its own

    assert cache.get("edition") == {"number": 42}


def test_a_redis_that_died_is_a_miss(redis):
    cache.set("edition", 42)

    kill(redis)

    assert cache.get("edition") is None
    assert cache.get("edition", "none yet") == "none yet"


def test_a_redis_that_died_forgets_writes_without_a_word(redis):
    kill(redis)

    cache.set("edition", 43)
    cache.add("edition", 44)
    cache.delete("edition")


def test_the_desk_stays_open_when_redis_has_died(redis, client, editor):
    article = make.article("draft")
    kill(redis)

    welcome = client.post("/admin/login/", {"username": editor.username, "password": "correct horse"})
    preview = client.post(f"/admin/articles/article/{article.pk}/preview/", {"headline": "Ports reopen"})

    assert welcome.status_code == 302
    assert preview.status_code == 200


def test_a_wrong_password_is_just_that_when_redis_has_died(redis, client, editor):
    kill(redis)

    refused = client.post("/admin/login/", {"username": editor.username, "password": "wrong"})

    assert refused.status_code == 200


def test_readers_read_and_write_when_redis_has_died(redis, client, db):
    article = make.article()
    kill(redis)

    assert client.get("/").status_code == 200
    assert client.get(f"/comments/{article.pk}/new/").status_code == 200
