"""Long lists, cut by key: a page begins where the one before it ended, so page 5,000 costs what page 2 costs."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest

from articles.models import Article
from articles.models.article import ArticleQuerySet
from articles.models.order import Cursor

PER_PAGE = 20


@dataclass(frozen=True)
class Page:
    """One page of a list, at `address` (absolute). `older` and `newer` are links to its neighbours, empty at the ends."""

    articles: list[Article]
    address: str
    older: str = ""
    newer: str = ""
    beyond: tuple[int, ...] = ()  # the story that only tells that the list goes on

    def topic(self, filed: str) -> str:
        """Of the list that this is a page of: stories enter at its top, seldom in its depths."""
        return f"older:{filed}" if self.newer else f"newest:{filed}"


def page(request: HttpRequest, stories: ArticleQuerySet, *, sections: Sequence[int] | None = None) -> Page:
    """The page that `?before=` or `?after=` asks for: of these stories, if live, in the sections of these keys, if given.

    Raises Http404 for a cursor that is garbage or has nothing beyond it, and for `?page=`, which we never had.
    """
    before, after = _cursor(request, "before"), _cursor(request, "after")
    if "page" in request.GET or (before and after):
        raise Http404
    if after and (found := _page_before(stories.newer_than(after), sections)):
        return _bound(request, f"?after={after}", found, newer=True, older=True)
    found = _first(stories.older_than(before) if before else stories.published(), sections)
    if before and not found:
        raise Http404
    own = f"?before={before}" if before else ""
    beyond = tuple(story.pk for story in found[PER_PAGE:])
    return _bound(request, own, found[:PER_PAGE], newer=bool(before), older=bool(beyond), beyond=beyond)


def _cursor(request: HttpRequest, name: str) -> Cursor | None:
    try:
        return Cursor.read(request.GET[name]) if name in request.GET else None
    except ValueError:
        raise Http404 from None


def _page_before(newer: ArticleQuerySet, sections: Sequence[int] | None) -> list[Article]:
    """The page just above; nothing when fewer stories are left there, for that is simply the first page."""
    found = _first(newer, sections, newest=False)
    return found[PER_PAGE - 1 :: -1] if len(found) > PER_PAGE else []


def _first(stories: ArticleQuerySet, sections: Sequence[int] | None, *, newest: bool = True) -> list[Article]:
    """A page from the top (or the bottom), and one story more that tells whether the list goes on."""
    if sections is not None:
        stories = stories.first_of_each(sections, PER_PAGE + 1, newest=newest)
    ordered = stories.newest_first() if newest else stories.oldest_first()
    return list(ordered.for_cards()[: PER_PAGE + 1])


def _bound(
    request: HttpRequest,
    own: str,
    articles: list[Article],
    *,
    newer: bool,
    older: bool,
    beyond: tuple[int, ...] = (),
) -> Page:
    """The page with the links to its neighbours."""
    return Page(
        articles,
        address=f"{settings.SITE_ADDRESS}{request.path}{own}",
        older=f"?before={Cursor.beside(articles[-1])}" if older else "",
        newer=f"?after={Cursor.beside(articles[0])}" if newer else "",
        beyond=beyond,
    )
