"""The search page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import search
from articles.reading import listings
from articles.search.query import LONGEST
from newsroom.foundations import pagecache

STEP = 20
RETRY_AFTER = 10  # seconds


@pagecache.public_uncached
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "")
    if len(typed) > LONGEST:
        error = _("Please ask with at most %d letters.") % LONGEST
        return render(request, "articles/search.html", {"query": typed[:LONGEST], "error": error}, status=400)
    query, start = search.Query.parse(typed), step(request)
    try:
        hits = search.find(query, start=start, limit=STEP + 1)
    except search.TakesTooLong:
        return stopped(request, query)
    if start and not hits:
        raise Http404
    context = {
        "page_title": _("Search: %s") % query.text if query.text else _("Search"),
        "query": query.text,
        "too_short": bool(query.text) and not query,
        "results": results(hits[:STEP]),
        "next_url": next_url(query, start + STEP) if len(hits) > STEP else "",
    }
    return render(request, "articles/search.html", context)


def stopped(request: HttpRequest, query: search.Query) -> HttpResponse:
    """What the reader is told when the database was not let to finish."""
    error = _("This search takes too long just now. Try again in a moment, or with other words.")
    context = {"page_title": _("Search"), "query": query.text, "error": error}
    response = render(request, "articles/search.html", context, status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def step(request: HttpRequest) -> int:
    """How many results of those ranked the reader has seen. Raises Http404 unless it is a step of ours."""
    written = request.GET.get("from", "0")
    steps = {str(start): start for start in range(0, search.MOST, STEP)}
    if written not in steps:
        raise Http404
    return steps[written]


def results(hits: list[search.Hit]) -> list[dict[str, Any]]:
    """Each hit's article with the passage that shows why, in the order found."""
    cards = listings.cards(hit.article_id for hit in hits)
    return [
        {"article": cards[hit.article_id], "excerpt": hit.excerpt} for hit in hits if hit.article_id in cards
    ]


def next_url(query: search.Query, start: int) -> str:
    further = urlencode({"q": query.text, "from": str(start)})
    return f"{reverse('search')}?{further}" if start < search.MOST else ""
