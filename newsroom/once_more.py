"""What becomes of a request that collided with somebody else's: it is done once more if nothing of it is kept yet; if
it collides again, whoever sent it is told so, and has what they typed."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.contrib.messages.storage import default_storage
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.http import HttpRequest, HttpResponse
from django.template.backends.utils import csrf_input
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from newsroom.foundations.db import contention
from newsroom.foundations.http.sent_forms import SentForm

log = logging.getLogger(__name__)
# A form found nothing in its way, and a moment later the database did: the form will find it now, and say what it is.
OVERTAKEN = (IntegrityError, ValidationError)
WRITTEN = "newsroom.written"  # in a request: its contention.Written
SAFE = {
    "GET",
    "HEAD",
    "OPTIONS",
}  # asking again changes nothing, whatever was done; readers' pages are of these


class OnceMore:
    """Middleware, the one nearest to the views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE:
            return self.get_response(request)
        written = vars(request)[WRITTEN] = contention.Written()
        with connection.execute_wrapper(written):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """None leaves it to Django, which answers 500 and records it."""
        is_contention = contention.is_contention(problem)
        if not (is_contention or isinstance(problem, OVERTAKEN)):
            return None
        if request.method in SAFE or vars(request)[WRITTEN].can_be_repeated:
            log.warning("%s %s is done once more after: %s", request.method, request.path, problem)
            time.sleep(contention.PAUSE if is_contention else 0)
            try:
                return again(request)
            except Exception as second:
                if not contention.is_contention(second):
                    raise
                is_contention = True
        return collided(request) if is_contention else None


def again(request: HttpRequest) -> HttpResponse:
    """The view's answer to the same request, as if it came now."""
    vars(request)["_messages"] = default_storage(request)  # without what it said when it came first
    for file in (file for _name, files in request.FILES.lists() for file in files):
        file.seek(0)
    view: Any = request.resolver_match
    response = view.func(request, *view.args, **view.kwargs)
    rendered: HttpResponse = response.render() if hasattr(response, "render") else response
    return rendered


def collided(request: HttpRequest) -> HttpResponse:
    """503: come back in a moment. A form is offered to be sent again as it was. Asks nothing of the database."""
    in_part = request.method not in SAFE and vars(request)[WRITTEN].for_good
    typed = [] if in_part else typed_in(request)
    facts = {"typed": typed, "in_part": in_part, "sent_to": request.get_full_path()}
    facts["csrf_input"] = csrf_input(request)
    headers = {"Retry-After": str(contention.RETRY_AFTER)}
    response = HttpResponse(render_to_string("collided.html", facts), status=503, headers=headers)
    add_never_cache_headers(response)
    return response


def typed_in(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a form a colleague sent; none of one that holds what no page should show, or what it cannot."""
    if not request.user.is_authenticated or request.FILES:
        return []
    return list(SentForm.of(request).fields)
