"""What the kept figures promise of machines we have not got: arithmetic, which docs/performance.md shows."""

from dataclasses import dataclass
from statistics import mean
from typing import Any

from benchmarks import results

USED = 0.6  # of the processors; the rest is for peaks, the database's own work and the machine
LINE = 1e9 / 8 * 0.8  # bytes a second through a gigabit
HEADERS = 900  # bytes around each answer
PEAK = 3  # the busiest hour over the mean of the day
OFFLOADED = 0.95  # of readers' pages a delivery network answers itself
READ = ["front", "section", "article, 20 comments", "contributor", "tag"]
MACHINES = {"one machine of 2 processors": (1, 2), "one machine of 8": (1, 8), "four nodes of 8": (4, 8)}

HEAD = (
    "| | by processors, a second | by the line, a second | pages a day | with a delivery network |",
    "| --- | --: | --: | --: | --: |",
)


@dataclass(frozen=True)
class Costs:
    """CPU milliseconds of a kept page, of one made anew, the share of kept ones while others write, bytes sent."""

    kept: float
    made: float
    hits: float
    sent: float

    @property
    def page(self) -> float:
        return self.hits * self.kept + (1 - self.hits) * self.made

    @classmethod
    def measured(cls, database: str) -> "Costs | None":
        """In the largest archive of this database that all three have been measured with."""
        runs = {what: _by_size(what, database) for what in ("pages", "cached", "mixed")}
        sizes = set.intersection(*(set(found) for found in runs.values()))
        if not sizes:
            return None
        made, kept, mixed = (runs[what][max(sizes)] for what in runs)
        beside = next(row for row in mixed["rows"] if row["name"].startswith("reading while"))
        return cls(_mean(kept, "cpu"), _mean(made, "cpu"), beside["hit_rate"], _mean(made, "bytes") + HEADERS)


def table(database: str) -> str:
    """Empty while there are no figures."""
    costs = Costs.measured(database)
    if not costs:
        return ""
    made = f"{costs.hits:.4f} × {costs.kept:.3f} + {1 - costs.hits:.4f} × {costs.made:.2f}"
    sums = (
        f"{database}: a kept page costs {costs.kept:.3f} ms, one made anew {costs.made:.2f} ms, "
        f"and {costs.hits:.1%} are kept: {made} = **{costs.page:.3f} ms a page**, "
        f"of {costs.sent / 1000:.1f} kB with its headers."
    )
    return "\n".join([sums, "", *HEAD, *(_line(name, costs, *size) for name, size in MACHINES.items())])


def _line(name: str, costs: Costs, nodes: int, processors: int) -> str:
    """A machine, by whichever of the two gives out first."""
    by_processor, by_line = nodes * processors * 1000 * USED / costs.page, nodes * LINE / costs.sent
    day = min(by_processor, by_line) * 86_400 / PEAK
    beyond = day / (1 - OFFLOADED)
    return f"| {name} | {by_processor:,.0f} | {by_line:,.0f} | {day / 1e6:,.0f} million | {beyond / 1e9:,.1f} billion |"


def _mean(run: dict[str, Any], figure: str) -> float:
    return mean(row[figure] for row in run["rows"] if row["name"] in READ)


def _by_size(what: str, database: str) -> dict[int, dict[str, Any]]:
    return {run["stories"]: run for run in results.kept(what) if run["database"] == database}
