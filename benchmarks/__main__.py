"""Measures the newsroom: `python -m benchmarks pages --stories 100000`. README.md beside this file says which commands
there are; each ends by itself and keeps one small file under results/."""

import argparse
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from benchmarks import growth, mixed, nginx, plots, results, sites, tables
from benchmarks.load import generator
from benchmarks.measuring import Measured, in_turns
from benchmarks.sites import Archive

DATABASES = {"sqlite": ["SQLite"], "postgresql": ["PostgreSQL"], "both": ["SQLite", "PostgreSQL"]}
UNCACHED = {"PAGE_CACHE_MEGABYTES": "0"}
CROWD = 16  # connections that ask for what is kept
SAMPLES = 10  # of each verb, in a round


def pages(archive: Archive, asked: argparse.Namespace) -> list[dict[str, Any]]:
    """Every kind of public page made anew for each request, beside a Django view that says nothing."""
    found = archive.ask("benchmarks.urls", "readers")
    with ExitStack() as stack:
        site = stack.enter_context(archive.served(**UNCACHED))
        nothing = stack.enter_context(sites.empty())
        measured = [Measured(nothing, "empty view", "/", 0)]
        measured += [Measured(site, name, **page) for name, page in found.items()]
        return in_turns(measured, asked.rounds, asked.seconds)


def cached(archive: Archive, asked: argparse.Namespace) -> list[dict[str, Any]]:
    """The same from the page cache: everything but the search, which is never kept, and what is asked for once."""
    found = archive.ask("benchmarks.urls", "readers")
    with ExitStack() as stack:
        site = stack.enter_context(archive.served())
        nothing = stack.enter_context(sites.empty())
        measured = [Measured(nothing, "empty view", "/", 0, connections=CROWD)]
        measured += [
            Measured(site, name, **page | {"queries": 0}, connections=CROWD)
            for name, page in found.items()
            if not (name.startswith("search") or page["paths"])
        ]
        return in_turns(measured, asked.rounds, asked.seconds)


def desk(archive: Archive, asked: argparse.Namespace) -> list[dict[str, Any]]:
    """The desk's lists and forms, and the readers' search, for one person who waits for each answer."""
    found = archive.ask("benchmarks.urls", "desk")
    public = archive.ask("benchmarks.urls", "readers")
    found |= {name: page for name, page in public.items() if name.startswith("search")}
    with archive.served(**UNCACHED) as site:
        measured = [Measured(site, name, **page, connections=1) for name, page in found.items()]
        return in_turns(measured, asked.rounds, asked.seconds)


def verbs(archive: Archive, asked: argparse.Namespace) -> list[dict[str, Any]]:
    """What the desk does: save, submit, approve, publish, correct, withdraw; comments; what the clock does."""
    samples = str(SAMPLES * asked.rounds)
    return archive.ask("benchmarks.verbs", samples, *map(str, archive.roots))


def together(archive: Archive, asked: argparse.Namespace) -> list[dict[str, Any]]:
    """Readers while twenty stories a minute are published and five comments a second approved, --seconds long."""
    return mixed.measured(archive, asked.seconds)


MEASURING: dict[str, Callable[[Archive, argparse.Namespace], list[dict[str, Any]]]] = {
    "pages": pages,
    "cached": cached,
    "growth": growth.measured,
    "desk": desk,
    "verbs": verbs,
    "mixed": together,
    "nginx": nginx.measured,
}
DRAWING: dict[str, tuple[Callable[[], None], str]] = {
    "tables": (tables.write, "Write the kept figures into docs/performance.md."),
    "plots": (plots.draw, "Draw the kept figures into docs/img/."),
}


def main() -> None:
    asked = _options().parse_args()
    if asked.command in DRAWING:
        DRAWING[asked.command][0]()
        return
    for database in DATABASES[asked.database]:
        archive = Archive(database, asked.stories, sites.folder_for(database, asked.stories))
        archive.make_ready()
        rows = MEASURING[asked.command](archive, asked)
        how = {"rounds": asked.rounds, "seconds": asked.seconds, "generator": generator()}
        path = results.keep(asked.command, database, asked.stories, rows, **how)
        print("\n".join(tables.lines(rows)), f"\nKept in {path.name}.\n", flush=True)


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = options.add_subparsers(dest="command", required=True)
    for name, measure in MEASURING.items():
        command = commands.add_parser(name, help=measure.__doc__)
        command.add_argument(
            "--stories", type=int, default=1000, help="how many the archive holds (default 1000)"
        )
        command.add_argument("--database", choices=DATABASES, default="both")
        command.add_argument("--rounds", type=int, default=5, choices=range(1, 21), metavar="1-20")
        command.add_argument("--seconds", type=int, default=3, choices=range(1, 601), metavar="1-600")
    for name, (_do, words) in DRAWING.items():
        commands.add_parser(name, help=words)
    return options


if __name__ == "__main__":
    main()
