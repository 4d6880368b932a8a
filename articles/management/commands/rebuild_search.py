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
        indexed = search.index_all(self._told(Article.objects.order_by("pk").values_list("pk", flat=True)))
        self.stdout.write(f"{indexed} articles are indexed.")

    def _told(self, keys: Any) -> Iterator[int]:
        """The keys, saying now and then how far it is."""
        for number, key in enumerate(keys.iterator(), 1):
            if number % TOLD_EVERY == 0:
                self.stdout.write(f"{number} …")
            yield key
