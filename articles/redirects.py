"""Old URLs stay alive: remember where something used to be, and lead readers on from there. An article's own
changes of slug are in FormerSlug, which survives moves of its section as well."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.encoding import repercent_broken_unicode

from articles.models.former_paths import LONGEST, FormerPath
from articles.paths import spelled
from newsroom.foundations import pagecache
from newsroom.foundations.text import composed, printable


def remember(old: str, new: str) -> bool:
    """From now on `old` leads to `new` (both paths; `new` empty means gone, 410). False if it cannot be kept.

    Chains are flattened: what led to `old` now leads to `new`. A loop is not written: a URL that is in use
    again stops being a former one.
    """
    old, new = as_requested(old), as_requested(new)
    if max(len(old), len(new)) > LONGEST or not old.startswith("/") or old == "/":
        return False
    with transaction.atomic():
        FormerPath.objects.filter(old_path=new).delete()
        if old == new:
            return False
        chained = FormerPath.objects.filter(new_path=old)
        look_again(old, new, *chained.values_list("old_path", flat=True))
        chained.update(new_path=new)
        FormerPath.objects.update_or_create(old_path=old, defaults={"new_path": new})
    return True


def look_again(*paths: str) -> None:
    """Have forgotten what was answered at these former paths, which lead elsewhere now."""
    pagecache.purge(*(pagecache.path_key(path) for path in paths))


def as_requested(path: str) -> str:
    """The path as Django reads it from a request, in NFC; bytes that are no letters stay percent-encoded. The query is
    kept as it is, and so is the whole URL of another site."""
    if not path.startswith("/"):
        return path
    path, question, query = printable(path).partition("?")
    decoded = repercent_broken_unicode(unquote_to_bytes(path)).decode()
    return composed(decoded) + question + query


def destination(*old: str) -> str | None:
    """Where the first of these former paths that is known leads now: "" for what is gone, None if none is known."""
    wanted = list(map(as_requested, old))
    known = dict(FormerPath.objects.filter(old_path__in=wanted).values_list("old_path", "new_path"))
    return next((known[path] for path in wanted if path in known), None)


def answer(request: HttpRequest, new: str) -> HttpResponse:
    """Send the reader to where something is now; or say that it is gone."""
    if not new:
        return render(request, "articles/gone.html", status=410)
    return HttpResponsePermanentRedirect(spelled(new))


def lead_on(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: where there is nothing, something may have been."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404:
            return response
        new = destination(*_asked_for(request))
        return response if new is None else answer(request, new)

    return middleware


def _asked_for(request: HttpRequest) -> list[str]:
    """The path with its query, and without; each as it is and with the slash that was left out."""
    path, query = request.get_full_path_info().partition("?")[::2]
    paths = [path] if path.endswith("/") else [path, f"{path}/"]
    return [*(f"{one}?{query}" for one in paths if query), *paths]
