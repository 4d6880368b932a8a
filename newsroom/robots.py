"""What programs ask for at the root: what crawlers may read and where the maps are, and the paper's icon."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from newsroom.foundations import pagecache


@pagecache.cacheable()
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    pagecache.shows(request, "robots")
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@pagecache.public_uncached
@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers and feed readers that read no HTML ask here for the paper's icon."""
    return redirect(static("img/icon-32.png"))
