"""What a process does when more is asked of it than it can do: some now, a few soon, to the others an honest 503.

Threads do not make Python faster. Past two or three pages at once, each more only makes all of them later, until nobody
is answered in time. So the work is limited, and whoever cannot be served is told at once, without asking Django.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import BoundedSemaphore, Lock
from typing import Any

from django.conf import settings

from newsroom.foundations.http.plain_responses import BUSY, Application, Environ, StartResponse
from newsroom.foundations.http.request_bodies import Receiving

SHORT = (
    1024 * 1024
)  # bytes of an answer which are taken from the application at once, however slowly they are read


@dataclass(frozen=True)
class Room:
    """Place for so many requests to be worked on at once, and chairs for some who wait, so many seconds at most."""

    at_once: int
    waiting: int
    patience: float

    @property
    def seats(self) -> int:
        return self.at_once + self.waiting


# Rooms of their own, so that a crowd of readers keeps no editor from publishing, no comment from arriving, and no cached
# page from being shown with its style. All who work at once in a process find a connection in the pool (eight).
READERS = Room(at_once=1 if settings.EMBEDDED else 2, waiting=12, patience=2)
SEARCHES = Room(at_once=1, waiting=6, patience=3)  # may take seconds
FILES = Room(at_once=2, waiting=8, patience=10)
DESK = Room(at_once=2, waiting=8, patience=10)
SENDING = 12  # requests whose body is on its way
WANTED = Room(at_once=1, waiting=12, patience=5)  # pages many wait for, each rendered once for all of them
IN_LINE = 40  # readers waiting for somebody else's rendering of their page
PAGES = READERS.seats + SEARCHES.seats + WANTED.seats + IN_LINE
SEATS = PAGES + DESK.seats + FILES.seats + SENDING  # threads all these take


class Shedding:
    """Lets an application work in a room; whoever finds it full, or waits in vain, is told that we are busy.

    A request keeps its place until its answer is made. A short answer is made at once, so that slow readers cost memory
    and not work; a longer one is made when the server has closed it.
    """

    def __init__(self, application: Application, room: Room) -> None:
        self.application, self.patience = application, room.patience
        self._chairs = BoundedSemaphore(room.seats)
        self._desks = BoundedSemaphore(room.at_once)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not self._enter():
            return BUSY(environ, start_response)
        return self._worked(environ, start_response, Place(self._leave))

    def _worked(self, environ: Environ, start_response: StartResponse, place: "Place") -> Iterable[bytes]:
        try:
            return Answer(self.application, environ, start_response).given(place)
        except BaseException:
            place.close()
            raise

    def _enter(self) -> bool:
        if not self._chairs.acquire(blocking=False):
            return False
        if self._desks.acquire(timeout=self.patience):
            return True
        self._chairs.release()
        return False

    def _leave(self) -> None:
        self._desks.release()
        self._chairs.release()


class Handing(Shedding):
    """The same, but the work is done by threads of our own, as many as work at once. Who waits waits in their line: one
    that has made an answer begins the next without the server's thread being woken for it."""

    def __init__(self, application: Application, room: Room, name: str) -> None:
        super().__init__(application, room)
        self._hands = ThreadPoolExecutor(room.at_once, thread_name_prefix=f"newsroom-{name}")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not self._chairs.acquire(blocking=False):
            return BUSY(environ, start_response)
        place, said = Place(self._chairs.release), Said()
        task = self._hands.submit(self._worked, environ, said, place)
        try:
            answer = task.result(self.patience)
        except TimeoutError:
            if task.cancel():
                place.close()
                return BUSY(environ, start_response)
            answer = task.result()
        start_response(*said.words)  # only the server's own thread may speak to the reader
        return answer


class Said:
    """What an application says of its answer before giving it, remembered."""

    words: tuple[Any, ...] = ()

    def __call__(self, *words: Any) -> None:
        self.words = words


class Place:
    """What somebody holds, given back once: by closing it, or by forgetting it."""

    def __init__(self, leave: Callable[[], None]) -> None:
        self._leave, self._once = leave, Lock()

    def close(self) -> None:
        if self._once.acquire(blocking=False):
            self._leave()

    __del__ = close


class Answer:
    """What an application says, and whether it is short."""

    def __init__(self, application: Application, environ: Environ, start_response: StartResponse) -> None:
        self._start_response, self._short = start_response, False
        self._chunks = application(environ, self._started)

    def _started(self, status: str, headers: list[tuple[str, str]], *problem: Any) -> Any:
        length = next((value for name, value in headers if name.lower() == "content-length"), "")
        self._short = length.isdecimal() and int(length) <= SHORT
        return self._start_response(status, headers, *problem)

    def given(self, place: Place) -> Iterable[bytes]:
        """All of it if it is short, and then the place is free; else a stream that holds the place."""
        stream = Stream(self._chunks, place)
        if not self._short:
            return stream
        try:
            return [b"".join(stream)]
        finally:
            stream.close()


class Stream:
    """Chunks, and the place that is held until they are closed."""

    def __init__(self, chunks: Iterable[bytes], place: Place) -> None:
        self._chunks, self._place = chunks, place

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._chunks)

    def close(self) -> None:
        try:
            if closing := getattr(self._chunks, "close", None):
                closing()
        finally:
            self._place.close()


def for_readers(application: Application) -> Application:
    """Pages that are the same for everybody."""
    return Handing(application, READERS, "pages")


def for_searches(application: Application) -> Application:
    """What readers search for: a slow search keeps no page waiting."""
    return Handing(application, SEARCHES, "searches")


def for_wanted(application: Application) -> Application:
    """Those of them that were asked for when they were purged."""
    return Handing(application, WANTED, "wanted")


def for_desk(application: Application) -> Application:
    """The desk, and what readers send."""
    return _beside_files(application, Receiving(Shedding(application, DESK), at_once=SENDING))


def _beside_files(application: Application, others: Application) -> Application:
    files, addresses = Shedding(application, FILES), (settings.STATIC_URL, settings.MEDIA_URL)

    def door(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        room = files if environ["PATH_INFO"].startswith(addresses) else others
        return room(environ, start_response)

    return door
