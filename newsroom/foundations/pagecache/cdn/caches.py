"""What a cache in front can do for us, which of them there are, and what a page says to them: how long it may be kept,
and by which keys it is to be found again."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib import import_module
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.http import HttpResponse

from newsroom.foundations.pagecache.sync import ALL

# Browsers ask before each use. A cache that cannot be told to forget keeps a page for a second, shows it for one more
# while it asks, and for a day if we do not answer.
FOR_ANYBODY = "s-maxage=1, max-age=0, stale-while-revalidate=1, stale-if-error=86400"
FOR_ONE_READER = "private, no-cache"
NOT_FOUND = 404
EVERY_PAGE = "all"  # the key that all pages have
LONGEST_KEY = 64  # bytes; Fastly takes 1,024, Cloudflare as much
LONGEST_LABEL = (
    8_000  # bytes; Fastly and Cloudflare take 16 kB, Varnish and many proxies 8 kB with the header's name
)
MOST_KEYS = 1_000  # Cloudflare's limit
AFTERWARDS = "stale-while-revalidate=60, stale-if-error=86400"


@dataclass(frozen=True)
class Cache(ABC):
    """A cache that can be told to forget the pages with a key. Its URL is its name and holds no secret."""

    url: str
    at_once: ClassVar[int]  # keys in one request at most

    @abstractmethod
    def label(self, keys: Sequence[str], seconds: int) -> dict[str, str]:
        """The headers by which it keeps a page that long, and finds it by these keys."""

    @abstractmethod
    def forget(self, keys: Sequence[str]) -> None:
        """Have it forget all pages with any of these keys, `at_once` of them at most. Raises NotDone."""

    @property
    def place(self) -> str:
        """Host and port, or the name its owner knows it by, capitals as they are."""
        return urlsplit(self.url).netloc

    def api(self, usual: str) -> str:
        """Where its owner takes orders: the usual place, or the `api` of its URL."""
        return parse_qs(urlsplit(self.url).query).get("api", [usual])[0]


def caches() -> tuple[Cache, ...]:
    return _known(tuple(settings.CACHES_IN_FRONT))


@lru_cache(maxsize=8)
def _known(urls: tuple[str, ...]) -> tuple[Cache, ...]:
    return tuple(_cache(url) for url in urls)


def _cache(url: str) -> Cache:
    """fastly://… is the class Fastly in the module of that name."""
    scheme = urlsplit(url).scheme
    cache: Cache = getattr(import_module(f"{__package__}.{scheme}"), scheme.capitalize())(url)
    return cache


def label(response: HttpResponse, keys: Iterable[str], *, timed: bool) -> None:
    """Say it in the response's headers. A page that is `timed`, true until a moment only, is never kept for long."""
    if _is_personal(response):
        response.headers.setdefault("Cache-Control", FOR_ONE_READER)
        return
    response.headers.setdefault("Cache-Control", FOR_ANYBODY)
    if response.headers["Cache-Control"] != FOR_ANYBODY or timed or not (known := caches()):
        return
    names = [EVERY_PAGE, *map(surrogate_key, keys)]
    if (
        response.status_code != NOT_FOUND
        and len(names) <= MOST_KEYS
        and len(" ".join(names)) <= LONGEST_LABEL
    ):
        for cache in known:
            for name, value in cache.label(names, settings.KEPT_IN_FRONT_SECONDS).items():
                response.headers[name] = value


def surrogate_key(key: str) -> str:
    """A key as caches take it: one short word of ASCII. Others are known by a hash."""
    if key == ALL:
        return EVERY_PAGE
    if len(key) <= LONGEST_KEY and key.isascii() and key.isprintable() and not {" ", ","} & set(key):
        return key
    return f"hash:{blake2b(key.encode(), digest_size=16).hexdigest()}"


def _is_personal(response: HttpResponse) -> bool:
    return bool(response.cookies) or "cookie" in response.headers.get("Vary", "").lower()
