"""Measures the newsroom on both databases and prints a table: `python -m benchmarks [--rounds N] [--seconds N]`."""

import argparse
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.request import Request, urlopen

from benchmarks import sites
from benchmarks.load import Outcome, generator, load
from benchmarks.sites import Page, Site

WARMING = 1.0  # seconds each page is asked for before anything is noted

HEAD = (
    "| page | database | requests/s | p50 ms | p99 ms | CPU ms a request | queries | bytes sent | swing |\n"
    "| --- | --- | --: | --: | --: | --: | --: | --: | --: |"
)


@dataclass
class Measured:
    """One page of one site, over all rounds."""

    site: Site
    page: Page
    outcomes: list[Outcome] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)  # milliseconds a request, one figure a round

    @property
    def url(self) -> str:
        return self.site.address + self.page.path

    def measure(self, seconds: float) -> None:
        before = self.site.cpu_seconds()
        outcome = load(self.url, seconds)
        self.cpu.append((self.site.cpu_seconds() - before) * 1000 / outcome.requests)
        self.outcomes.append(outcome)

    def row(self) -> str:
        """Medians of the rounds; swing is half the range of the CPU figure over its median."""
        rate, p50, p99 = (median(getattr(o, name) for o in self.outcomes) for name in ("rate", "p50", "p99"))
        swing = (max(self.cpu) - min(self.cpu)) / 2 / median(self.cpu)
        queries = "–" if self.page.queries is None else self.page.queries
        return (
            f"| {self.page.name} | {self.site.database} | {rate:,.0f} | {p50:.1f} | {p99:.1f} | {median(self.cpu):.2f} "
            f"| {queries} | {size(self.url):,} | ±{swing:.0%} |"
        )


def size(url: str) -> int:
    with urlopen(Request(url, headers={"Accept-Encoding": "gzip"})) as response:
        return len(response.read())


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--rounds", type=int, default=5, choices=range(1, 21), metavar="1-20")
    options.add_argument("--seconds", type=int, default=4, choices=range(1, 31), metavar="1-30")
    asked = options.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-benchmark-")))
        running = [
            stack.enter_context(sites.sqlite(folder / "sqlite")),
            stack.enter_context(sites.postgresql(folder / "postgresql")),
        ]
        measured = [Measured(site, page) for site in running for page in site.pages]
        for one in measured:
            load(one.url, WARMING)
        for number in range(asked.rounds):
            print(f"Round {number + 1} of {asked.rounds} …", flush=True)
            for (
                one
            ) in measured:  # one after the other in every round, so that a busy minute strikes all alike
                one.measure(asked.seconds)
        print(f"\nLoad by {generator()}, {asked.rounds} rounds of {asked.seconds} s:\n\n{HEAD}")
        print("\n".join(one.row() for one in measured))


if __name__ == "__main__":
    main()
