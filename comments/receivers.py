"""What happens here when an article moves, in the same transaction: once it is live, its conversation exists; a lead that
has become a correction is settled."""

from typing import Any

from django.dispatch import receiver

from articles.models import Article
from articles.signals import article_moved
from comments.models import Lead, Thread
from comments.models.leads import PREFIX


@receiver(article_moved, dispatch_uid="comments.open_thread")
def open_thread(sender: Any, article: Article, verb: str, **kwargs: Any) -> None:
    if verb in {"publish", "go_live"} and article.is_live:
        Thread.objects.get_or_create(article=article)


@receiver(article_moved, dispatch_uid="comments.settle_lead")
def settle_lead(sender: Any, article: Article, verb: str, **kwargs: Any) -> None:
    """The note just written names the lead that prompted it."""
    if verb not in {"publish", "correct"} or not article.stored_corrections:
        return
    note = article.corrections.filter(pk=article.notes[-1].pk).select_related("by").first()
    named = note.prompted_by.removeprefix(PREFIX) if note else ""
    if not (
        note
        and note.prompted_by.startswith(PREFIX)
        and named.isascii()
        and named.isdecimal()
        and len(named) < 18
    ):
        return
    lead = Lead.objects.filter(pk=int(named), article=article.pk).first()
    if lead and lead.can("settle"):
        lead.settle(by=None, reason=str(note))
