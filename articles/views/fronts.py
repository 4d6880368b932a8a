"""The front page, and the numbers behind it by which WordPress knew its posts."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import redirects
from articles.lineups import compose
from articles.reading import json_ld
from newsroom.foundations import pagecache, site

NUMBERED = ("p", "page_id")


@pagecache.cacheable("p", "page_id")
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    for name in NUMBERED:
        if name in request.GET:
            return numbered(request, f"/?{name}={request.GET[name]}")
    today = compose.compose()
    pagecache.shows(request, "paper", "front:home", until=today.until)
    pagecache.shows(request, *(key for article in today.articles() for key in article.keys))
    pagecache.shows(request, *(f"section:{strip.section.pk}" for strip in today.strips))
    masthead = site.current()
    facts = {
        "description": masthead.tagline or _("The latest from %(paper)s.") % {"paper": masthead.name},
        "structured_data": json_ld.paper_itself(masthead),
    }
    context = {**vars(today), **facts, "canonical": f"{settings.SITE_ADDRESS}/"}
    return render(request, "articles/front.html", context)


def numbered(request: HttpRequest, former: str) -> HttpResponse:
    """Where “/?p=123” leads, if an import has told us."""
    leads_to = redirects.destination(former)
    if leads_to is None:
        raise Http404
    return redirects.answer(request, leads_to)
