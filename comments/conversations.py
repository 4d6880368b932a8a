"""The conversation under a story, as its page shows it."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.template import engines
from django.urls import reverse

from articles.models import Article
from comments import reading
from comments.models import Thread


@dataclass(frozen=True)
class Conversation:
    """A part of what has been said under one article, and the way to add to it or to read on."""

    voices: list[reading.Voice | reading.Removed]
    count: int
    closed_sentence: str
    form_url: str
    reply_form_url: str  # with {} for the comment that is answered
    more_url: str

    @classmethod
    def of(cls, thread: Thread, part: reading.Part) -> "Conversation":
        form = reverse("comment_new", args=[thread.pk])
        reply = reverse("comment_reply", args=[thread.pk, 0]).replace("/0/", "/{}/")
        more = (
            f"{reverse('comment_thread', args=[thread.pk])}?after={part.following}" if part.following else ""
        )
        return cls(part.voices, part.count, thread.closed_sentence(), form, reply, more)

    @property
    def is_open(self) -> bool:
        return not self.closed_sentence

    def reply_url(self, comment: reading.Voice) -> str:
        """Where it is answered; nowhere, once the conversation is closed."""
        return self.reply_form_url.format(comment.pk) if self.is_open else ""


def under(article: Article, request: HttpRequest) -> Conversation:
    """Its first part. One query, two for conversations of more than one part."""
    thread, part = Thread.for_article(article), reading.part(article.pk)
    reading.say(request, thread, part)
    return Conversation.of(thread, part)


@lru_cache(maxsize=reading.KEPT)
def drawn(voice: reading.Voice, reply_url: str) -> str:
    """templates/comments/_comment.html: drawn once for the same words."""
    macros = engines["jinja2"].env.get_template("comments/_comment.html").module  # type: ignore[attr-defined]
    comment: str = macros.comment(voice, reply_url)
    return comment
