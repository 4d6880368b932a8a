"""Caches between readers and us: nginx, Varnish, a delivery network. They are told on each page how long it may be kept
and by what it may be forgotten, and told again, through the outbox, when what it shows has changed.

Whoever writes a purge owes it to each of them (`enqueue_purges`), in the same transaction.
"""

from newsroom.foundations.pagecache.cdn.caches import label
from newsroom.foundations.pagecache.cdn.purges import enqueue_purges, forget_old, take_back, waiting

__all__ = ["enqueue_purges", "forget_old", "label", "take_back", "waiting"]
