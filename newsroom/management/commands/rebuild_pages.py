"""`manage.py rebuild_pages`: make anew what is kept of stories, standing pages and comments as they look on a page.

Run it after installing a version that draws them otherwise. Readers see the new form at once, for what an earlier
version kept is made anew each time it is read; when this is done, it is read as fast as ever. It may be stopped at
any moment and run again: it goes on with what is left.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models
from django.utils.translation import gettext as _

from articles.models import Article, NotReady, StandingPage, facts
from comments.models import Comment
from newsroom.foundations import markup, pagecache
from newsroom.foundations.db.short_transactions import short_transaction

AT_ONCE = markup.LATEST  # rows in a transaction
TOLD_EVERY = 200  # rows
RENDERED = models.Q(rendered_version=markup.VERSION)
STORED_FACTS = models.Q(facts_version=facts.VERSION)


class Command(BaseCommand):
    help = "Render stories, pages and comments again, and store the credits, pictures and topics of stories."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="also what this version has made, as when pictures have moved"
        )

    def handle(self, *args: Any, all: bool = False, **options: Any) -> None:
        self.refused = 0
        for what, rows, made in (
            (_("stories"), Article.objects, RENDERED & STORED_FACTS),
            (_("pages"), StandingPage.objects, RENDERED),
            (_("comments"), Comment.objects, RENDERED),
        ):
            self._rebuild(what, rows.all() if all else rows.exclude(made))
        pagecache.purge(pagecache.ALL)
        if self.refused:
            raise CommandError(_("%d keep the text they had.") % self.refused)

    def _rebuild(self, what: str, rows: models.QuerySet[Any]) -> None:
        done = told = 0
        for batch in in_batches(rows):
            for row in batch:
                with suppress(markup.MarkupRefused):
                    row.rendered()  # before the transaction, which finds it done
            with short_transaction():
                done += sum(self._made_anew(row) for row in batch.select_for_update(of=("self",)))
            if done - told >= TOLD_EVERY:
                self.stdout.write(f"{what}: {done}")
                told = done
        self.stdout.write(_("%(what)s: %(count)d made anew.") % {"what": what, "count": done})

    def _made_anew(self, row: Any) -> bool:
        try:
            row.rebuild()
        except (NotReady, markup.MarkupRefused) as refusal:
            self.stderr.write(f"{type(row).__name__} {row.pk}: {refusal}")
            self.refused += 1
            return False
        return True


def in_batches(rows: models.QuerySet[Any]) -> Iterator[models.QuerySet[Any]]:
    """By their keys, so that the last batch is found as quickly as the first."""
    last = 0
    while keys := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        yield rows.model.objects.filter(pk__in=keys).order_by("pk")
        last = keys[-1]
