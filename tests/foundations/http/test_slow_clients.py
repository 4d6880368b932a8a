"""Those who speak slowly, on purpose or from a far place, keep nobody else from being answered."""

import socket
import time
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from urllib.request import urlopen

import pytest

from tests.newsroom.serving.test_reloading import house, serving  # noqa: F401  (house is a fixture)
from tests.servers import free_port

HEADERS = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"
COMMENT = b"POST /comments/1/new/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\n\r\n"


@pytest.fixture(scope="module")
def port(house):  # noqa: F811
    port = free_port()
    with serving(house, port):
        yield port


@contextmanager
def dribbling(port, number, *said):
    """So many connections that have each said this much, and go on by single letters while they are heard."""
    with ExitStack() as stack:
        connections = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(number)
        ]
        for words in (*said, b"a", b"b"):
            for connection in connections:
                with suppress(BrokenPipeError, ConnectionResetError):
                    connection.sendall(words)
            time.sleep(0.1)
        yield connections


def ask(port, address="/static/hello.txt"):
    """How many seconds a page takes."""
    began = time.monotonic()
    assert urlopen(f"http://127.0.0.1:{port}{address}", timeout=20).read() == b"Hello"
    return time.monotonic() - began


def test_dribbled_headers_keep_nobody_waiting(port):
    with dribbling(port, 100, HEADERS):
        assert max(ask(port) for _ in range(20)) < 2


def test_headers_that_never_end_are_hung_up_on(port):
    with dribbling(port, 1, HEADERS) as [connection]:
        assert hung_up(connection)


def test_dribbled_bodies_keep_nobody_waiting(port):
    with dribbling(port, 100, COMMENT):
        assert max(ask(port) for _ in range(20)) < 2


def test_while_one_address_dribbles_another_is_heard(port):
    with dribbling(port, 100, COMMENT):
        somebody = HTTPConnection("127.0.0.1", port, timeout=20, source_address=("127.0.0.2", 0))
        somebody.request("POST", "/robots.txt", b"comment=Hello", {"Content-Type": "text/plain"})

        assert somebody.getresponse().status in (403, 405)  # Django's own no, not the server's


def test_headers_too_long_are_refused(port):
    with dribbling(port, 1, HEADERS, b"X-Long: " + b"x" * 300_000) as [connection]:
        assert hung_up(connection)


def hung_up(connection):
    """Has the server answered with a refusal, or with nothing at all?"""
    connection.settimeout(25)
    try:
        answer = connection.recv(1000)
    except ConnectionResetError:
        return True
    return answer == b"" or answer.startswith(b"HTTP/1.1 4")
