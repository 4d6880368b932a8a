"""What each request passes: what nothing can read is refused before anything reads it, and text leaves us compressed."""

import codecs
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.translation import gettext as _


def refuse_unreadable(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: an address holding a NUL byte or broken UTF-8 is a 400.

    PostgreSQL cannot store NUL and refuses it in comparisons; a lone replacement character in a path means the
    bytes were not UTF-8. No address we ever made contains either. Nor is any form of ours sent in another encoding:
    some that Python knows cannot be decoded with errors replaced, which Django does to every form with files.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "\ufffd" in request.path:
            raise BadRequest(_("This address contains characters that no page here has."))
        if any("\x00" in value for values in request.GET.lists() for value in (values[0], *values[1])):
            raise BadRequest(_("This address contains characters that no page here has."))
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            raise BadRequest(_("Please send forms in UTF-8, as every browser does."))
        return get_response(request)

    return middleware


class CompressText(GZipMiddleware):
    """Pictures are left alone: they are as small as they get, and trying costs more than sending them."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith("image/"):
            return response
        return super().process_response(request, response)
