"""What a page shows, said by whoever renders it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from newsroom.foundations.pagecache import cdn

KEPT = {
    200,
    301,
    404,
    410,
    451,
}  # a page, that it has moved, that there is none, that it is gone or forbidden
PAGE = 200
PLACE = "newsroom.shown"  # in the WSGI environment, which the page cache around Django reads as well
DESK, ANYBODY = "desk", "anybody"  # whom a view answers, unless it says that its pages may be kept
View = TypeVar("View", bound=Callable[..., Any])


@dataclass
class Shown:
    """The keys of one page being rendered, in the order they were said; and how long it can be true at most."""

    keys: dict[str, None] = field(default_factory=dict)
    until: datetime | None = None


def shown(request: HttpRequest) -> Shown:
    """What has been said of this request's page so far."""
    return said_in(request.META)


def said_in(environ: dict[str, Any]) -> Shown:
    """The same, of a request as WSGI knows it."""
    said: Shown = environ.setdefault(PLACE, Shown())
    return said


def shows(request: HttpRequest, *keys: str, until: datetime | None = None) -> None:
    """Say that the page being rendered shows these keys, and that the clock alone makes it untrue at `until`."""
    said = shown(request)
    said.keys.update(dict.fromkeys(keys))
    if until is not None:
        said.until = min(until, said.until or until)


def path_key(path: str) -> str:
    """The cache key of what is looked for at this path: purged when something comes to stand there."""
    return f"path:{quote(path.partition('?')[0].strip('/'))}"


def cacheable(*parameters: str) -> Callable[[View], View]:
    """Decorator: this view's pages may be kept for anybody; of the query they depend on these parameters alone."""

    def mark(view: View) -> View:
        view.audience = frozenset(parameters)  # type: ignore[attr-defined]
        return view

    return mark


def public_uncached(view: View) -> View:
    """Decorator: what this view answers is the same for everybody and yet not kept: too many different ones."""
    view.audience = ANYBODY  # type: ignore[attr-defined]
    return view


def describe_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a page that names its keys says how long caches in front may keep it. What is not here, or
    elsewhere, changes when something comes to stand here."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        said = shown(request)
        if response.status_code in KEPT - {PAGE}:
            said.keys |= dict.fromkeys(("paper", path_key(request.path)))
        if said.keys and response.status_code in KEPT | {304}:
            cdn.label(response, said.keys, timed=said.until is not None)
        return response

    return middleware
