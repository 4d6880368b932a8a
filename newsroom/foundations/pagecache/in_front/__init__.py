"""Caches between readers and us: nginx, Varnish, a delivery network. They are told on each page how long it may be kept
and by what it may be forgotten, and told again, through an outbox, when what it shows has changed.

Whoever writes a purge owes it to each of them (`owe`), in the same transaction. The courier of the serving process
delivers what is owed within a moment, and `run_due` does what the courier could not.
"""

from newsroom.foundations.pagecache.in_front.courier import start
from newsroom.foundations.pagecache.in_front.labels import label
from newsroom.foundations.pagecache.in_front.outbox import (
    Waiting,
    deliver,
    forget_old,
    owe,
    take_back,
    waiting,
)

__all__ = ["Waiting", "deliver", "forget_old", "label", "owe", "start", "take_back", "waiting"]
