"""A whole response as it is kept: its bytes, compressed in as many ways as readers have asked for, and its validators."""

import gzip
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import lru_cache
from math import inf
from threading import Lock
from typing import Any

import brotli
from django.utils.http import http_date
from isal import igzip, isal_zlib

from newsroom.foundations.pagecache.keys import Shown

Headers = list[tuple[str, str]]
Environ = dict[str, Any]
StartResponse = Callable[..., Any]

MADE_HERE = {"content-length", "content-encoding", "etag", "last-modified", "vary"}
WORTH_IT = 200  # bytes; smaller responses do not get smaller
A_KEY, A_PAGE = 120, 1500  # bytes that keeping one costs beside its text, about
HIT, NEW = ("Cache-Status", "newsroom; hit"), ("Cache-Status", "newsroom; fwd=miss")  # RFC 9211
NOT_MODIFIED = "304 Not Modified"
BROTLI, GZIP, PLAIN = "br", "gzip", ""


Pack = Callable[[bytes], bytes]


def gzipped(level: int) -> Pack:
    return lambda body: gzip.compress(body, level, mtime=0)


def gzipped_quickly(body: bytes) -> bytes:
    """As small as zlib's second level makes it, in a third of the time."""
    return igzip.compress(body, 1, mtime=0)


def brotlied(quality: int) -> Pack:
    return lambda body: bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality))


# Most pages are asked for once before they change. They are packed quickly; those that are asked for again, once more
# and well: a tenth smaller, for four times the work.
QUICKLY: dict[str, Pack] = {BROTLI: brotlied(2), GZIP: gzipped_quickly, PLAIN: bytes}
WELL: dict[str, Pack] = {BROTLI: brotlied(5), GZIP: gzipped(6), PLAIN: bytes}
UNPACK: dict[str, Pack] = {BROTLI: brotli.decompress, GZIP: gzip.decompress, PLAIN: bytes}


@dataclass(slots=True)
class StoredResponse:
    """One response, true while none of its keys is purged and `until` (seconds since 1970) has not come."""

    status: str
    headers: Headers
    bodies: dict[str, bytes]
    etag: str
    modified: str  # as a header; empty when the second does not tell it from the page before
    at: float
    keys: tuple[str, ...]
    until: float
    size: int
    is_kept: bool = False
    was_wanted: bool = False  # somebody has asked for it since it was made
    is_loose: bool = False  # packed quickly, which is well enough for one reader
    encoded: dict[str, tuple[bytes, Headers]] = field(default_factory=dict)  # by encoding, each packed well
    packing: Any = field(default_factory=Lock, repr=False)

    @classmethod
    def made(
        cls,
        status: str,
        headers: Headers,
        body: bytes,
        shown: Shown,
        at: float,
        *,
        packed: str,
        for_many: bool = False,
    ) -> "StoredResponse":
        """Of what Django answered at this moment (seconds since 1970), kept `packed` in this encoding at first; well at
        once, if the one who asks is a cache that shows it to many."""
        own = [(name, value) for name, value in headers if name.lower() not in MADE_HERE]
        packed = packed if len(body) >= WORTH_IT else PLAIN
        bodies = {packed: (WELL if for_many else QUICKLY)[packed](body)}
        keys = tuple(shown.keys)
        return cls(
            status,
            own,
            bodies,
            etag=f'W/"{len(body):x}-{isal_zlib.crc32(body):08x}"',  # tells versions of one page apart, cheaply
            modified=http_date(at),
            at=at,
            keys=keys,
            until=shown.until.timestamp() if shown.until else inf,
            size=len(bodies[packed]) + A_KEY * len(keys) + A_PAGE,
            is_loose=not for_many,
        )

    @property
    def is_absent(self) -> bool:
        """There is no page here, or it is elsewhere: anybody can think of a million such URLs."""
        return self.status[:3] != "200"

    def answer(
        self,
        environ: Environ,
        start_response: StartResponse,
        grown: Callable[["StoredResponse", int], None],
        *,
        is_new: bool = False,
    ) -> Sequence[bytes]:
        """Answer this request, with 304 if the reader has it already. `grown` hears when keeping it costs more."""
        if self._is_known(environ):
            start_response(NOT_MODIFIED, [*self._validated(KNOWN), NEW if is_new else HIT])
            return ()
        encoding = preferred(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if is_new and (body := self.bodies.get(encoding)) is not None:
            headers = self._headers(encoding, body)
        else:
            body, headers = self.encoded.get(encoding) or self._again(encoding, grown)
        if is_new:
            headers = [*headers[:-1], NEW]
        start_response(self.status, headers)
        return () if environ["REQUEST_METHOD"] == "HEAD" else (body,)

    def _again(self, encoding: str, grown: Callable[["StoredResponse", int], None]) -> tuple[bytes, Headers]:
        """Packed well, by one of those who ask at the same time; the others take it as it is."""
        if not self.packing.acquire(blocking=encoding not in self.bodies):
            body = self.bodies[encoding]
            return body, self._headers(encoding, body)
        try:
            return self.encoded.get(encoding) or self._packed(encoding, grown)
        finally:
            self.packing.release()

    def _packed(self, encoding: str, grown: Callable[["StoredResponse", int], None]) -> tuple[bytes, Headers]:
        """What is too small to pack is one thing in all encodings."""
        known, body = next(iter(self.bodies.items()))
        if (known != PLAIN or len(body) >= WORTH_IT) and (self.is_loose or known != encoding):
            body = WELL[encoding](UNPACK[known](body))
            grown(self, len(body) - len(self.bodies.get(encoding, b"")))
        self.bodies[encoding] = body
        self.encoded[encoding] = body, self._headers(encoding, body)
        return self.encoded[encoding]

    def _headers(self, encoding: str, body: bytes) -> Headers:
        said = self._validated()
        if encoding and body is not self.bodies.get(PLAIN):
            said.append(("Content-Encoding", encoding))
        return [*said, ("Content-Length", str(len(body))), HIT]

    def _validated(self, without: frozenset[str] = frozenset()) -> Headers:
        said = [*self.headers, ("ETag", self.etag), ("Vary", "Accept-Encoding")]
        if self.modified:
            said.append(("Last-Modified", self.modified))
        return [one for one in said if one[0] not in without] if without else said

    def _is_known(self, environ: Environ) -> bool:
        """Has the reader this very page? An ETag decides where there is one (RFC 9110, 13.2.2)."""
        tags, since = environ.get("HTTP_IF_NONE_MATCH"), environ.get("HTTP_IF_MODIFIED_SINCE", "")
        if not (tags or since) or self.is_absent:
            return False
        if tags:
            return self.etag[2:] in tags or tags.strip() == "*"
        return bool(since and self.modified) and (since == self.modified or _is_later(since, self.modified))


KNOWN = frozenset({"Content-Type"})  # is not said to whoever has the page


def _is_later(date: str, than: str) -> bool:
    try:
        return parsedate_to_datetime(date) >= parsedate_to_datetime(than)
    except (TypeError, ValueError):
        return False


@lru_cache(maxsize=512)
def preferred(accepted: str) -> str:
    """The best encoding of ours among those in an Accept-Encoding header."""
    weights = dict(_weighed(choice) for choice in accepted.lower().split(","))
    usable = [name for name in (BROTLI, GZIP) if weights.get(name, weights.get("*", 0.0)) > 0]
    return max(usable, key=lambda name: weights.get(name, weights.get("*", 0.0)), default=PLAIN)


def _weighed(choice: str) -> tuple[str, float]:
    name, _semicolon, quality = choice.partition(";")
    try:
        return name.strip(), float(quality.strip().removeprefix("q=") or 1)
    except ValueError:
        return name.strip(), 0.0
