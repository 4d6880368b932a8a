"""The production server: Granian, which runs our WSGI application in worker processes of its own."""

import os
import signal
import socket
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.db import connections
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

GRACE = 10  # seconds a worker may take to finish its requests when asked to stop


def check_port(bind: str, port: int) -> None:
    """Raise CommandError, in one clear sentence, if nothing could listen there."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except (OSError, OverflowError) as problem:
            raise CommandError(
                _("Cannot listen on %(bind)s port %(port)s: %(why)s. Choose another with --port or --bind.")
                % {
                    "bind": bind,
                    "port": port,
                    "why": getattr(problem, "strerror", None) or str(problem).rstrip("."),
                }
            ) from None


def serve(bind: str, port: int, *, workers: int = 0) -> None:
    """Serve until told to stop (SIGINT, SIGTERM), then finish the requests at hand.

    `workers` 0 takes as many as there are processors, four at most: each holds a copy of the application.
    """
    sys.stdout.flush()
    _let_go_of_databases()
    _let_workers_hear()
    Granian(
        "newsroom.wsgi:application",
        address=bind,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or min(4, os.cpu_count() or 1),
        blocking_threads=4,
        backlog=1024,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=15_000),
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        log_level=LogLevels.info if settings.DEBUG else LogLevels.warning,
        process_name=None,
    ).serve(target_loader=_load)


def _let_go_of_databases() -> None:
    """Workers are forked: the threads that serve a pool do not come along, and an open SQLite file must not."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]


def _let_workers_hear() -> None:
    """A worker is born with its parent's ears: told to stop before it has its own, it would never hear of it. So
    whatever it is told waits until `_load`."""
    stop = {signal.SIGTERM}
    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, stop),
        after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, stop),
    )


def _load(target: str) -> Callable[..., Any]:
    """The application, loaded in a worker process.

    A terminal sends Ctrl-C to parent and workers alike, and the parent then asks the workers to stop as well; asked
    twice, Granian's workers hang until they are killed. So only the parent listens to it. A worker asked to stop
    while it still loads has nothing to finish and just ends.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, {signal.SIGINT})
    module, _colon, name = target.partition(":")
    application: Callable[..., Any] = getattr(import_module(module), name)
    return application
