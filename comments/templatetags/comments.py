"""{% comment_thread article %}: the conversation under a story."""

from typing import Any

from django import template
from django.urls import reverse

from articles.models import Article
from comments import reading
from comments.models import Thread

register = template.Library()


@register.inclusion_tag("comments/_thread.html", takes_context=True)
def comment_thread(context: dict[str, Any], article: Article) -> dict[str, Any]:
    """Its first part, and the way to add to it. Two queries, three for conversations of more than one part."""
    thread = Thread.for_article(article)
    part = reading.part(article.pk)
    if request := context.get("request"):
        reading.say(request, thread, part)
    return shown(thread, part)


def shown(thread: Thread, part: reading.Part) -> dict[str, Any]:
    """What templates/comments/_thread.html shows."""
    return {
        "voices": part.voices,
        "count": part.count,
        "closed_sentence": thread.closed_sentence(),
        "is_open": thread.is_open(),
        "form_url": reverse("comment_new", args=[thread.pk]),
        "more_url": part.following
        and f"{reverse('comment_thread', args=[thread.pk])}?after={part.following}",
    }
