"""The corrections of the whole paper, newest first: those standing under articles that readers may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from articles.models import Correction
from articles.models.cards import ArticleCard
from articles.models.notes import ShownCorrection
from articles.models.order import Cursor, Order
from articles.paths import here
from articles.reading import listings
from newsroom.foundations import pagecache

PER_PAGE = 20
CORRECTIONS = Order("at", "pk")


@dataclass(frozen=True)
class Corrected:
    """A correction and the card of its article."""

    note: ShownCorrection
    article: ArticleCard

    @property
    def title(self) -> str:
        """“Correction: Ports reopen after strike”"""
        return f"{self.note.label}: {self.article.headline}"

    @property
    def path(self) -> str:
        return f"{self.article.get_absolute_url()}#correction-{self.note.pk}"

    @property
    def url(self) -> str:
        return f"{self.article.url}#correction-{self.note.pk}"

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.note.moment, self.note.pk)


@dataclass(frozen=True)
class Page:
    """One page of the list, at `url` (absolute). `older` and `newer` are links to its neighbours, empty at the ends."""

    corrections: list[Corrected]
    url: str
    older: str = ""
    newer: str = ""


def newest(count: int) -> list[Corrected]:
    return _with_articles(Correction.objects.public().newest_first()[:count])


def page(request: HttpRequest) -> Page:
    """The page of the list that `?before=` or `?after=` asks for. Two queries; three where little is left above.

    Raises Http404 for a cursor that is garbage or has nothing beyond it.
    """
    pagecache.shows(request, "corrections")
    before, after = _cursor(request, "before"), _cursor(request, "after")
    if "page" in request.GET or (before and after):
        raise Http404
    if after and (above := _page_above(after)):
        return _bound(request, f"?after={after}", above, older=True, newer=True)
    public = Correction.objects.public()
    rows = public.filter(CORRECTIONS.beyond(before)) if before else public
    found = _with_articles(rows.newest_first()[: PER_PAGE + 1])
    if before and not found:
        raise Http404
    own = f"?before={before}" if before else ""
    return _bound(request, own, found[:PER_PAGE], older=len(found) > PER_PAGE, newer=bool(before))


def _page_above(cursor: Cursor) -> list[Corrected]:
    """The page just above; nothing when fewer are left there, for that is simply the first page."""
    nearest = Correction.objects.public().filter(CORRECTIONS.before(cursor)).order_by("at", "pk")
    rows = list(nearest[: PER_PAGE + 1])
    return _with_articles(rows[PER_PAGE - 1 :: -1]) if len(rows) > PER_PAGE else []


def _cursor(request: HttpRequest, name: str) -> Cursor | None:
    try:
        return Cursor.read(request.GET[name]) if name in request.GET else None
    except ValueError:
        raise Http404 from None


def _with_articles(rows: Iterable[Any]) -> list[Corrected]:
    found = list(rows)
    cards = listings.cards({row.article_id for row in found}) if found else {}
    return [Corrected(row.shown(), cards[row.article_id]) for row in found if row.article_id in cards]


def _bound(request: HttpRequest, own: str, found: list[Corrected], *, older: bool, newer: bool) -> Page:
    """The page with the links to its neighbours; it shows the cards of its articles."""
    pagecache.shows(request, "paper", *(key for each in found for key in each.article.keys))
    return Page(
        found,
        here(request) + own,
        older=f"?before={found[-1].cursor}" if older else "",
        newer=f"?after={found[0].cursor}" if newer else "",
    )
