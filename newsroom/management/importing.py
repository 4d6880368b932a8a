"""What every import command has in common: the rehearsal, and the report at the end."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from articles.imports import Report
from articles.wordpress.importing.pictures import FilesNowhere


class ImportCommand(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="do everything, then undo it; no file is written"
        )
        parser.add_argument("--json", action="store_true", help="print the sums as JSON and nothing else")

    def tell(self, report: Report, *, as_json: bool, dry_run: bool, **options: Any) -> None:
        """The report on standard output. Raises CommandError when the sums do not add up."""
        if wrong := report.discrepancies():
            raise CommandError(_("The sums do not add up: %s") % "; ".join(wrong))
        if as_json:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
            return
        for line in report.lines():
            self.stdout.write(line)
        if dry_run:
            self.stdout.write(_("This was a dry run: everything has been undone."))


@contextmanager
def undone(really: bool) -> Iterator[None]:
    """With `really`, whatever happens inside leaves neither rows nor files."""
    if not really:
        yield
        return
    with FilesNowhere(), transaction.atomic():
        yield
        transaction.set_rollback(True)
