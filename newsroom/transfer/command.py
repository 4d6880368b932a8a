"""What every import command has in common: its options, and the report at the end."""

import json
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from newsroom.management.rehearsal import rehearsal
from newsroom.transfer.report import Report


class ImportCommand(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="do everything in a copy of the database, change nothing"
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
            self.stdout.write(_("This was a dry run: nothing has been changed."))


def rehearsed(really: bool) -> AbstractContextManager[None]:
    """With `really`, whatever happens inside leaves neither rows nor files."""
    return rehearsal() if really else nullcontext()
