"""The other server: gunicorn runs the site as deploy/gunicorn.conf.py says."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from urllib.request import urlopen

from tests.crowd import Crowd
from tests.newsroom.house.test_settings import ROOT, machine
from tests.newsroom.serving.test_reloading import children, house, wait_for  # noqa: F401  (house is a fixture)
from tests.servers import free_port, wait_until_listening


@contextmanager
def gunicorn(folder, port):
    command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "newsroom.wsgi"]
    env = machine(folder) | {"GUNICORN_CMD_ARGS": f"--bind 127.0.0.1:{port} --workers 2 --log-level warning"}
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen(command, cwd=ROOT, env=env, stderr=log) as server,
    ):
        try:
            wait_until_listening(server, port, seconds=30)
            yield server
        finally:
            server.terminate()
            server.wait(30)


def test_it_answers_and_stops_when_it_is_told(house):  # noqa: F811
    port = free_port()
    with gunicorn(house, port) as server:
        assert urlopen(f"http://127.0.0.1:{port}/static/hello.txt", timeout=30).read() == b"Hello"

        os.kill(server.pid, signal.SIGTERM)

        assert server.wait(20) == 0


def test_it_finishes_what_it_has_begun_before_it_loads_the_site_anew(house):  # noqa: F811
    port = free_port()
    with gunicorn(house, port) as server:
        assert urlopen(f"http://127.0.0.1:{port}/static/hello.txt", timeout=30).status == 200
        before = children(server.pid)

        with Crowd(port).asking(staying=0, lingering=0, passing=2) as crowd:
            os.kill(server.pid, signal.SIGHUP)
            wait_for(lambda: len(children(server.pid)) == 2 and not children(server.pid) & before)

        assert crowd.failures == []
