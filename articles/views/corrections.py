"""What the paper got wrong: the list of all corrections, and what one story said before."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models.section_tree import tree
from articles.paths import here
from articles.reading import changes, corrections
from articles.reading.article import live_at
from articles.views.reading import day_of
from newsroom.foundations import pagecache, site


@pagecache.cacheable("before", "after", "page")
@require_safe
def corrections_page(request: HttpRequest) -> HttpResponse:
    """All corrections, newest first."""
    page = corrections.page(request)
    context = {
        "page_title": _("Corrections"),
        "description": _("What we got wrong, and what is right. Newest first."),
        "corrections": page.corrections,
        "canonical": page.url,
        "older": page.older,
        "newer": page.newer,
        "feed_url": reverse("corrections_feed"),
    }
    return render(request, "articles/corrections.html", context)


@pagecache.cacheable("before")
@require_safe
def changes_page(request: HttpRequest, path: str, year: str, month: str, day: str, slug: str) -> HttpResponse:
    """What readers could read in a story before, where the paper and the desk let them compare."""
    published_on = day_of(year, month, day)
    pagecache.shows(request, "paper", pagecache.path_key(f"{published_on}/{slug}"))
    article = live_at(published_on, slug)
    if not article:
        raise Http404
    trail = tree().trail(article.section)
    pagecache.shows(request, *article.cache_keys(trail))
    if article.section.path != path:
        return redirect(article.changes_path, permanent=True)
    if not (article.shows_changes and site.current().shows_changes):
        raise Http404
    page = changes.page(article, request.GET.get("before"))
    title = _("What changed: %(headline)s") % {"headline": article.headline_alone}
    context = {
        "article": article,
        "trail": trail,
        "changes": page.changes,
        "older": page.older,
        "canonical": here(request),
        "page_title": title,
        "description": _("What this story said before, and what it says since."),
    }
    return render(request, "articles/changes.html", context)
