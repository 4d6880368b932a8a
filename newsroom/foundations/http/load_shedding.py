"""What a process does when more is asked of it than it can do: whoever would be answered soon waits, the others are told
at once that we are busy, without asking Django.

Threads do not make Python faster. Past two or three pages at once, each more only makes all of them later. So few
requests are worked on at once, and the others wait in line, first come first served, for as long as readers wait for a
page. A line holds more requests than can be answered in that time, so what refuses somebody is the time and not the
number; it has an end only because each request that waits holds a thread of the server.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock
from typing import Any

from django.conf import settings

from newsroom.foundations.http.plain_responses import BUSY, Application, Environ, StartResponse
from newsroom.foundations.http.request_bodies import SENDING

SHORT = 1024 * 1024  # bytes of a response that are made at once, however slowly they are read


@dataclass(frozen=True)
class Limit:
    """So many requests are worked on at once; others wait `seconds` at most, and never more than `line` of them."""

    at_once: int
    seconds: float
    line: int


# Limits of their own, so that a crowd of readers keeps no editor from publishing, no comment from arriving, and no
# cached page from being shown with its style. All who work at once in a process find a connection in the pool (eight).
PAGES = Limit(at_once=1 if settings.EMBEDDED else 2, seconds=2, line=600)
WANTED = Limit(at_once=1, seconds=2, line=50)  # pages many wait for, each rendered once for all of them
SEARCHES = Limit(at_once=1, seconds=3, line=100)  # may take seconds
FILES = Limit(at_once=2, seconds=10, line=200)
DESK = Limit(at_once=2, seconds=10, line=100)
ALL = (PAGES, WANTED, SEARCHES, FILES, DESK)
SAME_PAGE = 600  # readers waiting for somebody else's rendering of their page
THREADS = SAME_PAGE + SENDING + sum(one.at_once + one.line for one in ALL)


class Shedding:
    """Lets an application work within a limit, in threads of our own, as many as work at once. The others wait in their
    line. What a thread keeps of its own, a connection to SQLite above all, there is so few times, however many wait.

    A short response is made at once, so that slow readers cost memory and not work; a longer one keeps its place until
    the server has closed it.
    """

    def __init__(self, application: Application, limit: Limit, workers: type[Executor]) -> None:
        self.application, self.seconds = application, limit.seconds
        self._places = BoundedSemaphore(limit.at_once + limit.line)
        self._workers = workers(limit.at_once)  # type: ignore[call-arg]

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not self._places.acquire(blocking=False):
            return BUSY(environ, start_response)
        response = Response(self._places.release)
        job = self._workers.submit(response.make, self.application, environ)
        try:
            chunks = job.result(self.seconds)
        except TimeoutError:
            if job.cancel():
                response.close()
                return BUSY(environ, start_response)
            chunks = job.result()
        start_response(*response.started)  # only the server's own thread may speak to the reader
        return chunks


class Response:
    """How a response begins, its chunks, and the place that is held until they are closed or forgotten."""

    def __init__(self, leave: Callable[[], None]) -> None:
        self.started: tuple[Any, ...] = ()
        self._chunks: Iterable[bytes] = ()
        self._leave, self._once = leave, Lock()

    def make(self, application: Application, environ: Environ) -> Iterable[bytes]:
        """All of it if it is short, and then the place is free; else itself, to be read on."""
        try:
            self._chunks = application(environ, self._start)
            if not self._is_short():
                return self
            whole = [b"".join(self._chunks)]
        except BaseException:
            self.close()
            raise
        self.close()
        return whole

    def _start(self, *words: Any) -> None:
        self.started = words

    def _is_short(self) -> bool:
        headers = self.started[1] if self.started else []
        length = next((value for name, value in headers if name.lower() == "content-length"), "")
        return length.isdecimal() and int(length) <= SHORT

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
