"""What a process does when more is asked of it than it can do: whoever would be answered soon waits, the others are told
at once that we are busy, without asking Django.

Threads do not make Python faster. Past two or three pages at once, each more only makes all of them later. So few
requests are worked on at once, and the others wait in line, first come first served, for as long as readers wait for a
page. A line holds more requests than can be answered in that time, so what refuses somebody is the time and not the
number; it has an end only because each request that waits holds a thread of the server.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.conf import settings

from newsroom.foundations.http.plain_responses import BUSY, Application, Environ, StartResponse
from newsroom.foundations.http.request_bodies import SENDING, Receiving

SHORT = 1024 * 1024  # bytes of a response that are made at once, however slowly they are read


@dataclass(frozen=True)
class Limit:
    """So many requests are worked on at once; others wait `seconds` at most, and never more than `line` of them."""

    at_once: int
    seconds: float
    line: int


# Limits of their own, so that a crowd of readers keeps no editor from publishing, no comment from arriving, and no
# cached page from being shown with its style. All who work at once in a process find a connection in the pool (eight).
PAGES = Limit(at_once=1 if settings.EMBEDDED else 2, seconds=2, line=500)
WANTED = Limit(at_once=1, seconds=2, line=50)  # pages many wait for, each rendered once for all of them
SEARCHES = Limit(at_once=1, seconds=3, line=100)  # may take seconds
FILES = Limit(at_once=2, seconds=10, line=200)
DESK = Limit(at_once=2, seconds=10, line=100)
ALL = (PAGES, WANTED, SEARCHES, FILES, DESK)
SAME_PAGE = 500  # readers waiting for somebody else's rendering of their page
THREADS = SAME_PAGE + SENDING + sum(one.at_once + one.line for one in ALL)


class Slots:
    """Who works now, and who waits: each slot that becomes free is handed to whoever has waited longest."""

    def __init__(self, limit: Limit) -> None:
        self._limit, self._free = limit, limit.at_once
        self._line: deque[Lock] = deque()  # each locked until it is that request's turn
        self._lock = Lock()

    def enter(self) -> bool:
        """Wait for a slot. False when the line is full, or the time is over."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            if len(self._line) >= self._limit.line:
                return False
            turn = Lock()
            turn.acquire()
            self._line.append(turn)
        return turn.acquire(timeout=self._limit.seconds) or not self._give_up(turn)

    def leave(self) -> None:
        with self._lock:
            if self._line:
                self._line.popleft().release()
            else:
                self._free += 1

    def _give_up(self, turn: Lock) -> bool:
        """False when the slot came in this very moment."""
        with self._lock:
            if turn not in self._line:
                return False
            self._line.remove(turn)
            return True


class Shedding:
    """Lets an application work within a limit.

    A request keeps its slot until its response is made. A short response is made at once, so that slow readers cost
    memory and not work; a longer one is made when the server has closed it.
    """

    def __init__(self, application: Application, limit: Limit) -> None:
        self.application, self._slots = application, Slots(limit)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not self._slots.enter():
            return BUSY(environ, start_response)
        response = Response(self._slots.leave)
        try:
            return response.made(self.application, environ, start_response)
        except BaseException:
            response.close()
            raise


class Response:
    """Chunks, and the slot that is held until they are closed or forgotten."""

    _chunks: Iterable[bytes] = ()
    _is_short = False

    def __init__(self, leave: Callable[[], None]) -> None:
        self._leave, self._once = leave, Lock()

    def made(
        self, application: Application, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """All of it if it is short, and then the slot is free; else itself, to be read on."""

        def started(status: str, headers: list[tuple[str, str]], *problem: Any) -> Any:
            length = next((value for name, value in headers if name.lower() == "content-length"), "")
            self._is_short = length.isdecimal() and int(length) <= SHORT
            return start_response(status, headers, *problem)

        self._chunks = application(environ, started)
        if not self._is_short:
            return self
        try:
            return [b"".join(self._chunks)]
        finally:
            self.close()

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._chunks)

    def close(self) -> None:
        if not self._once.acquire(blocking=False):
            return
        try:
            if closing := getattr(self._chunks, "close", None):
                closing()
        finally:
            self._leave()

    __del__ = close


def for_pages(application: Application) -> Application:
    """Pages that are the same for everybody."""
    return Shedding(application, PAGES)


def for_wanted(application: Application) -> Application:
    """Those of them that were asked for when they were purged."""
    return Shedding(application, WANTED)


def for_searches(application: Application) -> Application:
    """What readers search for: a slow search keeps no page waiting."""
    return Shedding(application, SEARCHES)


def for_desk(application: Application) -> Application:
    """The desk, and what readers send."""
    return Receiving(Shedding(application, DESK))


def for_files(application: Application) -> Application:
    return Shedding(application, FILES)
