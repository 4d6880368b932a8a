"""The conversation under a story, as its page shows it."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest

from articles.addresses import address_of
from articles.models import Article
from comments import reading
from comments.models import Thread
from newsroom.foundations.drawing import drawn


@dataclass(frozen=True)
class Conversation:
    """A part of what has been said under one article, and the way to add to it or to read on."""

    article_id: int
    voices: list[reading.Voice | reading.Removed]
    count: int
    closed_sentence: str
    following: str  # the place behind which it goes on

    @classmethod
    def of(cls, thread: Thread, part: reading.Part) -> "Conversation":
        return cls(thread.pk, part.voices, part.count, thread.closed_sentence(), part.following)

    @property
    def is_open(self) -> bool:
        return not self.closed_sentence

    @property
    def form_url(self) -> str:
        return address_of("comment_new", self.article_id)

    @property
    def more_url(self) -> str:
        return (
            f"{address_of('comment_thread', self.article_id)}?after={self.following}"
            if self.following
            else ""
        )


def under(article: Article, request: HttpRequest) -> Conversation:
    """Its first part. One query, two for conversations of more than one part."""
    thread, part = Thread.for_article(article), reading.part(article.pk)
    reading.say(request, thread, part)
    return Conversation.of(thread, part)


@lru_cache(maxsize=reading.KEPT)
def comment(voice: reading.Voice, article_id: int, is_open: bool) -> str:
    """templates/comments/_comment.html: drawn once for the same words."""
    reply_url = address_of("comment_reply", article_id, voice.pk) if is_open else ""
    return drawn("comments/_comment.html", "comment", voice, reply_url)
