"""What the environment says becomes settings that are safe by default, or one clear sentence."""

import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom import environment

ROOT = Path(__file__).parents[3]
READ = "import json, sys; from newsroom import settings; print(json.dumps([getattr(settings, n) for n in sys.argv[1:]]))"


def machine(folder, **variables):
    """The environment of a machine on which nothing but these is set."""
    return {"PATH": os.environ["PATH"], "DATA_DIR": str(folder), **variables}


def manage(*words, env):
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)


def settings(*names, env):
    command = [sys.executable, "-c", READ, *names]
    return json.loads(subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=True).stdout)


# The engine of the outbox


@pytest.mark.parametrize("path", ["Outbox", "not_installed.Backend"])
def test_an_engine_that_is_not_there_is_named_in_one_sentence(tmp_path, path):
    refused = manage("check", env=machine(tmp_path, TASKS_BACKEND=path))

    assert refused.returncode == 1
    assert refused.stderr.startswith("TASKS_BACKEND must be")
    assert "Traceback" not in refused.stderr


# The secret key


def test_a_secret_key_is_made_once_and_only_its_owner_may_read_it(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY")

    first = environment.secret_key(tmp_path, embedded=True)
    second = environment.secret_key(tmp_path, embedded=True)

    assert first == second
    assert len(first) >= 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_processes_starting_at_once_agree_on_the_key(tmp_path):
    def key(_number):
        return settings("SECRET_KEY", env=machine(tmp_path / "new"))[0]

    with ThreadPoolExecutor(4) as starting:
        keys = set(starting.map(key, range(4)))

    assert len(keys) == 1
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["secret_key"]


def test_an_empty_key_file_is_not_a_key(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY")
    (tmp_path / "secret_key").write_text("\n")

    assert len(environment.secret_key(tmp_path, embedded=True)) >= 50


def test_a_key_from_the_environment_writes_no_file(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "given")

    assert environment.secret_key(tmp_path, embedded=True) == "given"
    assert not list(tmp_path.iterdir())


def test_postgresql_demands_a_secret_key_in_one_sentence(tmp_path):
    refused = manage("check", env=machine(tmp_path, DATABASE_URL="postgresql://db.example/newsroom"))

    assert refused.returncode == 1
    assert refused.stderr.startswith("Set SECRET_KEY")
    assert "Traceback" not in refused.stderr


def test_a_folder_that_cannot_hold_the_key_is_said_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("not a folder")

    refused = manage("check", env=machine(tmp_path / "file" / "var"))

    assert refused.returncode == 1
    assert "Set DATA_DIR to a folder that can be written" in refused.stderr
    assert "Traceback" not in refused.stderr


# The database


def test_without_a_database_url_the_newsroom_is_one_durable_file(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)

    database = environment.database(tmp_path / "newsroom.sqlite3")

    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == tmp_path / "newsroom.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        assert pragma in database["OPTIONS"]["init_command"]


def test_a_database_url_is_read_whole(monkeypatch):
    url = "postgresql://press:p%40ss%2Fword@db.example:6432/the%20paper?sslmode=require"
    monkeypatch.setenv("DATABASE_URL", url)

    database = environment.database(Path("unused"))

    assert {key: database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "the paper",
        "USER": "press",
        "PASSWORD": "p@ss/word",
        "HOST": "db.example",
        "PORT": 6432,
    }
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["pool"]["max_size"] > 1


def test_a_database_url_may_name_a_socket(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://press@/paper?host=/run/postgresql")

    database = environment.database(Path("unused"))

    assert database["HOST"] == "/run/postgresql"
    assert "host" not in database["OPTIONS"]


@pytest.mark.parametrize(("said", "threshold"), [("", 2), ("?prepared=no", None), ("?prepared=yes", 2)])
def test_statements_are_prepared_unless_a_pooler_in_between_forbids_it(monkeypatch, said, threshold):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://press@db.example/paper{said}")

    options = environment.database(Path("unused"))["OPTIONS"]

    assert options["prepare_threshold"] == threshold
    assert ("plan_cache_mode" in options.get("options", "")) == bool(threshold)
    assert "prepared" not in options


def test_a_database_url_may_name_a_file(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/the%20paper.sqlite3")

    assert str(environment.database(Path("unused"))["NAME"]).endswith("/srv/the paper.sqlite3")


# What cannot be meant

MISTAKES = {
    "DATABASE_URL": [
        "mysql://db.example/paper",
        "db.example",
        "postgresql://db.example:many/paper",
        "postgresql://db.example/paper?prepared=perhaps",
    ],
    "SITE_ADDRESS": [
        "news.example.org",
        "ftp://news.example.org",
        "https://news.example.org/blog",
        "http://[::1",
    ],
    "DEBUG": ["perhaps"],
    "PROXIES": ["one", "1.5"],
    "TIME_ZONE": ["Mars/Olympus", "America", "../zone"],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in MISTAKES.items() for value in values]
)
def test_a_mistake_is_named_in_one_clear_sentence(tmp_path, name, value):
    refused = manage("check", env=machine(tmp_path, **{name: value}))

    assert refused.returncode == 1
    assert name in refused.stderr
    assert "Traceback" not in refused.stderr


def test_blank_means_unset(tmp_path):
    blank = dict.fromkeys(["DATABASE_URL", "SITE_ADDRESS", "DEBUG", "PROXIES", "TIME_ZONE", "REDIS_URL"], "")

    address, zone, debug = settings("SITE_ADDRESS", "TIME_ZONE", "DEBUG", env=machine(tmp_path, **blank))

    assert (address, zone, debug) == ("http://127.0.0.1:8000", "UTC", False)


# Safe by default

GUARDS = (
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
)


def test_what_needs_https_is_on_when_the_site_has_it(tmp_path):
    guards = settings(*GUARDS, env=machine(tmp_path, SITE_ADDRESS="https://news.example"))

    assert all(guards)


def test_on_plain_http_everything_still_works(tmp_path):
    guards = settings(*GUARDS, env=machine(tmp_path, SITE_ADDRESS="http://127.0.0.1:8000"))

    assert not any(guards)


def test_a_forwarded_scheme_is_believed_only_behind_a_proxy(tmp_path):
    alone = settings("SECURE_PROXY_SSL_HEADER", env=machine(tmp_path))
    behind = settings("SECURE_PROXY_SSL_HEADER", env=machine(tmp_path, PROXIES="1"))

    assert alone == [None]
    assert behind == [["HTTP_X_FORWARDED_PROTO", "https"]]


def test_the_deployment_check_has_nothing_to_say(tmp_path):
    production = machine(tmp_path, SITE_ADDRESS="https://news.example")

    checked = manage("check", "--deploy", "--fail-level", "DEBUG", env=production)

    assert checked.stdout.strip() == "System check identified no issues (0 silenced)."
    assert checked.returncode == 0


# Caches in front


def test_caches_in_front_are_addresses_and_their_keys_are_elsewhere(tmp_path):
    caches = "fastly://SU1Z0isx, varnish://10.0.0.1:6081"

    env = machine(tmp_path, CACHES_IN_FRONT=caches, FASTLY_TOKEN="secret")

    assert settings("CACHES_IN_FRONT", env=env) == [["fastly://SU1Z0isx", "varnish://10.0.0.1:6081"]]


@pytest.mark.parametrize(
    ("caches", "why"),
    [
        ("squid://10.0.0.1", "we can speak to nginx, varnish, fastly, cloudflare"),
        ("fastly://secret@SU1Z0isx", "without keys"),
        ("fastly://SU1Z0isx", "set FASTLY_TOKEN"),
        ("cloudflare://023e", "set CLOUDFLARE_TOKEN"),
    ],
)
def test_a_cache_in_front_that_cannot_be_told_stops_the_start(monkeypatch, caches, why):
    monkeypatch.setenv("CACHES_IN_FRONT", caches)

    with pytest.raises(ImproperlyConfigured, match=why) as refusal:
        environment.caches_in_front()

    assert "secret" not in str(refusal.value)
