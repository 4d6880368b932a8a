"""Delivers what is owed to the caches in front: one thread of a serving process, woken when a purge is committed."""

import logging
from threading import Event, Lock, Thread

from django.db import connections
from django.utils import timezone

from newsroom.foundations.pagecache.in_front import outbox
from newsroom.foundations.pagecache.in_front.caches import caches

log = logging.getLogger(__name__)

LONGEST_SLEEP = 15.0  # seconds; so it also finds what a process that has died left behind

_called = Event()
_beginning = Lock()
_thread: Thread | None = None


def start() -> None:
    """Have this process deliver, from now until it ends: one that serves, for a thread does not come along when a
    process is forked. Nothing happens without caches in front."""
    global _thread
    with _beginning:
        if caches() and not (_thread and _thread.is_alive()):
            _thread = Thread(target=_work, name="courier", daemon=True)
            _thread.start()


def wake() -> None:
    """There is something to deliver. Where no courier works, in a command, `run_due` will do it."""
    _called.set()


def _work() -> None:
    while True:
        _called.clear()
        _called.wait(_round())


def _round() -> float:
    """Deliver what is due. Seconds until there may be more."""
    try:
        outbox.deliver()
        due = outbox.next_due()
    except Exception:
        log.exception("what is owed to the caches in front could not be delivered")
        return LONGEST_SLEEP
    finally:
        connections.close_all()
    seconds = (due - timezone.now()).total_seconds() if due else LONGEST_SLEEP
    return min(LONGEST_SLEEP, max(0.05, seconds))
