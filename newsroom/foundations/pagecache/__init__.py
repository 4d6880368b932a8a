"""Whole pages, kept until something they show changes.

Whoever renders says what is shown: `shows(request, "article:42", "newest:section:7")`. A verb says what it changed:
`purge("article:42")`. Views whose pages may be kept say so, with the parameters they read: `@cacheable("before")`. What
nearly every page needs, the tree of sections and the masthead, is `cached_until_purged` in the same way.

Topics of things: article:42, section:7, tag:5, by:3 (a person), picture:9, page:2, thread:42, paper (masthead, menu and
footer, on every page), house-rules, corrections (all of them). Topics of lists, purged when a story enters: front:home,
newest:section:7, newest:tag:5, newest:by:3, and older:… for their further pages. What is looked for in vain:
path:world/americas.
"""

from newsroom.foundations.pagecache.keys import cacheable, describe_pages, path_key, public_uncached, shows
from newsroom.foundations.pagecache.memory import cached_until_purged
from newsroom.foundations.pagecache.purges import ALL, purge, retract

__all__ = [
    "ALL",
    "cacheable",
    "cached_until_purged",
    "describe_pages",
    "path_key",
    "public_uncached",
    "purge",
    "retract",
    "shows",
]
