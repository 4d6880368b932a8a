"""The page cache as the server meets it: around Django, answering before Django is asked."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore, Event, Lock
from time import time
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.urls import Resolver404, resolve

from newsroom.foundations import worker
from newsroom.foundations.http import load_shedding
from newsroom.foundations.http.plain_responses import BUSY
from newsroom.foundations.http.request_bodies import Receiving
from newsroom.foundations.pagecache import sync
from newsroom.foundations.pagecache.keys import ANYBODY, DESK, KEPT, PLACE, Shown
from newsroom.foundations.pagecache.stats import keep_writing
from newsroom.foundations.pagecache.store import Store
from newsroom.foundations.pagecache.stored_response import (
    GZIP,
    Environ,
    Headers,
    StartResponse,
    StoredResponse,
    preferred,
)
from newsroom.foundations.pagecache.sync import ALL, News, NoNews, start

Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Key = tuple[str, str, str, str]
PATIENCE = 5.0  # seconds to wait for another reader's rendering of the same page
MOST_TURNS = 3  # then a reader renders the page alone
MOST_FIELDS = 100
NO_PARAMETERS = frozenset[str]()
ASKING = {"GET", "HEAD"}
NOT_FOR_PAGES = (
    "HTTP_COOKIE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_RANGE",
    "HTTP_ACCEPT_ENCODING",
)


class Response:
    """What Django answered: kept whole, since our pages are, or passed on as it comes."""

    def __init__(self) -> None:
        self.status, self.headers = "", list[tuple[str, str]]()

    def start(self, status: str, headers: Headers, exc_info: object = None) -> None:
        self.status, self.headers = status, headers

    def says(self, name: str) -> str:
        return next((value for said, value in self.headers if said.lower() == name), "")

    def may_be_kept(self) -> bool:
        """By anybody, for anybody: not an error, not private, and no cookie in it or behind it."""
        if (
            int(self.status[:3]) not in KEPT
            or self.says("set-cookie")
            or "cookie" in self.says("vary").lower()
        ):
            return False
        return not {"private", "no-store", "no-cache"} & {
            word.strip() for word in self.says("cache-control").lower().split(",")
        }


@dataclass
class Turn:
    """One reader renders a page; those who ask for it meanwhile wait for `over`."""

    over: Event = field(default_factory=Event)
    failure: tuple[Response, bytes] | None = None  # what the site answered when it could not; theirs as well


class PageCache:
    """Readers' pages from memory while they are true; else from `pages`, once for all who ask at the same time.

    `wanted`, `searches`, `desk` and `files` are the same application within limits of their own. Pages that were purged
    while readers asked for them are `wanted`: a crowd elsewhere shall not keep the front page away. `searches` are never
    kept. All others, whoever has a cookie of the desk's above all, go to `desk`.

    `room` is in bytes; with none nothing is kept. How it goes is written down in the folder `stats`.
    """

    def __init__(
        self,
        pages: Application,
        *,
        room: int,
        wanted: Application | None = None,
        searches: Application | None = None,
        desk: Application | None = None,
        files: Application | None = None,
        stats: Path | None = None,
    ) -> None:
        self.pages, self.room, self.stats = pages, room, stats
        self.wanted, self.searches = wanted or pages, searches or pages
        self.desk, self.files = desk or pages, files or pages
        self._waiting = BoundedSemaphore(load_shedding.SAME_PAGE)
        self.store = Store(room)
        self._news: News | None = None
        self._lock = Lock()
        self._turns: dict[Key, Turn] = {}
        names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, CookieStorage.cookie_name)
        self._cookies = [f"{name}=" for name in names]
        self._files_at = (settings.STATIC_URL, settings.MEDIA_URL)
        self._https = (
            (settings.SECURE_PROXY_SSL_HEADER or ("", ""))[0] if settings.SECURE_SSL_REDIRECT else ""
        )

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if self._news is not sync.current() or self._news is None:
            self._listen()
        if environ["REQUEST_METHOD"] not in ASKING or self._is_personal(environ):
            return self._pass(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        key = self._key(environ, query and kept_query(environ["PATH_INFO"], query))
        if self._news.is_current() and (page := self.store.get(key, time())):  # type: ignore[union-attr]
            return page.answer(environ, start_response, self.store.grow)
        return self._ask(key, environ, start_response)

    def _listen(self) -> None:
        """Here, in the process that serves and not in the one it was forked from, which has no need of news."""
        with self._lock:
            heard = sync.current()
            if isinstance(heard, NoNews):
                heard = start.begin()
                if self.stats:
                    keep_writing(self.store, self.stats)
                worker.start()
            if self._news is not heard:
                if self._news is not None:
                    self.store.purge([ALL])
                heard.listeners.append(self.store.purge)
                self._news = heard

    def _is_personal(self, environ: Environ) -> bool:
        """Has the reader said who they are? Cookies of others' making (measuring, a proxy's) do not matter."""
        cookies = environ.get("HTTP_COOKIE")
        if cookies and any(name in cookies for name in self._cookies):
            return True
        return "HTTP_AUTHORIZATION" in environ

    def _key(self, environ: Environ, query: str) -> Key:
        """Plain HTTP is only ever sent to HTTPS, so it has answers of its own. Django refuses hosts that are not ours."""
        protocol = environ.get(self._https, "") if self._https else environ["wsgi.url_scheme"]
        return protocol, environ.get("HTTP_HOST", "").lower(), environ["PATH_INFO"], query

    def _ask(self, key: Key, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        audience = audience_of(environ["PATH_INFO"])
        if audience is DESK:
            return self._pass(environ, start_response)
        if audience is ANYBODY:
            return self.searches(environ, start_response)
        if not self.room:
            return self._render(key, environ, start_response, Turn())
        for _time in range(MOST_TURNS):
            turn, is_mine = self._turn(key)
            if is_mine:
                return self._take(turn, key, environ, start_response)
            if not self._wait_for(turn):
                return BUSY(environ, start_response)
            if turn.failure:
                return self._pass_on(*turn.failure, environ, start_response)
            if self._news.is_current() and (page := self.store.get(key, time())):  # type: ignore[union-attr]
                return page.answer(environ, start_response, self.store.grow)
        return self._render(key, environ, start_response, Turn())

    def _pass(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """To the desk, or to the files its pages need."""
        is_file = environ["REQUEST_METHOD"] in ASKING and environ["PATH_INFO"].startswith(self._files_at)
        return (self.files if is_file else self.desk)(environ, start_response)

    def _turn(self, key: Key) -> tuple[Turn, bool]:
        with self._lock:
            mine = Turn()
            turn = self._turns.setdefault(key, mine)
            return turn, turn is mine

    def _wait_for(self, turn: Turn) -> bool:
        """False when too many wait already: threads must be left for those whose pages are here."""
        if not self._waiting.acquire(blocking=False):
            return False
        try:
            return turn.over.wait(PATIENCE)
        finally:
            self._waiting.release()

    def _take(self, turn: Turn, key: Key, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        try:
            return self._render(key, environ, start_response, turn)
        finally:
            with self._lock:
                self._turns.pop(key, None)
            turn.over.set()

    def _render(
        self, key: Key, environ: Environ, start_response: StartResponse, turn: Turn
    ) -> Iterable[bytes]:
        """Have the page made and keep it. Of the request Django sees only what the page may depend on."""
        began, since, shown, response = time(), self.store.purges, Shown(), Response()
        asked = {**environ, "REQUEST_METHOD": "GET", "QUERY_STRING": key[-1], PLACE: shown}
        for name in NOT_FOR_PAGES:
            asked.pop(name, None)
        application = self.wanted if self.store.is_wanted(key) else self.pages
        body = whole(application(asked, response.start))
        self.store.counts.misses += 1
        if not response.may_be_kept():
            turn.failure = (response, body) if response.status[0] == "5" else None
            return self._pass_on(response, body, environ, start_response)
        packed = preferred(environ.get("HTTP_ACCEPT_ENCODING", "")) or GZIP
        for_many = bool(settings.CACHES_IN_FRONT or settings.PROXIES)
        page = StoredResponse.made(
            response.status, response.headers, body, shown, began, packed=packed, for_many=for_many
        )
        if page.keys and self._news.is_current():  # type: ignore[union-attr]
            self.store.put(key, page, since=since)
        return page.answer(environ, start_response, self.store.grow, is_new=True)

    def _pass_on(
        self, response: Response, body: bytes, environ: Environ, start_response: StartResponse
    ) -> Sequence[bytes]:
        start_response(response.status, response.headers)
        return () if environ["REQUEST_METHOD"] == "HEAD" else (body,)


def around(django: Application, workers: type[Executor] = ThreadPoolExecutor) -> PageCache:
    """The whole newsroom: Django's own handler, within limits, behind the page cache."""

    def limited(limit: load_shedding.Limit) -> Application:
        return load_shedding.Shedding(django, limit, workers)

    return PageCache(
        limited(load_shedding.PAGES),
        wanted=limited(load_shedding.WANTED),
        searches=limited(load_shedding.SEARCHES),
        desk=Receiving(limited(load_shedding.DESK)),
        files=limited(load_shedding.FILES),
        room=settings.PAGE_CACHE_BYTES,
        stats=settings.DATA_DIR / "pagecache",
    )


def whole(parts: Iterable[bytes]) -> bytes:
    """All of an answer, and the end of its request told to Django."""
    try:
        return b"".join(parts)
    finally:
        if close := getattr(parts, "close", None):
            close()


def decoded(path: str) -> str:
    """WSGI's path, whose bytes are written as if they were Latin letters, as text."""
    return path.encode("latin-1").decode("utf-8", "replace")


@lru_cache(maxsize=4096)
def audience_of(path: str) -> frozenset[str] | str:
    """For whom the view at this path answers: for the desk and others who say who they are, for anybody but made anew
    each time, or for anybody and kept (then the parameters it depends on)."""
    if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
        return DESK
    try:
        view = resolve(decoded(path)).func
    except Resolver404:
        return NO_PARAMETERS
    audience: frozenset[str] | str = getattr(view, "audience", DESK)
    return audience


def kept_query(path: str, query: str) -> str:
    """As much of the query as the page at this path depends on, written in one way."""
    parameters = audience_of(path)
    if isinstance(parameters, str):
        return query
    try:
        asked = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        return query
    return urlencode(sorted((name, value) for name, value in asked.items() if name in parameters))
