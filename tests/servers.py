"""Servers of our own that a test starts: where they may listen, and when they do."""

import socket
import subprocess
import time


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def wait_until_listening(process: subprocess.Popen, port: int, *, seconds: float) -> None:
    """Return when something listens on this port; raise when the process ends or the time is over."""
    end = time.monotonic() + seconds
    while not listening(port):
        if process.poll() is not None:
            raise RuntimeError(f"{process.args} ended with {process.poll()}.")
        if time.monotonic() > end:
            raise TimeoutError(f"{process.args} does not listen on port {port} after {seconds} seconds.")
        time.sleep(0.02)


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
