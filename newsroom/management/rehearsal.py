"""A rehearsal: everything is done in a copy of the database that nobody else sees, and nothing of it stays.

Not in a transaction of the live one that is undone: on SQLite it would hold the only write lock for minutes, and on
PostgreSQL whoever makes the same tag, section or reader meanwhile would wait for its end.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from newsroom.foundations.db import contention
from newsroom.transfer.wordpress.importing.pictures import FilesNowhere

UNNAMED = "file:"  # SQLite keeps such a database in a file without a name, which is gone when it is closed


@contextmanager
def rehearsal() -> Iterator[None]:
    """Whatever happens inside leaves neither rows nor files, rings no bell, and has nobody wait."""
    copied = {"sqlite": _copied_file, "postgresql": _copied_tables}[connection.vendor]
    with FilesNowhere(), copied():
        yield


@contextmanager
def _copied_file() -> Iterator[None]:
    """All queries of this thread go to a copy of the file. Readers and writers of the file itself go on."""
    live = connections[DEFAULT_DB_ALIAS]
    live.validate_no_atomic_block()  # half a transaction cannot be copied
    live.ensure_connection()
    copy = type(live)({**live.settings_dict, "NAME": UNNAMED}, DEFAULT_DB_ALIAS)
    copy.ensure_connection()
    live.connection.backup(copy.connection)
    connections[DEFAULT_DB_ALIAS] = copy
    try:
        with _undone():
            yield
    finally:
        connections[DEFAULT_DB_ALIAS] = live
        copy.close()


@contextmanager
def _copied_tables() -> Iterator[None]:
    """Every table is hidden behind a temporary copy of the same name, which PostgreSQL finds first."""
    with _undone(), connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        [schema] = cursor.fetchone()
        cursor.execute("DISCARD PLANS")  # they were made for the live tables
        for table in map(connection.ops.quote_name, connection.introspection.table_names(cursor)):
            cursor.execute(
                f"CREATE TEMPORARY TABLE {table} (LIKE {schema}.{table} INCLUDING ALL) ON COMMIT DROP"
            )
            cursor.execute(f"INSERT INTO pg_temp.{table} SELECT * FROM {schema}.{table}")  # noqa: S608 - our names
            cursor.execute(f"ANALYZE pg_temp.{table}")
        for statement in connection.ops.sequence_reset_sql(
            no_style(), apps.get_models(include_auto_created=True)
        ):
            cursor.execute(statement)
        with contention.on_copies():
            yield


@contextmanager
def _undone() -> Iterator[None]:
    """A transaction that is never committed, so that nothing is sent which a commit would send."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
