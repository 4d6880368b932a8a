"""Does the outbox's jobs: a thread of each serving process, or a process of its own (`manage.py outbox --work`)."""

import logging
from threading import Lock, Thread

from django.conf import settings
from django.db import connections
from django.utils import timezone

from newsroom.foundations import outbox

log = logging.getLogger(__name__)

LONGEST_SLEEP = 15.0  # seconds; so it also finds what another process has committed or left behind

_beginning = Lock()
_thread: Thread | None = None


def start() -> None:
    """Have this process do jobs, from now until it ends: one that serves, for a thread does not come along when a
    process is forked. Nothing happens where the operator has workers of their own."""
    global _thread
    with _beginning:
        if settings.OUTBOX_IN_SITE and not (_thread and _thread.is_alive()):
            _thread = Thread(target=work, name="outbox", daemon=True)
            _thread.start()


def work() -> None:
    """Do what is due, again and again: at once when this process has committed a job."""
    while True:
        outbox.woken.clear()
        outbox.woken.wait(_round())


def _round() -> float:
    """Do what is due. Seconds until there may be more."""
    try:
        outbox.deliver()
        due = outbox.next_due()
    except Exception:
        log.exception("the outbox could not be asked for what is due")
        return LONGEST_SLEEP
    finally:
        connections.close_all()
    seconds = (due - timezone.now()).total_seconds() if due else LONGEST_SLEEP
    return min(LONGEST_SLEEP, max(0.05, seconds))
