"""One loading of the site, and the workers forked from it."""

import gc
import logging
import math
import multiprocessing
import os
import resource
import select
import signal
import socket
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any, NoReturn

from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.net import SocketHolder

from newsroom.foundations.http import load_shedding
from newsroom.serving import processors

MOST_WORKERS = 8  # of our own accord: each opens up to as many connections to the database as its pool holds
DRAIN = 12  # seconds a retiring worker goes on answering open connections: longer than a proxy keeps one idle
LOOKS = 0.25  # seconds between two looks whether our parent lives
ORPHANED = 0.5  # seconds an orphan takes to finish its requests
GRACE = 10  # seconds a worker may take to finish its requests when asked to stop
BACKLOG = 2048  # connections waiting to be accepted
CONNECTIONS = 4096  # open at once in a worker
HEADERS = 64 * 1024  # bytes
HITS = 8  # threads that answer what is at hand, beside those who work or wait within a limit
MOST_MEMORY = 512  # MB of a worker, shared ones included; one that holds more is replaced


class Generation:
    """The site as it is now. `workers` 0 takes as many as there are processors."""

    def __init__(
        self, listener: socket.socket, control: socket.socket, *, workers: int, drain: float
    ) -> None:
        self.listener, self.control, self.drain = listener, control, drain
        self.workers = workers or min(MOST_WORKERS, processors.count())

    def serve(self) -> None:
        """Until we are told to retire and the drain is over, or to stop at once (SIGTERM), or nobody supervises us."""
        self.farewell = Farewell(load())
        let_go_of_databases()
        let_workers_hear()
        server = Server(self.listener, self.workers)
        server.on_startup(self._hang_on)
        gc.collect()
        gc.freeze()  # what is loaded now is never garbage, and stays in memory the workers share
        server.serve(target_loader=self._begin_work, wrap_loader=False)

    def _hang_on(self) -> None:
        """Granian takes a hangup as a wish to reload, and would fork workers from what is loaded already."""
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        Thread(target=self._follow, args=(self.drain,), daemon=True).start()

    def _begin_work(self) -> Callable[..., Iterable[bytes]]:
        """In a worker: it hears again, and says that it is ready. Told to stop before that, it just ends."""
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        Thread(target=self._follow, args=(self.drain + 2 * GRACE,), daemon=True).start()
        with suppress(
            OSError
        ):  # nobody holds the other end any more, or hundreds of workers have said so before
            self.control.send(b"!", socket.MSG_DONTWAIT)
        return self.farewell

    def _follow(self, patience: float) -> None:
        """Retire when the supervisor says so, and end when that has taken long enough. End within a second when it, or
        our parent, is gone without a word: whatever listens at the port and answers nobody keeps the next from it."""
        parent, until = os.getppid(), math.inf
        ear = select.poll()
        ear.register(self.control, select.POLLIN)
        while time.monotonic() < until:
            heard = ear.poll(LOOKS * 1000)
            if os.getppid() != parent or (heard and heard[0][1] & (select.POLLHUP | select.POLLERR)):
                end_soon()
            if heard:
                stop_listening(self.listener)
                self.farewell.retiring, until = True, time.monotonic() + patience
                ear.modify(
                    self.control, 0
                )  # the word is for all who share this socket; its end is heard still
        os.kill(os.getpid(), signal.SIGTERM)


def end_soon() -> NoReturn:
    """Finish what can be finished at once."""
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(ORPHANED)
    os._exit(1)


class Farewell:
    """Around the application: when its worker retires, connections end with the answer they have asked for."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application, self.retiring = application, False

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if self.retiring:
            start_response = partial(self._last, start_response)
        return self.application(environ, start_response)

    def _last(
        self, start_response: Callable[..., Any], status: str, headers: list[tuple[str, str]], *more: Any
    ) -> Any:
        return start_response(status, [*headers, ("Connection", "close")], *more)


class Server(Granian):  # type: ignore[misc, valid-type]
    """Granian on a listening socket that another process keeps. Granian itself would open one for each worker, and refuse
    the connections that wait at it when that worker ends."""

    def __init__(self, listener: socket.socket, workers: int) -> None:
        self.listener = listener
        multiprocessing.set_start_method("fork", force=True)
        logging.getLogger("_granian").addFilter(
            lambda record: record.funcName != "serve"
        )  # advice on numbers
        super().__init__(
            "newsroom.wsgi:application",
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            websockets=False,
            workers=workers,
            blocking_threads=load_shedding.THREADS + HITS,
            backlog=BACKLOG,
            backpressure=open_files() // 2,
            http1_settings=HTTP1Settings(header_read_timeout=15_000, max_buffer_size=HEADERS),
            respawn_failed_workers=True,
            respawn_interval=1,
            workers_kill_timeout=GRACE,
            workers_max_rss=MOST_MEMORY,
            log_level=LogLevels.info if settings.DEBUG else LogLevels.warning,
        )

    def _init_shared_socket(self) -> None:
        self._ssp = self._sso = None
        self._shd = SocketHolder(self.listener.fileno(), False, BACKLOG)  # type: ignore[call-arg]

    def _spawn_worker(self, *args: Any, **options: Any) -> Any:
        """Two threads of Granian's wait for a worker to end; the one that comes second would think it still lives, and
        complain that it has to be killed."""
        worker = super()._spawn_worker(*args, **options)
        worker.is_alive = lambda: worker.inner.is_alive() and lives(worker.inner.pid)
        return worker


def load() -> Callable[..., Iterable[bytes]]:
    """The application, with all the views and what they need."""
    application: Callable[..., Iterable[bytes]] = import_module("newsroom.wsgi").application
    get_resolver()._populate()
    return application


def stop_listening(listener: socket.socket) -> None:
    """Have this process accept no more connections. Granian can only stop as a whole, and then closes connections it has
    just accepted; so we take the listening socket out of what its event loop watches. The other workers go on."""
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            if str(entry.readlink()) == "anon_inode:[eventpoll]":
                select.epoll.fromfd(os.dup(int(entry.name))).unregister(listener)


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def open_files() -> int:
    """How many we may have open, connections included, having asked for as many as we need."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    now = min(2 * CONNECTIONS, most) if most != resource.RLIM_INFINITY else 2 * CONNECTIONS
    resource.setrlimit(resource.RLIMIT_NOFILE, (now, most))
    return now


def let_go_of_databases() -> None:
    """Workers are forked: the threads that serve a pool do not come along, and an open SQLite file must not."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]


def let_workers_hear() -> None:
    """A worker is born with its parent's ears: told to stop before it has its own, it would never hear of it. So
    whatever it is told waits until it begins to work."""
    stop = {signal.SIGTERM}
    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, stop),
        after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, stop),
    )
