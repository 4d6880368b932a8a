"""`manage.py run_due`: do what the clock says should be done by now.

Readers see a scheduled story on time without it; this tells those upstairs, puts scheduled replacements in place, and
forgets where comments came from when their days are over, and tells the caches in front what they have not been told.
Run it every minute, or leave it running with --every. It may be stopped at any moment and run twice at once.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from articles.models import Article, IllegalMove
from articles.models.article import ArticleQuerySet
from comments.models import Comment
from newsroom.foundations.pagecache import in_front
from newsroom.foundations.pagecache.purge import forget_old

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Announce the stories whose time has come, and put due replacements before readers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every", type=float, metavar="SECONDS", help="go on, looking again after each pause"
        )

    def handle(self, *args: Any, every: float | None = None, **options: Any) -> None:
        if every is None:
            if failed := self._round():
                raise CommandError(f"{failed} not done; the next run tries again.")
        elif every <= 0:
            raise CommandError("--every wants a number of seconds above zero.")
        else:
            self._go_on(every)

    def _go_on(self, every: float) -> None:
        try:
            while True:
                self._round()
                close_old_connections()
                time.sleep(every)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def _round(self) -> int:
        """How many failed. Each is its own transaction, so that one failure stops no other."""
        try:
            went_live = self._each(Article.objects.due(), Article.go_live, "Live")
            replaced = self._each(Article.objects.due_replacement(), Article.replace, "Replaced")
            Article.objects.gather_some()
            Comment.objects.forget_addresses()
            forget_old()
            in_front.forget_old()
            return went_live + replaced + in_front.deliver()
        except Exception:
            log.exception("run_due could not ask what is due")
            return 1

    def _each(self, due: ArticleQuerySet, do: Callable[[Article], None], done: str) -> int:
        failed = 0
        for article in due:
            try:
                do(article)
            except IllegalMove:
                continue  # another run was quicker
            except Exception:
                log.exception("run_due failed at article %s", article.pk)
                failed += 1
            else:
                self.stdout.write(f"{done}: {article.headline} ({article.get_absolute_url()})")
        return failed
