"""The kept figures as tables in docs/performance.md, between marks that only this command writes between."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import paper, results

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
Run = dict[str, Any]
COLUMNS = {  # of a single run, as it is printed
    "name": "", "stories": "stories",
    "cpu": "CPU ms", "swing": "swing", "rate": "a second", "p50": "p50 ms", "p95": "p95 ms", "p99": "p99 ms",
    "queries": "queries", "bytes": "bytes", "hit_rate": "hits", "samples": "samples",
}  # fmt: skip


def write() -> None:
    text = PAGE.read_text()
    for what, table in TABLES.items():
        text = between_marks(text, what, "\n\n".join(table(*found) for found in _by_database(what)))
    text = between_marks(text, "paper", "\n\n".join(filter(None, map(paper.table, ("PostgreSQL", "SQLite")))))
    PAGE.write_text(text)


def between_marks(text: str, name: str, drawn: str) -> str:
    """The text with this between `<!-- name -->` and `<!-- /name -->`; what is outside is ours to write by hand."""
    before, start, rest = text.partition(f"<!-- {name} -->\n")
    _old, end, after = rest.partition(f"<!-- /{name} -->")
    if not end:
        raise ValueError(f"docs/performance.md has no place marked “{name}”.")
    return f"{before}{start}{drawn}\n{end}{after}"


def lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    """One run as a table, for the terminal."""
    columns = [name for name in COLUMNS if any(name in row for row in rows)]
    yield _table(
        [COLUMNS[name] for name in columns], ([_cell(name, row) for name in columns] for row in rows)
    )


def pages(database: str, runs: list[Run]) -> str:
    """What each page costs in every archive, and in the largest also how long it takes."""
    last, nothing = runs[-1], _rows(runs[-1])["empty view"]
    head = [
        f"{database}: uncached", *(f"CPU ms, {size(run)}" for run in runs), "× empty view", "p99 ms", "a second",
        "queries", "kB sent",
    ]  # fmt: skip
    return _described(
        last,
        _table(
            head,
            (
                [
                    name, *(_number(_rows(run).get(name), "cpu") for run in runs), f"{row['cpu'] / nothing['cpu']:.1f}",
                    f"{row['p99']:.1f}", f"{row['rate']:,.0f}", str(row["queries"]), f"{row['bytes'] / 1000:.1f}",
                ]
                for name, row in _rows(last).items()
            ),
        ),
    )  # fmt: skip


def growth(database: str, runs: list[Run]) -> str:
    """Each page in archives of every size, over the empty views measured beside it."""
    last = runs[-1]
    cpu: dict[str, dict[int, float]] = {}
    for row in last["rows"]:
        cpu.setdefault(row["name"], {})[row["stories"]] = row["cpu"]
    sizes = sorted(next(iter(cpu.values())))[1:]
    names = [size({"stories": articles}) for articles in sizes]
    head = [f"{database}: uncached", "empty view", *(f"CPU ms, {name}" for name in names)]
    head += [f"× empty view, {name}" for name in names] + ["dearest over cheapest"]
    rows = []
    for page, found in cpu.items():
        figures = [found[articles] for articles in sizes]
        shares = [f"{figure / found[0]:.1f}" for figure in figures]
        widest = f"{max(figures) / min(figures):.2f}"
        rows.append([page, f"{found[0]:.2f}", *(f"{figure:.2f}" for figure in figures), *shares, widest])
    return _described(last, _table(head, rows))


def cached(database: str, runs: list[Run]) -> str:
    last, nothing = runs[-1], _rows(runs[-1])["empty view"]
    head = [f"{database}: from the page cache, {size(last)}", "CPU ms", "× empty view", "p99 ms", "a second"]
    rows = (
        [
            name,
            f"{row['cpu']:.3f}",
            f"{row['cpu'] / nothing['cpu']:.2f}",
            f"{row['p99']:.1f}",
            f"{row['rate']:,.0f}",
        ]
        for name, row in _rows(last).items()
    )
    return _described(last, _table(head, rows))


def waits(database: str, runs: list[Run]) -> str:
    """Half of the answers, and nearly all, by the size of the archive."""
    head = [f"{database}: p50 / p95 ms", *(size(run) for run in runs), f"CPU ms, {size(runs[-1])}"]
    rows = (
        [
            name,
            *(_pair(_rows(run).get(name)) for run in runs),
            _number(_rows(runs[-1]).get(name), "cpu"),
        ]
        for name in _rows(runs[-1])
    )
    return _described(runs[-1], _table(head, rows))


def together(database: str, runs: list[Run]) -> str:
    last = runs[-1]
    head = [
        f"{database}: {size(last)} stories, {last['seconds']} s",
        "a second",
        "hits",
        "p50 ms",
        "p95 ms",
        "p99 ms",
    ]
    rows = (
        [
            row["name"],
            f"{row['rate']:,.0f}" if "rate" in row else f"{row['samples'] / last['seconds']:.2f}",
            f"{row['hit_rate']:.2%}" if "hit_rate" in row else "–",
            *(f"{row[share]:.1f}" for share in ("p50", "p95", "p99")),
        ]
        for row in last["rows"]
    )
    return _described(last, _table(head, rows))


def beside_files(database: str, runs: list[Run]) -> str:
    """Each way over nginx's files of the same page."""
    last = runs[-1]
    found = _rows(last)
    head = [f"{database}: {size(last)} stories", "CPU ms", "× file", "p99 ms", "a second", "× file"]
    rows = []
    for name, row in found.items():
        file = found[f"{name.partition(':')[0]}: file"]
        shares = [f"{row[what] / file[what]:.2f}" for what in ("cpu", "rate")]
        rows.append(
            [name, f"{row['cpu']:.3f}", shares[0], f"{row['p99']:.1f}", f"{row['rate']:,.0f}", shares[1]]
        )
    return _described(last, _table(head, rows))


TABLES: dict[str, Callable[[str, list[Run]], str]] = {
    "pages": pages,
    "growth": growth,
    "cached": cached,
    "nginx": beside_files,
    "desk": waits,
    "verbs": waits,
    "mixed": together,
}


def size(run: Run) -> str:
    number = run["stories"]
    return f"{number // 10**6}M" if number >= 10**6 else f"{number // 1000}k"


def _by_database(what: str) -> Iterator[tuple[str, list[Run]]]:
    runs = list(results.kept(what))
    for database in sorted({run["database"] for run in runs}):
        yield database, [run for run in runs if run["database"] == database]


def _rows(run: Run) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in run["rows"]}


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    written = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in written)


def _described(run: Run, table: str) -> str:
    """The table, and below it where and when it was measured."""
    rounds = (
        f"{run['rounds']} rounds of {run['seconds']} s by {run['generator']}, "
        if run["what"] != "mixed"
        else ""
    )
    machine = f"{run['processors']} processors ({run['cpu']})"
    return f"{table}\n\n*{run['taken'][:10]}, commit {run['commit']}, {rounds}{machine}, load average {run['load']:.1f}.*"


def _cell(name: str, row: dict[str, Any]) -> str:
    value = row.get(name)
    if value is None:
        return "–"
    if name in {"swing", "hit_rate"}:
        return f"{value:.1%}"
    return value if name == "name" else f"{value:,}" if isinstance(value, int) else f"{value:,.3g}"


def _number(row: dict[str, Any] | None, name: str) -> str:
    return f"{row[name]:.2f}" if row else "–"


def _pair(row: dict[str, Any] | None) -> str:
    return f"{row['p50']:.0f} / {row['p95']:.0f}" if row else "–"
