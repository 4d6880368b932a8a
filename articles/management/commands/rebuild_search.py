"""`manage.py rebuild_search`: make the search table anew from the articles, after a restore or a change of language."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from articles import search
from articles.models import Article

TOLD_EVERY = 1000


class Command(BaseCommand):
    help = (
        "Index every published article for search again, and forget the others. Readers can search meanwhile."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        findable = 0
        for number, article in enumerate(Article.objects.order_by("pk").iterator(chunk_size=200), 1):
            findable += self._file(article)
            if number % TOLD_EVERY == 0:
                self.stdout.write(f"{number} …")
        self.stdout.write(f"{findable} articles can be found.")

    @transaction.atomic
    def _file(self, article: Article) -> bool:
        findable = article.is_live or article.is_scheduled
        search.index(article) if findable else search.forget(article)
        return findable
