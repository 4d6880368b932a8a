"""A PostgreSQL of our own whose data stays in a folder, for archives that take minutes to fill."""

from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from tests import postgres

# As on a machine of a few gigabytes. No replica follows, so what is copied into new tables needs no log.
SETTINGS = {
    "shared_buffers": "1GB",
    "max_wal_size": "4GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def postgresql(folder: Path) -> str:
    """Start the server whose data is in this folder, made on the first day; it stops with the last process that asked.
    The DATABASE_URL of its one database."""
    pgserver = postgres.package(folder.with_name("locks"))
    is_new = not (folder / "PG_VERSION").exists()
    folder.mkdir(parents=True, exist_ok=True)
    server = pgserver.get_server(folder, cleanup_mode="stop")
    if is_new:
        for name, value in SETTINGS.items():
            server.psql(f"ALTER SYSTEM SET {name} = '{value}'")
        server.psql("CREATE DATABASE newsroom")
        server.cleanup()
        return postgresql(folder)
    host = conninfo_to_dict(server.get_uri())["host"]
    return f"postgresql://postgres@/newsroom?host={host}"


def postmaster(folder: Path) -> int:
    """The process all others of the server descend from."""
    return int((folder / "postmaster.pid").read_text().split()[0])
