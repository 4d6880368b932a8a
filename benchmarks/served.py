"""How the newsroom is served: `python -m benchmarks.served start|memory|reloads|overload|crowds`.

One line each, on a thousand stories on SQLite; all but `memory --requests 100000` take less than three minutes.
"""

import argparse
import asyncio
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from urllib.request import urlopen

from benchmarks.processes import cpu_seconds, family
from benchmarks.sites import ROOT, Archive
from tests.crowd import Crowd
from tests.servers import free_port, wait_until_listening

FOLDER = Path(tempfile.gettempdir()) / "newsroom-served-1k-sqlite"
WORKERS = 2
CLIENTS = 480
CROWDS = (4, 16, 64, 128, 256, 512, 2048)
PAUSE = 1.0  # seconds until somebody who was told that we are busy asks again, though we said five


@contextmanager
def serving(archive: Archive, port: int, *more: str) -> Iterator[subprocess.Popen]:
    command = [
        sys.executable,
        "-W",
        "ignore",
        "manage.py",
        "serve",
        "--port",
        str(port),
        "--workers",
        str(WORKERS),
    ]
    env = archive.environment | {"SITE_ADDRESS": f"http://127.0.0.1:{port}"}
    with subprocess.Popen([*command, *more], cwd=ROOT, env=env, stdin=subprocess.DEVNULL) as server:
        try:
            wait_until_listening(server, port, seconds=60)
            yield server
        finally:
            server.terminate()


def start(archive: Archive, asked: argparse.Namespace) -> None:
    """From starting the process to the first front page, and to the end after it was told to stop."""
    begun, ended, work = [], [], []
    for _time in range(7):
        port, began = free_port(), time.monotonic()
        with serving(archive, port) as server:
            assert urlopen(f"http://127.0.0.1:{port}/").status == 200
            begun.append(time.monotonic() - began)
            work.append(cpu_seconds(server.pid))
            told = time.monotonic()
            server.terminate()
            server.wait()
            ended.append(time.monotonic() - told)
    print(f"First answer after {median(begun):.2f} s ({min(begun):.2f} to {max(begun):.2f}), ", end="")
    print(f"{median(work):.2f} s of processor time, ", end="")
    print(f"stopped within {median(ended):.2f} s ({max(ended):.2f} at most)")


def memory(archive: Archive, asked: argparse.Namespace) -> None:
    """What all processes hold in memory (PSS: shared pages counted once) while every kind of page is read."""
    pages = [page["path"] for page in archive.ask("benchmarks.urls", "readers").values()]
    pages += archive.ask("benchmarks.urls", "mixed")
    port = free_port()
    with serving(archive, port) as server:
        read(port, pages, 200)
        print(f"{'requests':>10}  {'PSS MB':>7}  a process")
        so_far = 200
        for wanted in [1000, 10_000, *range(20_000, asked.requests + 1, 10_000)]:
            if wanted <= asked.requests:
                read(port, pages, wanted - so_far)
                so_far = wanted
                each = [pss(pid) for pid in sorted(family(server.pid))]
                print(
                    f"{wanted:>10,}  {sum(each):>7.1f}  {' '.join(f'{one:.1f}' for one in each)}", flush=True
                )


def read(port: int, pages: list[str], requests: int) -> None:
    """One page after the other, on a connection for each hundred, so that both workers have their share."""
    for first in range(0, requests, 100):
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        for number in range(first, min(first + 100, requests)):
            connection.request("GET", pages[number % len(pages)], headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            assert answer.status in (200, 301, 404), answer.status
        connection.close()


def pss(pid: int) -> float:
    said = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+) kB", said, re.MULTILINE)[1]) / 1024


def reloads(archive: Archive, asked: argparse.Namespace) -> None:
    """Twenty reloads while seven readers never stop: on connections that stay, that linger, and new for each page."""
    port = free_port()
    with serving(archive, port, "--drain", "3") as server:
        with Crowd(port, "/").asking() as crowd:
            time.sleep(2)
            for _time in range(20):
                os.kill(server.pid, signal.SIGHUP)
                time.sleep(4)
            time.sleep(6)
        waits = sorted(took for _asked, took, _status in crowd.answers)
        print(
            f"20 reloads, {len(waits):,} answers {dict(Counter(status for *_, status in crowd.answers))}, ",
            end="",
        )
        print(f"{len(crowd.failures)} failures, p99 {waits[len(waits) * 99 // 100] * 1000:.0f} ms, ", end="")
        print(f"longest {waits[-1] * 1000:.0f} ms {crowd.failures[:3]}")


def overload(archive: Archive, asked: argparse.Namespace) -> None:
    """480 readers of pages nobody has read; one reader of a page that is kept, and an editor, meanwhile."""
    port, work = free_port(), archive.ask("benchmarks.overloading", str(60))
    with serving(archive, port):
        one_by_one(port, work["kept"], asked.seconds / 4)
        for name, clients in ("alone", 0), (f"with {CLIENTS} readers of other pages", CLIENTS):
            asyncio.run(under(name, port, clients, work, asked.seconds))


async def under(name: str, port: int, clients: int, work: dict, seconds: float) -> None:
    end, crowd = time.perf_counter() + seconds, Counting()
    kept = asyncio.to_thread(one_by_one, port, work["kept"], seconds)
    desk = asyncio.to_thread(publish, port, work, seconds)
    together = [client(port, number, work["unread"], end, crowd) for number in range(clients)]
    waits, published, *_ = await asyncio.store_facts(kept, desk, *together)
    print(f"{name}:\n  an old story from memory: {figures(waits)}\n  publishing: {figures(published)}")
    if clients:
        rates = {status: f"{number / seconds:.0f}/s" for status, number in crowd.statuses.items()}
        print(f"  crowd: {rates}, those served {figures(crowd.waits)}")


def crowds(archive: Archive, asked: argparse.Namespace) -> None:
    """Growing crowds of readers of pages nobody has read, who never pause: how many are told 503, how long who waits."""
    port, work = free_port(), archive.ask("benchmarks.overloading", "0")
    print("| clients | served a second | told 503 | p50 ms | p99 ms | longest ms |")
    print("| --: | --: | --: | --: | --: | --: |")
    with serving(archive, port):
        for clients in CROWDS:
            asyncio.run(crowded(port, clients, work["unread"], asked.seconds))


async def crowded(port: int, clients: int, pattern: str, seconds: float) -> None:
    end, crowd = time.perf_counter() + seconds, Counting()
    first = clients * 1_000  # no two crowds read the same
    await asyncio.gather(*(client(port, first + number, pattern, end, crowd) for number in range(clients)))
    served, refused = crowd.statuses.pop("200", 0), crowd.statuses.pop("503", 0)
    cuts = quantiles(crowd.waits, n=100, method="inclusive")
    p50, p99, longest = (round(one * 1000) for one in (cuts[49], cuts[98], max(crowd.waits)))
    share = f"{refused / (served + refused):.1%}"
    print(
        f"| {clients} | {served / seconds:.0f} | {share} | {p50} | {p99} | {longest} |",
        dict(crowd.statuses) or "",
    )


class Counting:
    def __init__(self) -> None:
        self.statuses: Counter[str] = Counter()
        self.waits: list[float] = []


async def client(port: int, number: int, pattern: str, end: float, crowd: Counting) -> None:
    await asyncio.sleep(number % CLIENTS / CLIENTS)
    turn = 0
    while time.perf_counter() < end:
        turn += 1
        began = time.perf_counter()
        try:
            status = await get(port, pattern % (number * 100_000 + turn))
        except (OSError, asyncio.IncompleteReadError) as problem:
            status = type(problem).__name__
        crowd.statuses[status] += 1
        if status == "200":
            crowd.waits.append(time.perf_counter() - began)
        else:
            await asyncio.sleep(PAUSE)


async def get(port: int, path: str) -> str:
    """The status of one page, on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        await reader.read()
        return head[9:12].decode()
    finally:
        writer.close()


def one_by_one(port: int, path: str, seconds: float) -> list[float]:
    waits, end = [], time.monotonic() + seconds
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < end:
        began = time.monotonic()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
        waits.append(time.monotonic() - began)
        time.sleep(0.02)
    return waits


def publish(port: int, work: dict, seconds: float) -> list[float]:
    """One story after another, as the button on its page does."""
    waits, end = [], time.monotonic() + seconds
    while work["stories"] and time.monotonic() < end:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Cookie": work["cookie"], "Content-Type": "application/x-www-form-urlencoded"}
        headers |= {"Origin": f"http://127.0.0.1:{port}"}
        began = time.monotonic()
        connection.request(
            "POST", work["stories"].pop(), f"csrfmiddlewaretoken={work['token']}&when=now&expected=1", headers
        )
        assert (status := connection.getresponse().status) == 302, status
        waits.append(time.monotonic() - began)
        time.sleep(0.5)
    return waits


def figures(waits: list[float]) -> str:
    cuts = quantiles(waits, n=100, method="inclusive") if len(waits) > 1 else [0.0] * 99
    p50, p99, most = (round(one * 1000, 1) for one in (cuts[49], cuts[98], max(waits, default=0)))
    return f"{len(waits):,} answers, p50 {p50} ms, p99 {p99} ms, longest {most} ms"


COMMANDS = {"start": start, "memory": memory, "reloads": reloads, "overload": overload, "crowds": crowds}


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.served", description=__doc__)
    options.add_argument("command", choices=COMMANDS)
    options.add_argument("--requests", type=int, default=10_000, help="memory: how many (default 10,000)")
    options.add_argument(
        "--seconds", type=float, default=20, help="overload and crowds: how long each part takes (default 20)"
    )
    asked = options.parse_args()
    archive = Archive("SQLite", 1000, FOLDER)
    archive.make_ready()
    COMMANDS[asked.command](archive, asked)


if __name__ == "__main__":
    main()
