"""Readers who ask for pages again and again: wrk where it is installed, else these few lines of asyncio.

Only loopback addresses, a few seconds at a time.
"""

import asyncio
import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from urllib.parse import urljoin, urlsplit

CONNECTIONS = 4  # no more than the workers take up at once, so that nobody is sent away
LUA = Path(__file__).with_name("wrk.lua")


@dataclass(frozen=True)
class Outcome:
    """What came of one round. Percentiles are milliseconds between asking and the whole answer; `hits` is how many of
    the answers said that they came from the page cache, where somebody looked."""

    requests: int
    seconds: float
    p50: float
    p95: float
    p99: float
    hits: int = 0
    refused: int = 0  # told to come again, where that was expected; not among the requests

    @property
    def rate(self) -> float:
        return self.requests / self.seconds

    @classmethod
    def of(cls, waits: list[float], seconds: float, hits: int = 0, refused: int = 0) -> "Outcome":
        """From seconds waited."""
        cuts = quantiles(waits, n=100) if len(waits) > 1 else waits * 100
        return cls(len(waits), seconds, *(cuts[share - 1] * 1000 for share in (50, 95, 99)), hits, refused)


def generator() -> str:
    return "wrk" if shutil.which("wrk") else "asyncio"


def load(
    url: str,
    seconds: float,
    *,
    paths: Sequence[str] = (),
    status: int = 200,
    cookie: str = "",
    connections: int = CONNECTIONS,
) -> Outcome:
    """Ask for `url`, or for these paths of it one after the other, over kept-alive connections for so long.

    Raises RuntimeError if any answer has another status.
    """
    if generator() == "wrk" and connections > 1:
        return by_wrk(url, seconds, paths, status, cookie, connections)
    urls = cycle([urljoin(url, path) for path in paths] or [url])
    return asyncio.run(by_asyncio(lambda: next(urls), seconds, status, cookie, connections))


def by_wrk(
    url: str, seconds: float, paths: Sequence[str], status: int, cookie: str, connections: int
) -> Outcome:
    headers = ["-H", "Accept-Encoding: gzip", *(["-H", f"Cookie: {cookie}"] if cookie else [])]
    command = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{max(1, round(seconds))}s",
        "-s",
        str(LUA),
        *headers,
        url,
        *(["--", *paths] if paths else []),
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    outcome = json.loads(said.strip().splitlines()[-1])
    refused, broken = outcome.pop("refused"), outcome.pop("broken")
    if broken or refused != (outcome["requests"] if status >= 400 else 0):
        raise RuntimeError(f"{url}: {refused} answers of 400 and more, {broken} connections broken\n{said}")
    return Outcome(**outcome)


async def by_asyncio(
    next_url: Callable[[], str],
    seconds: float,
    status: int = 200,
    cookie: str = "",
    connections: int = CONNECTIONS,
    may_be_busy: bool = False,
) -> Outcome:
    """The same for addresses that change from one question to the next."""
    start = time.perf_counter()
    round_ = Round(next_url, start + seconds, status, cookie, may_be_busy)
    loop, parts = asyncio.get_running_loop(), urlsplit(next_url())
    asking = [
        await loop.create_connection(lambda: Connection(round_), parts.hostname, parts.port)
        for _ in range(connections)
    ]
    await asyncio.gather(*(connection.done for _transport, connection in asking))
    return Outcome.of(round_.waits, time.perf_counter() - start, round_.hits, round_.refused)


@dataclass
class Round:
    """What all connections of a round share: what to ask, when to stop, and how long each answer took."""

    next_url: Callable[[], str]
    end: float
    status: int
    cookie: str
    may_be_busy: bool = False  # 503 is counted, and no failure
    waits: list[float] = field(default_factory=list)
    hits: int = 0
    refused: int = 0

    def question(self) -> bytes:
        parts = urlsplit(self.next_url())
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        cookie = f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        return (
            f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: gzip\r\n{cookie}\r\n".encode()
        )


class Connection(asyncio.Protocol):
    """One reader: asks, waits for the whole answer, asks again until the round is over."""

    def __init__(self, round_: Round) -> None:
        self.round = round_
        self.done = asyncio.get_running_loop().create_future()
        self.missing = 0  # bytes of the body still to come
        self.head = b""

    def connection_made(self, transport) -> None:
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        question = self.round.question()
        self.asked = time.perf_counter()
        self.transport.write(question)

    def data_received(self, data: bytes) -> None:
        if not self.missing:
            self.head += data
            if b"\r\n\r\n" not in self.head:
                return
            head, _, data = self.head.partition(b"\r\n\r\n")
            self.head = b""
            self.missing = self.length(head)
        self.missing -= len(data)
        if not self.missing:
            self.answered()

    def length(self, head: bytes) -> int:
        said = re.search(rb"(?i)content-length: (\d+)", head)
        self.is_busy = self.round.may_be_busy and head.startswith(b"HTTP/1.1 503")
        if not said or not (self.is_busy or head.startswith(b"HTTP/1.1 %d" % self.round.status)):
            self.give_up(RuntimeError(head.decode("latin-1")))
            return -1
        self.round.hits += b"newsroom; hit" in head
        return int(said[1])

    def answered(self) -> None:
        now = time.perf_counter()
        if self.is_busy:
            self.round.refused += 1
        else:
            self.round.waits.append(now - self.asked)
        if now < self.round.end:
            self.ask()
        else:
            self.transport.close()
            self.done.set_result(None)

    def give_up(self, problem: Exception) -> None:
        self.transport.close()
        if not self.done.done():
            self.done.set_exception(problem)

    def connection_lost(self, problem: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(problem or RuntimeError("The server closed the connection."))
