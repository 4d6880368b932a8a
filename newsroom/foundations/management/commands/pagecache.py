"""`manage.py pagecache`: how full this machine's page caches are, how often they answer, and what they show.

`--purge article:42 front:home` has the pages that show these made anew, on every machine; `--purge-all` all of them.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom.foundations import pagecache
from newsroom.foundations.pagecache import cdn, stats
from newsroom.foundations.pagecache.stats import Report

SHOWN = 12  # keys


class Command(BaseCommand):
    help = "Show how the page caches of this machine are doing, or have pages made anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--purge", nargs="+", metavar="TOPIC", help="forget the pages that show these")
        parser.add_argument("--purge-all", action="store_true", help="forget every page")
        parser.add_argument("--json", action="store_true", help="write the figures for machines to read")

    def handle(self, *, purge: list[str] | None, purge_all: bool, json: bool, **options: Any) -> None:
        if purge or purge_all:
            self._purge([pagecache.ALL] if purge_all else purge or [])
        elif json:
            self._write_json()
        else:
            self._write(list(stats.read(folder())))

    def _purge(self, keys: list[str]) -> None:
        if any(not key or " " in key for key in keys):
            raise CommandError("A key is one word, such as article:42 or newest:section:7.")
        pagecache.purge(*keys)
        said = "Every page" if keys == [pagecache.ALL] else f"Pages that show {', '.join(keys)}"
        self.stdout.write(f"{said} will be made anew, on every machine.")

    def _write_json(self) -> None:
        self.stdout.write(json.dumps([asdict(report) for report in stats.read(folder())]))

    def _write(self, found: list[Report]) -> None:
        if not found:
            self.stdout.write("No process of this machine keeps pages: is the site running here?")
            return
        for report in found:
            self.stdout.write(f"process {report.pid}: {described(report)}")
        whole = stats.together(found)
        self.stdout.write(f"together: {described(whole)}")
        self.stdout.write(f"purged {whole.purged:,}, crowded out {whole.crowded_out:,} pages since the start")
        if settings.CACHES_IN_FRONT:
            late = cdn.waiting()
            self.stdout.write(
                f"caches in front: {late.number:,} purges waiting, the oldest for {late.seconds} s {late.problem}"
            )
        self.stdout.write("keys on most pages:")
        for key, pages in list(whole.keys.items())[:SHOWN]:
            self.stdout.write(f"  {key} ({pages:,})")


def folder() -> Path:
    return Path(settings.DATA_DIR) / "pagecache"


def described(report: Report) -> str:
    return (
        f"{report.pages:,} pages in {report.size / 2**20:.1f} of {report.room / 2**20:.0f} MB, "
        f"{report.hit_rate:.1%} of {report.hits + report.misses:,} questions answered from memory"
    )
