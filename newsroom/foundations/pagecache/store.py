"""The pages a process keeps: found by their URL, forgotten by what they show, and never more than so many bytes."""

from collections import Counter, OrderedDict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from time import time

from newsroom.foundations.pagecache.stored_response import StoredResponse
from newsroom.foundations.pagecache.sync import ALL

A_SIXTEENTH = 16  # of the room is for URLs where no page is: whoever asks for a million of them gains nothing
MOST_OF_A_SHELF = 4  # a page larger than a quarter of its shelf would push too many others off it
WANTED = 1000  # URLs
MARKS = 50_000  # keys whose last purge is remembered; the rest count as just purged


@dataclass
class Counts:
    """What has happened since the process began."""

    hits: int = 0
    misses: int = 0
    purged: int = 0
    crowded_out: int = 0


class Shelf:
    """Pages in the order they were last asked for, up to `room` bytes."""

    def __init__(self, room: int) -> None:
        self.room, self.size = room, 0
        self.pages: OrderedDict[Hashable, StoredResponse] = OrderedDict()

    def get(self, url: Hashable) -> StoredResponse | None:
        page = self.pages.get(url)
        if page is not None:
            self.pages.move_to_end(url)
        return page

    def take(self, url: Hashable, page: StoredResponse) -> list[Hashable]:
        """Keep the page. What must go to make room: the urls asked for longest ago."""
        self.pages[url] = page
        self.size += page.size
        crowded, excess = [], self.size - self.room
        for oldest, other in self.pages.items():
            if excess <= 0:
                break
            crowded.append(oldest)
            excess -= other.size
        return crowded

    def let_go(self, url: Hashable) -> StoredResponse | None:
        page = self.pages.pop(url, None)
        if page is not None:
            self.size -= page.size
        return page


@dataclass
class Store:
    """All of it, for one process. Every method holds the lock for its few steps; none waits for anything."""

    room: int  # bytes
    counts: Counts = field(default_factory=Counts)

    def __post_init__(self) -> None:
        self._lock = Lock()
        self._shelf, self._absent = Shelf(self.room), Shelf(self.room // A_SIXTEENTH)
        self._showing: dict[str, set[Hashable]] = {}
        self._marks: OrderedDict[str, tuple[int, float]] = OrderedDict()  # key → its last purge: number, time
        self._wanted: OrderedDict[Hashable, None] = OrderedDict()
        self._forgotten_marks = 0  # the highest number of a mark no longer kept
        self.purges = 0

    def get(self, url: Hashable, now: float) -> StoredResponse | None:
        """The page, unless its own time is over; `now` in seconds since 1970."""
        with self._lock:
            page = self._shelf.get(url) or self._absent.get(url)
            if page is None:
                return None
            if page.until <= now:
                self._let_go(url)
                return None
            self.counts.hits += 1
            page.was_wanted = True
            return page

    def put(self, url: Hashable, page: StoredResponse, *, since: int) -> bool:
        """Keep a page whose rendering began when `since` purges were known; not if one of its keys was purged
        meanwhile, for it may show what was true before."""
        with self._lock:
            shelf = self._absent if page.is_absent else self._shelf
            marks = [self._marks[key] for key in (ALL, *page.keys) if key in self._marks]
            if any(at >= int(page.at) for _number, at in marks):
                page.modified = ""  # a page of this very second may have said otherwise; dates have no halves
            if self._forgotten_marks > since or any(number > since for number, _at in marks):
                return False
            if page.size * MOST_OF_A_SHELF > shelf.room:
                return False
            self._let_go(url)
            page.is_kept = True
            self._wanted.pop(url, None)
            for key in page.keys:
                self._showing.setdefault(key, set()).add(url)
            for crowded in shelf.take(url, page):
                self._let_go(crowded)
                self.counts.crowded_out += 1
            return True

    def purge(self, keys: Iterable[str]) -> int:
        """Let go of every page that shows one of these; how many there were. Those being rendered now will be
        refused."""
        with self._lock:
            self.purges += 1
            gone = 0
            for key in keys:
                self._mark(key)
                for url in self._urls(key):
                    page = self._let_go(url)
                    gone += page is not None
                    if page and page.was_wanted:
                        self._want(url)
            self.counts.purged += gone
            return gone

    def grow(self, page: StoredResponse, more: int) -> None:
        """A kept page has been compressed in one more way."""
        with self._lock:
            if not page.is_kept:
                return
            page.size += more
            shelf = self._absent if page.is_absent else self._shelf
            shelf.size += more

    def size(self) -> tuple[int, int]:
        """How many pages there are, and their bytes."""
        with self._lock:
            shelves = (self._shelf, self._absent)
            return sum(len(shelf.pages) for shelf in shelves), sum(shelf.size for shelf in shelves)

    def keys(self) -> Counter[str]:
        """How many pages show each key."""
        with self._lock:
            showing = list(self._showing.items())
        return Counter({key: len(urls) for key, urls in showing})

    def is_wanted(self, url: Hashable) -> bool:
        """Has it been purged while readers were asking for it? Then they are asking now."""
        with self._lock:
            return url in self._wanted

    def _want(self, url: Hashable) -> None:
        self._wanted[url] = None
        if len(self._wanted) > WANTED:
            self._wanted.popitem(last=False)

    def _urls(self, key: str) -> list[Hashable]:
        if key == ALL:
            return [*self._shelf.pages, *self._absent.pages]
        return list(self._showing.get(key, ()))

    def _let_go(self, url: Hashable) -> StoredResponse | None:
        page = self._shelf.let_go(url) or self._absent.let_go(url)
        if page is None:
            return None
        page.is_kept = False
        for key in page.keys:
            showing = self._showing.get(key, set())
            showing.discard(url)
            if not showing:
                self._showing.pop(key, None)
        return page

    def _mark(self, key: str) -> None:
        self._marks[key] = (self.purges, time())
        self._marks.move_to_end(key)
        if len(self._marks) > MARKS:
            self._forgotten_marks = self._marks.popitem(last=False)[1][0]
