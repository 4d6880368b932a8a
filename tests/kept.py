"""The newsroom behind its page cache, without a server: asked as a server asks it."""

from contextlib import contextmanager

from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from newsroom import wsgi
from newsroom.foundations.pagecache.wsgi import PageCache

MEGABYTE = 2**20


class Answered:
    """What a reader got."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = int(status[:3]), dict(headers), body

    @property
    def is_hit(self):
        return self.headers.get("Cache-Status") == "newsroom; hit"


class Site:
    """The newsroom behind its page cache, asked as a server asks it."""

    def __init__(self, room=4 * MEGABYTE, pages=None):
        self.cache = PageCache(pages or wsgi.django, room=room)

    def get(self, address, *, method="GET", **headers):
        request = RequestFactory().generic(method, address, headers=headers)
        started = []
        with transaction_left_open():
            parts = self.cache(request.environ, lambda *said: started.extend(said[:2]))
        return Answered(*started, b"".join(parts))


@contextmanager
def transaction_left_open():
    """Django ends each request by looking after its connection, and closes one whose transaction is open: a test's."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
