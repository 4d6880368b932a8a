"""What happens here when an article moves, in the same transaction: once it is live, its conversation exists."""

from typing import Any

from django.dispatch import receiver

from articles.models import Article
from articles.signals import article_moved
from comments.models import Thread


@receiver(article_moved, dispatch_uid="comments.open_thread")
def open_thread(sender: Any, article: Article, verb: str, **kwargs: Any) -> None:
    if verb in {"publish", "go_live"} and article.is_live:
        Thread.objects.get_or_create(article=article)
