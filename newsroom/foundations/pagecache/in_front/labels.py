"""What a page says to the caches in front: how long it may be kept, and by which keys it is to be found again."""

from collections.abc import Iterable
from hashlib import blake2b

from django.conf import settings
from django.http import HttpResponse

from newsroom.foundations.pagecache.in_front.caches import caches
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


def label(response: HttpResponse, topics: Iterable[str], *, timed: bool) -> None:
    """Say it in the response's headers. A page that is `timed`, true until a moment only, is never kept for long."""
    if _is_personal(response):
        response.headers.setdefault("Cache-Control", FOR_ONE_READER)
        return
    response.headers.setdefault("Cache-Control", FOR_ANYBODY)
    if response.headers["Cache-Control"] != FOR_ANYBODY or timed or not (known := caches()):
        return
    keys = [EVERY_PAGE, *map(key, topics)]
    if response.status_code != NOT_FOUND and len(keys) <= MOST_KEYS and len(" ".join(keys)) <= LONGEST_LABEL:
        for cache in known:
            for name, value in cache.label(keys, settings.KEPT_IN_FRONT_SECONDS).items():
                response.headers[name] = value


def key(topic: str) -> str:
    """A topic as caches take it: one short word of ASCII. Others are known by a hash."""
    if topic == ALL:
        return EVERY_PAGE
    if len(topic) <= LONGEST_KEY and topic.isascii() and topic.isprintable() and not {" ", ","} & set(topic):
        return topic
    return f"hash:{blake2b(topic.encode(), digest_size=16).hexdigest()}"


def _is_personal(response: HttpResponse) -> bool:
    return bool(response.cookies) or "cookie" in response.headers.get("Vary", "").lower()
