"""The production server starts, says in one sentence when it cannot, and stops as soon as it is told."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.request import urlopen

import pytest

from tests.newsroom.house.test_settings import ROOT, machine, manage
from tests.servers import free_port, wait_until_listening


@contextmanager
def serving(folder, port, **variables):
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "2"]
    (folder / "static").mkdir(exist_ok=True)
    (folder / "static/hello.txt").write_text("Hello")
    server = subprocess.Popen(command, cwd=ROOT, env=machine(folder, **variables), start_new_session=True)
    try:
        wait_until_listening(server, port, seconds=30)
        yield server
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)


def ctrl_c(server):
    """A terminal tells the server and its workers alike."""
    os.killpg(server.pid, signal.SIGINT)


def terminate(server):
    """`kill`, and systemd with KillMode=mixed, tell the server alone."""
    os.kill(server.pid, signal.SIGTERM)


@pytest.mark.parametrize("stop", [ctrl_c, terminate])
@pytest.mark.parametrize("at", ["the start", "work"])
def test_it_stops_at_once_and_cleanly(tmp_path, stop, at):
    port = free_port()
    with serving(tmp_path, port) as server:
        if at == "work":
            assert urlopen(f"http://127.0.0.1:{port}/static/hello.txt", timeout=10).read() == b"Hello"
        told = time.monotonic()

        stop(server)

        assert server.wait(20) == 0
        assert time.monotonic() - told < 5


def test_a_port_in_use_is_said_in_one_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = manage("serve", "--port", str(taken.getsockname()[1]), env=machine(tmp_path))

    assert refused.returncode == 1
    assert "Cannot listen on 127.0.0.1" in refused.stderr
    assert "Traceback" not in refused.stderr
