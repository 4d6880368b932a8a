"""`manage.py demo_pictures`: draws the demo's pictures that are still missing, while the site is already open."""

import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand

from newsroom.demo import darkroom


class Command(BaseCommand):
    help = "Draw the demo newsroom's pictures that are still missing (the demo command runs this by itself)."

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # how the demo ends it
        darkroom.develop(self._progress)

    def _progress(self, done: int, every: int) -> None:
        if done % 10 == 0 or done == every:
            self.stdout.write(f"  pictures {done}/{every}")
            sys.stdout.flush()
