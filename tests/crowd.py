"""Readers who ask a running server again and again, and note every answer that was not one."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from threading import Event, Thread


class Crowd:
    """`staying` readers keep their connection as long as the server does, `lingering` ones think in between, and
    `passing` ones come anew for each page. Nobody asks twice: what fails has failed."""

    def __init__(self, port: int, address: str = "/static/hello.txt") -> None:
        self.port, self.address = port, address
        self.answers: list[tuple[float, float, int]] = []  # when asked, seconds it took, status
        self.failures: list[str] = []
        self._enough = Event()

    @contextmanager
    def asking(self, *, staying: int = 3, lingering: int = 2, passing: int = 2) -> Iterator["Crowd"]:
        readers = [Thread(target=self._stay, args=(0.0,)) for _ in range(staying)]
        readers += [Thread(target=self._stay, args=(0.4 + number / 10,)) for number in range(lingering)]
        readers += [Thread(target=self._pass) for _ in range(passing)]
        for reader in readers:
            reader.start()
        try:
            yield self
        finally:
            self._enough.set()
            for reader in readers:
                reader.join()

    def _stay(self, thought: float) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        while not self._enough.wait(thought):
            self._ask(connection)
        connection.close()

    def _pass(self) -> None:
        while not self._enough.is_set():
            connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
            self._ask(connection)
            connection.close()

    def _ask(self, connection: HTTPConnection) -> None:
        began = time.monotonic()
        try:
            connection.request("GET", self.address)
            answer = connection.getresponse()
            answer.read()
            self.answers.append((began, time.monotonic() - began, answer.status))
        except OSError as problem:
            self.failures.append(f"{problem!r} after {time.monotonic() - began:.3f} s")
            connection.close()
        except Exception as problem:  # http.client's own
            self.failures.append(repr(problem))
            connection.close()
