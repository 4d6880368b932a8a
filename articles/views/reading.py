"""One story, at its URL or sent there from a former one."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.models.section_tree import tree
from articles.reading import json_ld
from articles.reading.article import live_at
from articles.reading.related import related_to
from newsroom.foundations import pagecache, site


@pagecache.cacheable()
@require_safe
def article_page(request: HttpRequest, path: str, year: str, month: str, day: str, slug: str) -> HttpResponse:
    published_on = day_of(year, month, day)
    pagecache.shows(request, pagecache.path_key(f"{published_on}/{slug}"))
    article = live_at(published_on, slug)
    if not article:
        return departed(request, published_on, slug)
    if article.section.path != path:
        pagecache.shows(request, *article.own_keys(), f"section:{article.section_id}")
        return redirect(article, permanent=True)
    related, trail = related_to(article), tree().trail(article.section)
    pagecache.shows(request, "paper", *article.cache_keys(trail))
    pagecache.shows(request, *(key for other in related for key in other.keys))
    return render(
        request,
        "articles/article.html",
        {
            "article": article,
            "trail": trail,
            "related": related,
            "structured_data": json_ld.article_page(article, site.current()),
            "canonical": article.canonical,
            "page_title": article.title_for_machines,
            "description": article.description,
        },
    )


def day_of(year: str, month: str, day: str) -> date:
    """Raises Http404 for a day no calendar has."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None


def departed(request: HttpRequest, published_on: date, slug: str) -> HttpResponse:
    """What stood here before: moved to a new slug (301), withdrawn (410, or 451), or nothing (404)."""
    article = Article.objects.once_at(published_on, slug).select_related("section").first()
    if not article:
        raise Http404
    if article.is_withdrawn:
        pagecache.shows(request, "paper", *article.own_keys())
        context = {"reason": article.withdrawn_reason, "blocked": article.blocked}
        response = render(request, "articles/gone.html", context, status=article.gone_status)
        if article.blocked_by_link:
            response.headers["Link"] = article.blocked_by_link
        return response
    pagecache.shows(request, *article.own_keys(), f"section:{article.section_id}")
    return redirect(article, permanent=True)
