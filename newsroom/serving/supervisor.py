"""Holds the listening socket open while generations of the site come and go behind it.

Run by `manage.py serve` in its own place, and kept small: it imports nothing of Django's or of the site's, so that it
never grows old when these are upgraded. A generation is one loading of the site, with its workers. Each has
a control socket: it says there that it is ready, and is told there to retire. When that socket closes without the word,
the supervisor was killed, and its generations end as well.
"""

import argparse
import os
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

RETIRE = b"."
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)


@dataclass
class Generation:
    """A process that has loaded the site, and our end of its control socket."""

    pid: int
    control: socket.socket

    def retire(self) -> None:
        """Accept nobody new, answer whom you have, and end."""
        with suppress(OSError):  # it has ended by itself
            self.control.send(RETIRE)


class Supervisor:
    """`command` starts a generation behind `listener`. With a `terminal`, closing it stops the site as Ctrl-C does;
    without one, a hangup means that the site has changed and should be loaded anew."""

    def __init__(self, command: list[str], listener: int, first: Generation, *, terminal: bool) -> None:
        self.command, self.listener, self.terminal = command, listener, terminal
        self.first = first
        self.newcomer: Generation | None = first
        self.current: Generation | None = None
        self.retired: dict[int, Generation] = {}
        self.again = self.stopping = False
        self.selector = selectors.DefaultSelector()

    def keep(self) -> int:
        """Until all have gone; returns what the process should end with."""
        self._follow(self.first)
        with self._listening() as ears:
            while self._everybody():
                for key, _events in self.selector.select():
                    if key.fileobj is ears:
                        self._hear(ears.recv(64))
                    elif isinstance(key.fileobj, socket.socket) and self._is_ready(key.fileobj):
                        self._change_guard()
        return 0 if self.stopping else 1

    @contextmanager
    def _listening(self) -> Iterator[socket.socket]:
        """Signals wake the selector, instead of interrupting whatever we do."""
        ears, mouth = socket.socketpair()
        mouth.setblocking(False)
        self.selector.register(ears, selectors.EVENT_READ)
        signal.set_wakeup_fd(mouth.fileno())
        before = {number: signal.signal(number, lambda *_: None) for number in SIGNALS}
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
        os.kill(os.getpid(), signal.SIGCHLD)  # somebody may have died before we listened
        yield ears
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(-1)

    def _everybody(self) -> set[int]:
        return {*self.retired} | {one.pid for one in (self.newcomer, self.current) if one}

    def _hear(self, heard: bytes) -> None:
        for number in heard:
            if number == signal.SIGCHLD:
                self._bury()
            elif number == signal.SIGHUP and not self.terminal:
                self._reload()
            else:
                self._stop()

    def _reload(self) -> None:
        if self.newcomer:
            self.again = True  # it may have read the site before it was changed
        elif not self.stopping:
            self.newcomer = start(self.command, self.listener)
            self._follow(self.newcomer)

    def _follow(self, one: Generation) -> None:
        self.selector.register(one.control, selectors.EVENT_READ)

    def _is_ready(self, control: socket.socket) -> bool:
        self.selector.unregister(control)
        return bool(control.recv(1)) and self.newcomer is not None and control is self.newcomer.control

    def _change_guard(self) -> None:
        if self.current:
            self.current.retire()
            self.retired[self.current.pid] = self.current
        self.current, self.newcomer = self.newcomer, None
        if self.again:
            self.again = False
            self._reload()

    def _stop(self) -> None:
        self.stopping = True
        for pid in self._everybody():
            os.kill(pid, signal.SIGTERM)

    def _bury(self) -> None:
        for pid in self._everybody():
            if os.waitpid(pid, os.WNOHANG)[0]:
                self._forget(pid)

    def _forget(self, pid: int) -> None:
        if pid in self.retired:
            self.retired.pop(pid).control.close()
        elif self.newcomer and self.newcomer.pid == pid:
            self._dismiss(self.newcomer)
        elif self.current and self.current.pid == pid:
            self.current.control.close()
            self.current = None
            for other in self._everybody():
                os.kill(other, signal.SIGTERM)

    def _dismiss(self, newcomer: Generation) -> None:
        self.newcomer = None
        with suppress(KeyError):
            self.selector.unregister(newcomer.control)
        newcomer.control.close()
        if self.current and not self.stopping:
            sys.stderr.write("The site could not be loaded anew; it goes on as it was.\n")


def start(command: list[str], listener: int) -> Generation:
    ours, theirs = socket.socketpair()
    words = [*command, f"--listener={listener}", f"--control={theirs.fileno()}"]
    process = subprocess.Popen(words, pass_fds=(listener, theirs.fileno()), process_group=0)
    process.returncode = 0  # we wait for our children ourselves
    theirs.close()
    return Generation(process.pid, ours)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    for name in ("listener", "first", "control"):
        options.add_argument(f"--{name}", type=int, required=True)
    options.add_argument("command", nargs="+")
    asked = options.parse_args()
    first = Generation(asked.first, socket.socket(fileno=asked.control))
    return Supervisor(asked.command, asked.listener, first, terminal=os.isatty(0)).keep()


if __name__ == "__main__":
    sys.exit(main())
