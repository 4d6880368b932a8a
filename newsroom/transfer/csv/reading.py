"""A CSV file as a stream of rows with our names for their columns. Knows no models.

Like an export, a table is read twice: `check()` refuses it whole before anything is written, `read()` hands out rows.
"""

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

LONGEST_FIELD = 1_000_000  # characters
LONGEST_LINE = 2_000_000  # characters; a field may hold many lines
MOST_COLUMNS = 200
NAMES = {
    "headline": "headline title",
    "body": "body text content",
    "date": "date published published_at publish_at pubdate",
    "url": "url link address",
    "standfirst": "standfirst excerpt summary description",
    "section": "section category",
    "bylines": "bylines byline author authors",
    "tags": "tags keywords",
    "kicker": "kicker",
    "kind": "kind type",
    "slug": "slug",
    "state": "state status",
    "dateline": "dateline place",
}
MEANINGS = {spelling: name for name, spellings in NAMES.items() for spelling in spellings.split()}
NEEDED = ("headline", "body", "date")


class BrokenTable(Exception):
    """The file as a whole is not a table of stories; nothing of it may be brought in."""


@dataclass(frozen=True)
class Row:
    """One story as the table has it; `number` counts the rows below the line of names. `fault` says what is wrong."""

    number: int
    values: Mapping[str, str]
    fault: str = ""


def check(path: Path, renamed: Mapping[str, str]) -> int:
    """How many rows the table has. Raises BrokenTable when any of it cannot be read as a table."""
    return sum(1 for _row in read(path, renamed))


def read(path: Path, renamed: Mapping[str, str]) -> Iterator[Row]:
    """Every row. `renamed` says what columns mean that have names of their own. Raises BrokenTable."""
    with _opened(path) as file, _long_fields():
        reader = csv.reader(_lines(file, path), strict=True)
        try:
            names = _names(next(reader, []), renamed, path)
            for number, cells in enumerate((row for row in reader if row), 1):
                yield _row(number, cells, names)
        except csv.Error as error:
            raise BrokenTable(f"{path.name}, line {reader.line_num}: {error}.") from error


def _row(number: int, cells: list[str], names: list[str]) -> Row:
    fault = "" if len(cells) == len(names) else f"it has {len(cells)} cells instead of {len(names)}"
    return Row(number, {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}, fault)


def _names(header: list[str], renamed: Mapping[str, str], path: Path) -> list[str]:
    """Our name for each column, "" for those we have no use for."""
    if len(header) > MOST_COLUMNS:
        raise BrokenTable(f"{path.name} has {len(header)} columns; at most {MOST_COLUMNS} are read.")
    columns = [cell.strip().lower() for cell in header]
    if unknown := set(renamed) - set(columns):
        raise BrokenTable(f"{path.name} has no column “{'”, “'.join(sorted(unknown))}”.")
    names = [renamed.get(column) or MEANINGS.get(column, "") for column in columns]
    if missing := [name for name in NEEDED if name not in names]:
        here = ", ".join(columns) or "nothing"
        raise BrokenTable(
            f"{path.name} has no column for {' and '.join(missing)}; its first line names {here}."
        )
    if doubled := sorted({name for name in names if name and names.count(name) > 1}):
        raise BrokenTable(
            f"{path.name} has more than one column for {' and '.join(doubled)}; use --map to choose."
        )
    return names


def _lines(file: IO[bytes], path: Path) -> Iterator[str]:
    """The lines of the file, decoded one by one, so that a complaint can name the line."""
    for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
        if len(line) >= LONGEST_LINE:
            raise BrokenTable(f"{path.name}, line {number}: longer than {LONGEST_LINE:,} bytes.")
        if b"\0" in line:
            raise BrokenTable(f"{path.name}, line {number}: holds a NUL byte, so it is not text.")
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise BrokenTable(
                f"{path.name}, line {number}: byte {error.start + 1} is not UTF-8. Save the table as UTF-8."
            ) from error


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise BrokenTable(f"{path} cannot be read: {error.strerror}.") from error
    with file:
        yield file


@contextmanager
def _long_fields() -> Iterator[None]:
    """The csv module has one limit for the whole process."""
    before = csv.field_size_limit(LONGEST_FIELD)
    try:
        yield
    finally:
        csv.field_size_limit(before)
