"""What the paper got wrong: the list of all corrections, and what one story said before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.reading import corrections
from newsroom.foundations import pagecache


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
