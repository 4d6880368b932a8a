"""The newsroom behind its page cache, without a server: asked as a server asks it."""

from django.test import RequestFactory

from newsroom import wsgi
from newsroom.foundations.pagecache.outermost import PageCache
from newsroom.foundations.readers import ReadersHandler

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

    def __init__(self, room=4 * MEGABYTE, readers=None):
        self.cache = PageCache(readers or ReadersHandler(), wsgi.desk, room=room)

    def get(self, address, *, method="GET", **headers):
        request = RequestFactory().generic(method, address, headers=headers)
        started = []
        parts = self.cache(request.environ, lambda *said: started.extend(said[:2]))
        return Answered(*started, b"".join(parts))
