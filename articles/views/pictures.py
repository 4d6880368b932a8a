"""Renditions, served by the site itself where no proxy does: inert, whatever a file might turn out to hold."""

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe

FOR_EVER = "public, max-age=31536000, immutable"  # a picture taken anew gets new names


@require_safe
@conditional_page
def rendition(request: HttpRequest, name: str) -> FileResponse:
    """The rendition of this name. The URL's pattern admits the names we give and nothing else, no “..” above all."""
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        raise Http404 from None
    headers = {
        "Cache-Control": FOR_EVER,
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Last-Modified": http_date(default_storage.get_modified_time(name).timestamp()),
        "X-Content-Type-Options": "nosniff",
    }
    return FileResponse(file, content_type=mimetypes.guess_type(name)[0], headers=headers)
