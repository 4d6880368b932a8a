"""What somebody without a login was sent a link to: one article, before it is published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from articles.models import NotReady, PreviewLink
from articles.reading.preview import shared_page
from newsroom.foundations import pagecache

# No search engine lists the page, and no site that it links to is told its URL.
KEPT_TO_ITSELF = {"X-Robots-Tag": "noindex, noarchive", "Referrer-Policy": "no-referrer"}


@pagecache.public_uncached  # with the searches: whoever tries many tokens shall not keep the desk from working
@cache_control(private=True, no_store=True)
@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """The article, if the link is open. Why a link is not is said to nobody: all others get the same page."""
    link = PreviewLink.objects.found_by(token)
    try:
        shown = shared_page(link) if link else None
    except NotReady:
        shown = None
    if link and shown:
        link.note_opening()
        response = render(request, "articles/article.html", shown)
    else:
        response = render(request, "articles/no_preview.html", status=404)
    for name, value in KEPT_TO_ITSELF.items():
        response.headers[name] = value
    return response
