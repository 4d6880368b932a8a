"""Rows into the database by the shortest way it has: COPY into tables whose indexes and keys are made afterwards."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from operator import attrgetter
from typing import Any, NamedTuple

from django.core.management.color import no_style
from django.db import connection, models

INDEXES = """
    SELECT format('DROP INDEX %%I', c.relname), pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid::regclass::text = ANY(%s)
        AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
"""
# Unique ones, then foreign keys, which lean on them.
CONSTRAINTS = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
        format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint
    WHERE contype IN ('f', 'u') AND (conrelid::regclass::text = ANY(%s) OR confrelid::regclass::text = ANY(%s))
    ORDER BY contype DESC
"""


@contextmanager
def bare(tables: Sequence[str], say: Callable[[str], None]) -> Iterator[None]:
    """These tables without indexes and, in PostgreSQL, foreign and unique keys, which are checked as they come back."""
    with connection.cursor() as cursor:
        found = {"postgresql": _postgresql, "sqlite": _sqlite}[connection.vendor](cursor, list(tables))
        for drop, _make in reversed(found):
            cursor.execute(drop)
        yield
        say(f"{len(found)} indexes and keys")
        for _drop, make in found:
            cursor.execute(make)


def _postgresql(cursor: Any, tables: list[str]) -> list[tuple[str, str]]:
    """How each is dropped, and made again, in that order."""
    cursor.execute(
        "SET CONSTRAINTS ALL IMMEDIATE"
    )  # what waits to be checked keeps a table from being altered
    cursor.execute(INDEXES, [tables])
    indexes = cursor.fetchall()
    cursor.execute(CONSTRAINTS, [tables, tables])
    return [*indexes, *cursor.fetchall()]


def _sqlite(cursor: Any, tables: list[str]) -> list[tuple[str, str]]:
    cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
    return [(f'DROP INDEX "{name}"', sql) for table, name, sql in cursor.fetchall() if table in tables]


class Row(NamedTuple):
    """A row by its values, ten times cheaper to make than an instance. What is not named has the model's default."""

    model: type[models.Model]
    values: dict[str, Any]


class Table:
    """Where a model's rows go, and how its values are written there."""

    def __init__(self, model: type[models.Model]) -> None:
        self.name = model._meta.db_table
        fields = model._meta.concrete_fields
        self.columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
        self.places = {field.attname: place for place, field in enumerate(fields)}
        self.values_of = attrgetter(*self.places)
        self.adapted = [(place, way) for place, field in enumerate(fields) if (way := _adapter(field))]
        self.blank = list(self.values_of(model()))

    def written(self, row: Row | models.Model) -> list[Any]:
        values = self._of_row(row) if isinstance(row, Row) else list(self.values_of(row))
        for place, adapt in self.adapted:
            if values[place] is not None:
                values[place] = adapt(values[place])
        return values

    def write(self, cursor: Any, rows: list[list[Any]]) -> None:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(self.places))
            cursor.executemany(f"INSERT INTO {self.name} ({self.columns}) VALUES ({marks})", rows)
            return
        with cursor.copy(f"COPY {self.name} ({self.columns}) FROM STDIN (FREEZE)") as copy:
            for row in rows:
                copy.write_row(row)

    def _of_row(self, row: Row) -> list[Any]:
        values = self.blank.copy()
        for name, value in row.values.items():
            values[self.places[name]] = value
        return values


def _adapter(field: models.Field) -> Callable[[Any], Any] | None:
    """How values of this field are written, where the driver does not know."""
    if isinstance(field, models.JSONField):
        return lambda value: json.dumps(value, cls=field.encoder)
    if connection.vendor == "sqlite" and isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if connection.vendor == "sqlite" and isinstance(field, models.DateField):
        return str
    return None


class Bulk:
    """The empty tables of these models about to be filled, within one transaction. While the database writes some rows,
    the next are made."""

    def __init__(self, *filled: type[models.Model]) -> None:
        self.filled = {model: Table(model) for model in filled}

    @contextmanager
    def bare(self, say: Callable[[str], None]) -> Iterator[None]:
        tables = [table.name for table in self.filled.values()]
        with bare(tables, say), connection.cursor() as self.cursor, ThreadPoolExecutor(1) as self.writer:
            if connection.vendor == "postgresql":
                # What is cut short and filled in one transaction needs neither a log nor a vacuum afterwards.
                self.cursor.execute(f"TRUNCATE {', '.join(tables)}")
            self.written = self.writer.submit(self._write, {})
            yield
            self.written.result()
            for statement in connection.ops.sequence_reset_sql(no_style(), list(self.filled)):
                self.cursor.execute(statement)

    def add(self, rows: Iterable[Row | models.Model]) -> None:
        """Write these, each with its key, once those before them are written."""
        by_model: dict[type[models.Model], list[list[Any]]] = defaultdict(list)
        for row in rows:
            model = row.model if isinstance(row, Row) else type(row)
            by_model[model].append(self.filled[model].written(row))
        self.written.result()
        self.written = self.writer.submit(self._write, by_model)

    def _write(self, by_model: dict[type[models.Model], list[list[Any]]]) -> None:
        for model, rows in by_model.items():
            self.filled[model].write(self.cursor, rows)
