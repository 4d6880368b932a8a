"""Whole pages and their topics: whoever renders a page says what it shows, so that a cache in front may
forget exactly the pages that a change touches."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PUBLIC = "public, max-age=0, must-revalidate"
KEPT = {200, 304, 410}  # what a cache may keep: a page, that it is unchanged, that it is gone


def shows(request: HttpRequest, *topics: str) -> None:
    """Say that the page being rendered shows these topics: "article:42", "section:7", "tag:trade"…"""
    vars(request).setdefault("topics", {}).update(dict.fromkeys(topics))


def shown(request: HttpRequest) -> tuple[str, ...]:
    """The topics said so far, in the order they were said."""
    return tuple(vars(request).get("topics", ()))


def describe_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a page that names its topics may be kept by caches, if they ask before each use."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code in KEPT and (topics := shown(request)):
            response.headers.setdefault("Surrogate-Key", " ".join(topics))
            response.headers.setdefault("Cache-Control", PUBLIC)
        return response

    return middleware
