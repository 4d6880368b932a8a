"""Prepared queries: querysets of nearly every page, compiled to SQL once in the life of a process. Django compiles a
queryset each time it is evaluated, which takes several times as long as the database takes to answer it."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cached_property, partial
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

Rows = list[tuple[Any, ...]]
SQL = tuple[str, Sequence[Any]]  # and its values


class Param(NamedTuple):
    """What a prepared query is given each time it is run."""

    name: str


def param(name: str) -> Any:
    """In the place of a value: `.filter(section=param("section"))`."""
    return RawSQL("%s", [Param(name)])


def any_of(name: str) -> Any:
    """As many keys as there are when it is asked: `.filter(pk__in=any_of("keys"))`."""
    keys = "unnest(%s::bigint[])" if connection.vendor == "postgresql" else "value FROM json_each(%s)"
    return RawSQL(f"SELECT {keys}", [Param(name)])  # noqa: S611


def as_text(name: str) -> Cast:
    """This column as the database writes it. To read a moment as Django does takes 1 to 4 µs, of each of the hundred
    rows that are looked at to show a few; to read JSON as long."""
    return Cast(name, TextField())


def moment(text: str) -> datetime:
    """What `as_text` gives of a moment: SQLite's are in UTC and do not say so, PostgreSQL's sessions are."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class PreparedQuery:
    """A queryset of values with params in it. `make` makes it, when it is run for the first time.

    Its other values become part of the SQL: a prepared statement that had the state of an article as a parameter could
    not be answered from an index of the articles in that state.
    """

    def __init__(self, make: Callable[[], QuerySet[Any, Any]]) -> None:
        self._make = make

    def rows(self, **values: Any) -> Rows:
        """The rows, each value as its field would give it."""
        sql, names, read = self._compiled
        database = connections[DEFAULT_DB_ALIAS]  # looked for once, and not at each use of `connection`
        given = {name: _adapted(value, database) for name, value in values.items()}
        with _cursor(database) as cursor:
            cursor.execute(sql, [given[name] for name in names])
            return read(cursor.fetchall())

    @cached_property
    def _compiled(self) -> tuple[str, list[str], Callable[[Rows], Rows]]:
        compiler = self._make().query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_rest in compiler.select])
        names = [param.name for param in params if isinstance(param, Param)]
        return "".join(_filled(sql, params)), names, _reader(converters)


def _reader(converters: dict[int, tuple[list[Any], Any]]) -> Callable[[Rows], Rows]:
    """What turns rows as the database gives them into values of their fields."""
    if not converters:
        return list
    steps = [
        (position, partial(_converted, convert, expression))
        for position, (conversions, expression) in converters.items()
        for convert in conversions
    ]

    def read(rows: Rows) -> Rows:
        found = []
        for row in rows:
            values = list(row)
            for position, convert in steps:
                values[position] = convert(values[position])
            found.append(tuple(values))
        return found

    return read


def _converted(convert: Callable[..., Any], expression: Any, value: Any) -> Any:
    return convert(value, expression, connection)


def _cursor(database: Any) -> Any:
    """On PostgreSQL one that leaves the values to the server, so that it need not plan the query again. Everything else
    goes through Django's own, which writes values into the SQL."""
    if database.vendor != "postgresql":
        return database.cursor()
    from django.db.backends.postgresql.base import ServerBindingCursor  # needs psycopg

    database.ensure_connection()
    with database.wrap_database_errors:
        return database._prepare_cursor(ServerBindingCursor(database.connection))  # type: ignore[call-arg]


def _filled(sql: str, params: Any) -> Iterator[str]:
    first, *others = sql.split("%s")
    yield first
    for param, following in zip(params, others, strict=True):
        yield "%s" if isinstance(param, Param) else _literal(param)
        yield following


def _literal(constant: Any) -> str:
    """Numbers and words of our own code; nothing that a reader sends is ever part of the SQL."""
    if isinstance(constant, bool | None) or not isinstance(constant, int | str):
        raise TypeError(f"Make {constant!r} a param.")
    if isinstance(constant, int):
        return str(constant)
    return "'{}'".format(constant.replace("'", "''").replace("%", "%%"))


def _adapted(value: Any, database: Any) -> Any:
    if isinstance(value, datetime):
        return database.ops.adapt_datetimefield_value(value)
    if isinstance(value, list) and database.vendor == "sqlite":
        return json.dumps(value)
    return database.ops.adapt_datefield_value(value) if isinstance(value, date) else value
