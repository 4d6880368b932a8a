"""Refreshing what rows keep of others: a name, a picture or a topic has changed, and up to thousands of stories tell it.

Jobs of the outbox do it, in short transactions, each text rendered before its row is locked. Whatever they find out that
readers have not been shown yet is purged in the same transaction.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.db.models import Q
from django_tasks import task

from articles import search
from articles.models import denormalised, snapshots
from articles.models.images import Figure, Image
from newsroom.foundations import markup, pagecache
from newsroom.foundations.db.short_transactions import in_turns, short_transaction
from newsroom.foundations.markup import Picture

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.standing_pages import StandingPage

AFTER_OTHER_WORK = -50
IN_A_TRANSACTION = 20  # stories
A_TURN = 2.0  # seconds until a job leaves the rest to another, so that purges need not wait for it


@dataclass(frozen=True)
class Made:
    """A text as it was rendered before its row was locked, and from what."""

    body: str
    named: frozenset[int]
    pictures: dict[int, Picture]
    rendered: markup.Rendered

    @classmethod
    def of(cls, body: str) -> Self:
        """Raises MarkupRefused."""
        named = frozenset(markup.pictures_named(body))
        pictures = Image.objects.figures(set(named))
        return cls(body, named, pictures, markup.article_html(body, pictures=lambda _named: pictures))

    def is_still(self, body: str) -> bool:
        """Would it be rendered so again? Asked while the row is locked."""
        return body == self.body and Image.objects.figures(set(self.named)) == self.pictures


@task(priority=AFTER_OTHER_WORK)
def refresh_articles(keys: list[int], image: int | None = None) -> None:
    """Refresh these stories, and render those anew whose text names the picture."""
    rest, problems = in_turns(
        keys, lambda some: refresh(some, image=image), size=IN_A_TRANSACTION, seconds=A_TURN
    )
    if rest:
        refresh_articles.enqueue(rest, image=image)
    if problems:
        raise problems[0]


@task(priority=AFTER_OTHER_WORK)
def refresh_pages(keys: list[int]) -> None:
    """Render the text of these standing pages anew."""
    _rest, problems = in_turns(keys, lambda some: _refresh_page(some[0]), size=1)
    if problems:
        raise problems[0]


def refresh(keys: Sequence[int], *, image: int | None = None) -> int:
    """In one transaction, take down on these rows what their relations say, and have them found by it. How many."""
    made = _made_beforehand(keys, image)
    with short_transaction():
        rows = denormalised.articles().filter(pk__in=keys).for_facts().order_by("pk")
        locked = list(rows.select_for_update(of=("self",)))
        search.index_all([article.pk for article in locked if _refresh(article, made)])
    return len(locked)


def _made_beforehand(keys: Sequence[int], image: int | None) -> dict[int, Made | None]:
    """The texts that must be rendered anew; None for one that breaks a limit lowered since."""
    naming = Figure.objects.filter(image=image).values("article") if image else []
    is_outdated = Q(rendered_version__lt=markup.VERSION) | Q(rendered_version__gt=markup.VERSION)
    outdated = denormalised.articles().filter(is_outdated | Q(pk__in=naming), pk__in=keys)
    return {pk: _made(body) for pk, body in outdated.order_by().values_list("pk", "body")}


def _made(body: str) -> Made | None:
    with suppress(markup.MarkupRefused):
        return Made.of(body)
    return None


def _refresh(article: "Article", made: dict[int, Made | None]) -> bool:
    """Refresh the locked row, and purge what readers have been shown otherwise. Is it found by other words now?"""
    before, words, kept = snapshots.Snapshot.of(article), article.findable(), article.body_html
    was_right = article.rendered_version == markup.VERSION
    article.refresh_row(_rendered(article, made.get(article.pk)))
    snapshots.purge_difference(before, snapshots.Snapshot.of(article))
    if was_right and kept != article.body_html and before:
        pagecache.purge(f"article:{article.pk}")
    return article.findable() != words


def _rendered(row: "Article | StandingPage", made: Made | None) -> markup.Rendered | None:
    """As it was made beforehand, or made here when an editor or another picture was quicker."""
    if made and not made.is_still(row.body):
        made = _made(row.body)
    return made.rendered if made else None


def _refresh_page(key: int) -> None:
    made = _made(denormalised.pages().values_list("body", flat=True).filter(pk=key).first() or "")
    with short_transaction():
        page = denormalised.pages().select_for_update().filter(pk=key).first()
        if page and (rendered := _rendered(page, made)):
            page.take_down(rendered)
            page.keep_rendered()
