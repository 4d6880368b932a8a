"""`manage.py run_due`: do what the clock says should be done by now.

Readers see a scheduled story on time without it; this tells those upstairs, puts scheduled replacements in place,
forgets where comments came from when their days are over, removes files that no picture names, and does the jobs of
the outbox that nobody has done.
Run it every minute, or leave it running with --every. It may be stopped at any moment and run twice at once.
"""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from newsroom.operations import due


class Command(BaseCommand):
    help = "Announce the stories whose time has come, put due replacements before readers, empty the outbox."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every", type=float, metavar="SECONDS", help="go on, looking again after each pause"
        )

    def handle(self, *args: Any, every: float | None = None, **options: Any) -> None:
        if every is None:
            if failed := due.run(self.stdout.write):
                raise CommandError(f"{failed} not done; the next run tries again.")
        elif every <= 0:
            raise CommandError("--every wants a number of seconds above zero.")
        else:
            self._go_on(every)

    def _go_on(self, every: float) -> None:
        try:
            while True:
                due.run(self.stdout.write)
                close_old_connections()
                time.sleep(every)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
