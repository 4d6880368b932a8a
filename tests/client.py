"""A client that asks the newsroom as a server does: through the page cache, the limits and the one list of middleware."""

from concurrent.futures import Executor, Future
from http.cookies import SimpleCookie

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client

from newsroom.foundations.pagecache import ALL
from newsroom.foundations.pagecache.wsgi import around

# In the environment of a request:
TRUSTING = "tests.trusting"  # forms need no token
SEEN = "tests.seen"  # the request as Django saw it, if it was asked


class Request(WSGIRequest):
    """Django's own, which knows whether its client sends tokens."""

    def __init__(self, environ):
        super().__init__(environ)
        environ[SEEN].append(self)

    @property
    def _dont_enforce_csrf_checks(self):
        return self.environ.get(TRUSTING, False)


class Handler(WSGIHandler):
    request_class = Request


class Response(HttpResponse):
    @property
    def url(self):
        """Where a redirect leads."""
        return self["Location"]


class Here(Executor):
    """Works in the thread of the test, which alone sees what the test has written."""

    def __init__(self, at_once):
        pass

    def submit(self, work, *args):
        job = Future()
        try:
            job.set_result(work(*args))
        except BaseException as problem:
            job.set_exception(problem)
        return job


class Server:
    """Between a client of Django's and the application: makes of what the server would send a response."""

    def __init__(self, *, trusting):
        self.trusting, self.application = trusting, None

    def __call__(self, environ):
        if self.application is None:  # as late as Django's own, so that tests may change settings before
            self.application = around(Handler(), workers=Here)
        environ |= {TRUSTING: self.trusting, SEEN: []}
        started = []
        with connections_kept():
            chunks = self.application(environ, lambda *said: started.extend(said[:2]))
            try:
                body = b"".join(chunks)
            finally:
                getattr(chunks, "close", lambda: None)()
        return response_of(environ, *started, b"" if environ["REQUEST_METHOD"] == "HEAD" else body)


def response_of(environ, status, headers, body):
    response = Response(body, status=int(status[:3]), reason=status[4:])
    del response["Content-Type"]
    for name, value in headers:
        if name == "Set-Cookie":
            response.cookies.update(SimpleCookie(value))
        else:
            response[name] = value
    response.wsgi_request = (environ[SEEN] or [WSGIRequest(environ)])[-1]
    return response


class connections_kept:  # noqa: N801  (reads as a `with` block)
    """Django closes connections around requests; a test's transaction is open on its own."""

    def __enter__(self):
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)

    def __exit__(self, *problem):
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


class NewsroomClient(Client):
    """Django's test client, answered by the whole of production."""

    def __init__(self, enforce_csrf_checks=False, **options):
        super().__init__(enforce_csrf_checks, **options)
        self.handler = Server(trusting=not enforce_csrf_checks)

    def forget_pages(self):
        """Have each page made anew when it is asked for next. What pages are made of stays remembered."""
        if self.handler.application is not None:
            self.handler.application.store.purge([ALL])
