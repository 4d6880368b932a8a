"""Where readers come in: one listening socket, as long as the site is served."""

import os
import signal
import socket
import sys
from typing import NoReturn

from django.core.management import CommandError
from django.utils.translation import gettext as _

from newsroom.serving import doorkeeper
from newsroom.serving.generation import BACKLOG, Generation, let_go_of_databases

VANISHED = {"TCP_KEEPIDLE": 30, "TCP_KEEPINTVL": 10, "TCP_KEEPCNT": 3}  # silent for so long, then given up


def open_door(bind: str, port: int) -> socket.socket:
    """Listen; raise CommandError, in one clear sentence, if nothing could listen there."""
    door = socket.socket(socket.AF_INET6 if ":" in bind else socket.AF_INET)
    _agree(door)
    try:
        door.bind((bind, port))
        door.listen(BACKLOG)
    except (OSError, OverflowError) as problem:
        door.close()
        why = getattr(problem, "strerror", None) or str(problem).rstrip(".")
        raise CommandError(
            _("Cannot listen on %(bind)s port %(port)s: %(why)s. Choose another with --port or --bind.")
            % {"bind": bind, "port": port, "why": why}
        ) from None
    return door


def _agree(door: socket.socket) -> None:
    """What holds for each connection that comes in here."""
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for name, seconds in VANISHED.items():
        if hasattr(socket, name):
            door.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), seconds)


def keep(door: socket.socket, *, workers: int, drain: float) -> NoReturn:
    """Serve until told to stop: a child of ours becomes the first generation, and we ourselves the doorkeeper."""
    sys.stdout.flush()
    let_go_of_databases()
    ours, theirs = socket.socketpair()
    signal.pthread_sigmask(signal.SIG_BLOCK, doorkeeper.SIGNALS)  # until the doorkeeper hears
    first = os.fork()
    if not first:
        os.setpgid(0, 0)  # a terminal speaks to the doorkeeper alone
        ours.close()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, doorkeeper.SIGNALS)
        sys.exit(Generation(door, theirs, workers=workers, drain=drain).serve())
    for end in (door, ours):
        end.set_inheritable(True)
    ends = [f"--door={door.fileno()}", f"--first={first}", f"--leash={ours.fileno()}"]
    again = [sys.executable, *sys.orig_argv[1:]]
    os.execv(sys.executable, [sys.executable, "-IS", doorkeeper.__file__, *ends, "--", *again])
