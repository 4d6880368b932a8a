"""Where readers come in: one listening socket, as long as the site is served."""

import errno
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import NoReturn

from django.conf import settings
from django.core.management import CommandError
from django.utils.translation import gettext as _

from newsroom.serving import supervisor
from newsroom.serving.generation import BACKLOG, DRAIN, Generation, let_go_of_databases

PATIENCE = 3.0  # seconds to wait for a port that somebody still has
VANISHED = {"TCP_KEEPIDLE": 30, "TCP_KEEPINTVL": 10, "TCP_KEEPCNT": 3}  # silent for so long, then given up


def open_listener(bind: str, port: int) -> socket.socket:
    """Listen; raise CommandError, in one clear sentence, if nothing could listen there.

    Who was killed may need a moment to let the port go.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return _listen(bind, port)
        except (OSError, OverflowError) as problem:
            if getattr(problem, "errno", None) != errno.EADDRINUSE or time.monotonic() > end:
                raise CommandError(_cannot(bind, port, problem)) from None
        time.sleep(0.1)


def _listen(bind: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in bind else socket.AF_INET)
    try:
        _agree(listener)
        listener.bind((bind, port))
        listener.listen(BACKLOG)
    except BaseException:
        listener.close()
        raise
    return listener


def _cannot(bind: str, port: int, problem: Exception) -> str:
    why = getattr(problem, "strerror", None) or str(problem).rstrip(".")
    sentence = _("Cannot listen on %(bind)s port %(port)s: %(why)s. Choose another with --port or --bind.")
    return sentence % {"bind": bind, "port": port, "why": why}


def _agree(listener: socket.socket) -> None:
    """What holds for each connection that comes in here."""
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for name, seconds in VANISHED.items():
        if hasattr(socket, name):
            listener.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), seconds)


def check_port(bind: str, port: int) -> None:
    """Raise CommandError if nothing could listen there, for a command that will only do so later."""
    open_listener(bind, port).close()


def keep(bind: str, port: int, *, workers: int, drain: float) -> NoReturn:
    """Serve until told to stop. This process becomes the supervisor, which has no need of all that is loaded here."""
    listener = open_listener(bind, port)
    first = _first_generation(listener, workers, drain)
    for end in (listener, first.control):
        end.set_inheritable(True)
    ends = [f"--listener={listener.fileno()}", f"--first={first.pid}", f"--control={first.control.fileno()}"]
    words = [sys.executable, "-IS", supervisor.__file__, *ends, "--", *_another(workers, drain)]
    os.execv(sys.executable, words)


def serve(bind: str, port: int) -> int:
    """Serve until told to stop, and come back, to a command that has something to tidy up. Returns how it ended."""
    listener = open_listener(bind, port)
    first = _first_generation(listener, 0, DRAIN)
    keeper = supervisor.Supervisor(_another(0, DRAIN), listener.fileno(), first, terminal=os.isatty(0))
    return keeper.keep()


def _first_generation(listener: socket.socket, workers: int, drain: float) -> supervisor.Generation:
    """A child of ours goes on from here as the first generation."""
    sys.stdout.flush()
    let_go_of_databases()
    ours, theirs = socket.socketpair()
    signal.pthread_sigmask(signal.SIG_BLOCK, supervisor.SIGNALS)  # until the supervisor hears
    if pid := os.fork():
        theirs.close()
        return supervisor.Generation(pid, ours)
    os.setpgid(0, 0)  # a terminal speaks to the supervisor alone
    ours.close()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, supervisor.SIGNALS)
    _end_with(Generation(listener, theirs, workers=workers, drain=drain).serve)


def _end_with(work: Callable[[], None]) -> NoReturn:
    """This process ends here, whatever its parent had in mind to do after."""
    status = 1
    try:
        work()
        status = 0
    except Exception:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def _another(workers: int, drain: float) -> list[str]:
    """The command for a later generation; the supervisor adds the numbers of its two sockets."""
    manage = str(settings.BASE_DIR / "manage.py")
    return [sys.executable, manage, "serve", f"--workers={workers}", f"--drain={drain}"]
