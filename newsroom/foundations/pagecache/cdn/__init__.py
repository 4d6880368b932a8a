"""Caches between readers and us: nginx, Varnish, a delivery network. They are told on each page how long it may be kept
and by what it may be forgotten, and told again, through the outbox, when what it shows has changed.

Whoever writes a purge owes it to each of them (`owe`), in the same transaction.
"""

from newsroom.foundations.pagecache.cdn.caches import label
from newsroom.foundations.pagecache.cdn.purges import forget_old, owe, take_back, waiting

__all__ = ["forget_old", "label", "owe", "take_back", "waiting"]
