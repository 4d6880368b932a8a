"""Long lists, cut by key: a page begins where the one before it ended, so page 5,000 costs what page 2 costs."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from articles.models.cards import ArticleCard
from articles.models.order import Cursor
from articles.paths import here
from articles.reading.listings import Listing
from newsroom.foundations import pagecache

PER_PAGE = 20


@dataclass(frozen=True)
class Page:
    """One page of a list, at `URL` (absolute). `older` and `newer` are links to its neighbours, empty at the ends."""

    articles: list[ArticleCard]
    url: str
    older: str = ""
    newer: str = ""
    beyond: tuple[int, ...] = ()  # the story that only tells that the list goes on

    def cache_key(self, listing: str) -> str:
        """Of the list that this is a page of: stories enter at its top, seldom in its depths."""
        return f"older:{listing}" if self.newer else f"newest:{listing}"


def page(request: HttpRequest, listing: Listing, key: str) -> Page:
    """The page of this list that `?before=` or `?after=` asks for; it shows the list, known by this cache key. One query;
    two where little is left above.

    Raises Http404 for a cursor that is garbage or has nothing beyond it, and for `?page=`, which we never had.
    """
    try:
        found = _asked_for(request, listing)
    except Http404:
        pagecache.shows(request, f"older:{key}")  # where something may come to stand again
        raise
    pagecache.shows(request, found.cache_key(key))
    return found


def _asked_for(request: HttpRequest, listing: Listing) -> Page:
    before, after = _cursor(request, "before"), _cursor(request, "after")
    if "page" in request.GET or (before and after):
        raise Http404
    if after and (found := _page_above(listing, after)):
        return _bound(request, f"?after={after}", found, newer=True, older=True)
    found = listing.older(before, PER_PAGE + 1) if before else listing.newest(PER_PAGE + 1)
    if before and not found:
        raise Http404
    own = f"?before={before}" if before else ""
    beyond = tuple(article.pk for article in found[PER_PAGE:])
    return _bound(request, own, found[:PER_PAGE], newer=bool(before), older=bool(beyond), beyond=beyond)


def _cursor(request: HttpRequest, name: str) -> Cursor | None:
    try:
        return Cursor.read(request.GET[name]) if name in request.GET else None
    except ValueError:
        raise Http404 from None


def _page_above(listing: Listing, cursor: Cursor) -> list[ArticleCard]:
    """The page just above; nothing when fewer stories are left there, for that is simply the first page."""
    found = listing.newer(cursor, PER_PAGE + 1)
    return found[PER_PAGE - 1 :: -1] if len(found) > PER_PAGE else []


def _bound(
    request: HttpRequest,
    own: str,
    articles: list[ArticleCard],
    *,
    newer: bool,
    older: bool,
    beyond: tuple[int, ...] = (),
) -> Page:
    """The page with the links to its neighbours."""
    return Page(
        articles,
        url=here(request) + own,
        older=f"?before={Cursor.beside(articles[-1])}" if older else "",
        newer=f"?after={Cursor.beside(articles[0])}" if newer else "",
        beyond=beyond,
    )
