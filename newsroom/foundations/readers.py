"""Django for readers' pages, without what only the desk and the forms need."""

from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler, get_script_name
from django.db import connection
from django.http import HttpRequest
from django.urls import ResolverMatch, resolve, set_script_prefix
from django.utils.module_loading import import_string

from newsroom.foundations.http.plain_responses import Environ, StartResponse


@lru_cache(maxsize=1000)
def view_at(path: str) -> ResolverMatch:
    """What answers at this path, looked up once for the page cache and for Django. Raises Resolver404."""
    return resolve(path)


class ReadersHandler(WSGIHandler):
    """Django's own handler behind READERS_MIDDLEWARE, and `around` these, which look at requests and responses only."""

    def __init__(self, *around: str) -> None:
        self.around = around
        super().__init__()

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async)
        chain = convert_exception_to_response(self._get_response)  # type: ignore[attr-defined]
        for path in reversed([*self.around, *settings.READERS_MIDDLEWARE]):
            chain = convert_exception_to_response(import_string(path)(chain))
        self._middleware_chain = chain
        vars(self).update(_view_middleware=[], _template_response_middleware=[], _exception_middleware=[])

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:  # type: ignore[override]
        """What Django's own does, without signals of the request's beginning and end. Of those who listen, only who
        tends the connection to the database has anything to do for a page, and that is done here."""
        set_script_prefix(get_script_name(environ))
        response = self.get_response(self.request_class(environ))
        cookies = [("Set-Cookie", cookie.output(header="")) for cookie in response.cookies.values()]
        start_response(f"{response.status_code} {response.reason_phrase}", [*response.items(), *cookies])
        if response.streaming:
            return response  # and it is done when that has been sent
        if not connection.in_atomic_block:  # else it is not ours to close
            connection.close_if_unusable_or_obsolete()
        return [response.content]  # type: ignore[attr-defined]

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        request.resolver_match = view_at(request.path_info)
        return request.resolver_match
