"""Requests no page of ours can mean anything by, answered before anything reads them."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _


def refuse_unreadable(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: an address holding a NUL byte or broken UTF-8 is a 400.

    PostgreSQL cannot store NUL and refuses it in comparisons; a lone replacement character in a path means the
    bytes were not UTF-8. No address we ever made contains either.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "\ufffd" in request.path:
            raise BadRequest(_("This address contains characters that no page here has."))
        if any("\x00" in value for values in request.GET.lists() for value in (values[0], *values[1])):
            raise BadRequest(_("This address contains characters that no page here has."))
        return get_response(request)

    return middleware
