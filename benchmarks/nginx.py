"""Three ways to serve the same bytes: files compressed beforehand by nginx, the site's own page cache, and nginx with the
shipped recipe in front of the site."""

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import Request, urlopen

from benchmarks.measuring import Measured, in_turns
from benchmarks.sites import Archive, Site
from tests import nginx
from tests.servers import free_port

PAGES = ("front", "section", "article, 20 comments")
ASKED = 20  # times, by workers who know nothing of each other
CROWD = 16  # connections
ENCRYPTED = (
    "    server_tokens off;"  # where the recipe's site says that it listens; here it does so without TLS, too
)
FILES = """
server {{
    listen 127.0.0.1:{port};
    root {folder};
    gzip_static on;
    open_file_cache max=1000 inactive=60s;
    {headers}
}}
"""
ITS_OWN = {
    "content-type",
    "content-length",
    "content-encoding",
    "etag",
    "last-modified",
    "date",
    "server",
    "connection",
}


def measured(archive: Archive, asked: argparse.Namespace) -> list[dict[str, Any]]:
    """Pages as files from nginx, from the page cache, and from nginx in front of the site."""
    paths = {name: page["path"] for name, page in archive.ask("benchmarks.urls", "readers").items()}
    with ExitStack() as stack:
        site = stack.enter_context(archive.served(PROXIES="1"))
        files = stack.enter_context(_files(site, [paths[name] for name in PAGES]))
        in_front = stack.enter_context(_in_front(site, archive.folder))
        rows = []
        for name in PAGES:
            rows += [
                Measured(files, f"{name}: file", file_of(paths[name]), connections=CROWD),
                Measured(site, f"{name}: page cache", paths[name], 0, connections=CROWD),
                Measured(in_front, f"{name}: behind nginx", paths[name], 0, connections=CROWD),
            ]
        return in_turns(rows, asked.rounds, asked.seconds)


def file_of(path: str) -> str:
    """The address of a page's file: as long as the page's own, for a long one costs more to read."""
    return f"{path.rstrip('/') or '/index'}.html"


@contextmanager
def _files(site: Site, paths: list[str]) -> Iterator[Site]:
    """The very bytes that the site sends, as files: those it sends to whoever asks again."""
    with TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        folder.chmod(0o755)
        for path in paths:
            for ending, encoding in (("", ""), (".gz", "gzip")):
                file = folder / (file_of(path) + ending).lstrip("/")
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(_body(site.address + path, encoding, times=ASKED))
        files = FILES.format(port=port, folder=folder, headers=_headers(site.address + paths[0]))
        with _serving(site, folder, folder, more=files) as running:
            yield Site("files", f"http://127.0.0.1:{port}", (running.process.pid,))


@contextmanager
def _in_front(site: Site, data: Path) -> Iterator[Site]:
    """The recipe in front of the site; the processor time of both counts."""
    port = free_port()
    listens = {ENCRYPTED: f"    listen 127.0.0.1:{port};\n{ENCRYPTED}"}
    with TemporaryDirectory() as name, _serving(site, Path(name), data, changes=listens) as running:
        yield Site("behind nginx", f"http://127.0.0.1:{port}", (running.process.pid, *site.roots))


@contextmanager
def _serving(site: Site, folder: Path, data: Path, **how: Any) -> Iterator[nginx.Nginx]:
    port = int(site.address.rpartition(":")[2])
    with nginx.serving(folder, site=port, data=data, workers="auto", **how) as running:
        yield running


def _headers(url: str) -> str:
    """What the site says with each page, as nginx says it with each file: the same answers are compared."""
    with urlopen(url) as answer:
        said = [(name, value) for name, value in answer.headers.items() if name.lower() not in ITS_OWN]
    return "\n    ".join(f'add_header {name} "{value}";' for name, value in said)


def _body(url: str, encoding: str, times: int) -> bytes:
    """The smallest of so many answers: each worker packs a page well when it is asked for it again."""
    answers = []
    for _time in range(times):
        with urlopen(Request(url, headers={"Accept-Encoding": encoding})) as answer:
            answers.append(answer.read())
    return min(answers, key=len)
