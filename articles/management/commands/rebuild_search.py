"""`manage.py rebuild_search`: make the search table anew from the articles, after a restore or a change of language."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from articles import search
from articles.models import Article

TOLD_EVERY = 10_000


class Command(BaseCommand):
    help = "Index every article for search again. Readers can search meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        indexed = search.index_all(self._keys())
        self.stdout.write(f"{indexed} articles are indexed.")

    def _keys(self) -> Iterator[int]:
        """Of every article, saying now and then how far it is. Read in slices: on SQLite nobody can write who is still
        reading what others have changed since."""
        articles, last, told = Article.objects.order_by("pk").values_list("pk", flat=True), 0, 0
        while keys := list(articles.filter(pk__gt=last)[:TOLD_EVERY]):
            yield from keys
            last, told = keys[-1], told + len(keys)
            self.stdout.write(f"{told} …")
