"""The kept figures as drawings in docs/img/."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from benchmarks import results, svg

FOLDER = Path(__file__).parents[1] / "docs" / "img"
DRAWN = [
    "front", "section", "section, half way down", "small section under a big one", "article, 20 comments", "contributor",
    "tag",
]  # fmt: skip
ASKED = [
    "search, common word",
    "search, rare word",
    "search, phrase",
    "desk: stories",
    "desk: a story's form",
]
ASKED += ["desk: comments waiting"]


def draw() -> None:
    for database in ("PostgreSQL", "SQLite"):
        name, ours = database.lower(), [run for run in results.kept("pages") if run["database"] == database]
        if ours:
            _put(
                f"pages-{name}",
                svg.curves(f"CPU ms of an uncached page, {database}", growth(ours, DRAWN, "cpu")),
            )
            _put(f"ratios-{name}", ratios(ours[-1]))
        if desk := [run for run in results.kept("desk") if run["database"] == database]:
            title = f"What one person waits for, p95 in ms, {database}"
            _put(f"desk-{name}", svg.curves(title, growth(desk, ASKED, "p95"), mark=200, marked="200 ms"))


def growth(
    runs: Iterable[Mapping[str, Any]], names: list[str], figure: str
) -> dict[str, list[tuple[float, float]]]:
    """Each page's figure by the number of stories."""
    points: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    for run in runs:
        for row in run["rows"]:
            if row["name"] in points:
                points[row["name"]].append((run["stories"], row[figure]))
    return {name: series for name, series in points.items() if series}


def ratios(run: Mapping[str, Any]) -> str:
    """How many empty views a page costs."""
    nothing = next(row["cpu"] for row in run["rows"] if row["name"] == "empty view")
    values = {row["name"]: row["cpu"] / nothing for row in run["rows"] if row["name"] in DRAWN}
    title = (
        f"An uncached page's CPU over an empty Django view's, {run['database']}, {run['articles']:,} stories"
    )
    return svg.bars(title, values, mark=10, marked="the goal: 10")


def _put(name: str, drawing: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"performance-{name}.svg").write_text(drawing)
