"""Pages measured in turns: in every round each gets its own, so that a busy minute strikes all alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from benchmarks import awake
from benchmarks.load import CONNECTIONS, Outcome, load
from benchmarks.sites import Site

WARMING = 1.0  # seconds each page is asked for before anything is noted


@dataclass
class Measured:
    """One page of one site, over all rounds."""

    site: Site
    name: str
    path: str
    queries: int | None = None
    status: int = 200
    cookie: str = ""
    connections: int = CONNECTIONS
    paths: Sequence[str] = ()  # asked for one after the other, where they are many
    outcomes: list[Outcome] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)  # milliseconds a request, one figure a round

    def measure(self, seconds: float) -> None:
        self.site.settle()
        before = self.site.cpu_seconds()
        outcome = self.ask(seconds)
        if not outcome.requests:  # a machine so busy that nobody was answered in the time
            return self.measure(seconds * 2)
        self.cpu.append((self.site.cpu_seconds() - before) * 1000 / outcome.requests)
        self.outcomes.append(outcome)

    def ask(self, seconds: float) -> Outcome:
        how = {"status": self.status, "cookie": self.cookie, "connections": self.connections}
        return load(self.site.address + self.path, seconds, paths=self.paths, **how)

    def row(self) -> dict[str, Any]:
        """Medians of the rounds; `swing` is half the range of the CPU figures over their median."""
        figures = {name: round(median(getattr(o, name) for o in self.outcomes), 3) for name in FIGURES}
        cpu, widest = median(self.cpu), (max(self.cpu) - min(self.cpu)) / 2
        own = {"name": self.name, "cpu": round(cpu, 4), "swing": round(widest / cpu, 3) if cpu else 0}
        return own | figures | {"queries": self.queries, "bytes": self._size()}

    def _size(self) -> int:
        """Bytes of the compressed body."""
        asked = {"Accept-Encoding": "gzip", **({"Cookie": self.cookie} if self.cookie else {})}
        try:
            with urlopen(Request(self.site.address + self.path, headers=asked)) as answer:
                return len(answer.read())
        except HTTPError as answer:
            return len(answer.read())


FIGURES = ("rate", "p50", "p95", "p99")


def in_turns(measured: Sequence[Measured], rounds: int, seconds: float) -> list[dict[str, Any]]:
    with awake.processors():
        for one in measured:
            one.site.settle()
            one.ask(WARMING)
        for number in range(rounds):
            print(f"Round {number + 1} of {rounds}: {len(measured)} pages of {seconds} s …", flush=True)
            for one in measured:
                one.measure(seconds)
    return [one.row() for one in measured]
