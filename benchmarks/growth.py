"""What the readers' main pages cost in archives of every size, all of them asked in the same rounds, each page beside
an empty view: a busy minute strikes all sizes alike."""

import argparse
from contextlib import ExitStack
from typing import Any

from benchmarks import sites
from benchmarks.measuring import Measured, in_turns
from benchmarks.sites import Archive

SIZES = (1000, 100_000, 1_000_000)
PAGES = [
    "front", "section", "section, half way down", "small section under a big one", "article, 20 comments",
    "article, each time another", "contributor", "contributor, half way down", "tag", "tag, half way down",
    "feed, RSS",
]  # fmt: skip
NOTHING = 0  # stories, of the empty view


def measured(largest: Archive, asked: argparse.Namespace) -> list[dict[str, Any]]:
    """The main pages of archives up to this size, and as many empty views."""
    archives = [
        Archive(largest.database, articles, sites.folder_for(largest.database, articles))
        for articles in SIZES
        if articles <= largest.articles
    ]
    with ExitStack() as stack:
        empty = stack.enter_context(sites.empty())
        served = {}
        for archive in archives:
            archive.make_ready()
            found = archive.ask("benchmarks.urls", "readers")
            site = stack.enter_context(archive.served(PAGE_CACHE_MEGABYTES="0"))
            served[archive.articles] = site, found
        turns = []
        for page in PAGES:
            turns.append((NOTHING, Measured(empty, page, "/", 0)))
            turns += [(n, Measured(site, page, **found[page])) for n, (site, found) in served.items()]
        rows = in_turns([one for _articles, one in turns], asked.rounds, asked.seconds)
    return [{"stories": articles, **row} for (articles, _one), row in zip(turns, rows, strict=True)]
