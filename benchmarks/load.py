"""Readers who ask for one address again and again: wrk where it is installed, else these few lines of asyncio.

Only loopback addresses, a few seconds at a time.
"""

import asyncio
import re
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from statistics import quantiles
from urllib.parse import urlsplit

CONNECTIONS = 16
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Outcome:
    """What came of one round. `p50` and `p99` are milliseconds between asking and the whole answer."""

    requests: int
    seconds: float
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


def generator() -> str:
    return "wrk" if shutil.which("wrk") else "asyncio"


def load(url: str, seconds: float) -> Outcome:
    """Ask for `url` over kept-alive connections for so long. Raises RuntimeError if any answer is not 200."""
    return by_wrk(url, seconds) if generator() == "wrk" else asyncio.run(by_asyncio(url, seconds))


def by_wrk(url: str, seconds: float) -> Outcome:
    command = [
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{round(seconds)}s",
        "--latency",
        "-H",
        "Accept-Encoding: gzip",
    ]
    said = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(said)
    requests, took = re.search(r"(\d+) requests in ([\d.]+)s", said).groups()
    p50, p99 = (re.search(rf"{share}%\s+([\d.]+)(us|ms|s)", said).groups() for share in (50, 99))
    return Outcome(int(requests), float(took), float(p50[0]) * UNITS[p50[1]], float(p99[0]) * UNITS[p99[1]])


async def by_asyncio(url: str, seconds: float) -> Outcome:
    parts = urlsplit(url)
    loop, round_ = asyncio.get_running_loop(), Round(url, time.perf_counter() + seconds)
    start = time.perf_counter()
    connections = [
        await loop.create_connection(lambda: Connection(round_), parts.hostname, parts.port)
        for _ in range(CONNECTIONS)
    ]
    await asyncio.gather(*(connection.done for _transport, connection in connections))
    cuts = quantiles(round_.waits, n=100)
    return Outcome(len(round_.waits), time.perf_counter() - start, cuts[49] * 1000, cuts[98] * 1000)


@dataclass
class Round:
    """What all connections of a round share: the question, when to stop, and how long each answer took."""

    url: str
    end: float
    waits: list[float] = field(default_factory=list)

    @property
    def question(self) -> bytes:
        parts = urlsplit(self.url)
        return f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: gzip\r\n\r\n".encode()


class Connection(asyncio.Protocol):
    """One reader: asks, waits for the whole answer, asks again until the round is over."""

    def __init__(self, round_: Round) -> None:
        self.round, self.question = round_, round_.question
        self.done = asyncio.get_running_loop().create_future()
        self.missing = 0  # bytes of the body still to come
        self.head = b""

    def connection_made(self, transport) -> None:
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        self.asked = time.perf_counter()
        self.transport.write(self.question)

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
        if not head.startswith(b"HTTP/1.1 200") or not said:
            self.done.set_exception(RuntimeError(head.decode("latin-1")))
            self.transport.close()
            return -1
        return int(said[1])

    def answered(self) -> None:
        now = time.perf_counter()
        self.round.waits.append(now - self.asked)
        if now < self.round.end:
            self.ask()
        else:
            self.transport.close()
            self.done.set_result(None)

    def connection_lost(self, problem: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(problem or RuntimeError("The server closed the connection."))
