"""The site is loaded anew while it is read, and no reader notices."""

import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from newsroom.serving import processors
from tests.crowd import Crowd
from tests.newsroom.house.test_settings import ROOT, machine, manage
from tests.servers import free_port, wait_until_listening

DRAIN = 2.0


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The data folder of a site that is ready to be served."""
    folder = tmp_path_factory.mktemp("house")
    for command in ("migrate", "-v0"), ("collectstatic", "-v0", "--no-input"):
        assert manage(*command, env=machine(folder)).returncode == 0
    (folder / "static/hello.txt").write_text("Hello")
    return folder


def command(port):
    return [sys.executable, "manage.py", "serve", f"--port={port}", "--workers=2", f"--drain={DRAIN}"]


@contextmanager
def serving(house, port, where=ROOT, stdin=subprocess.DEVNULL):
    how = {"cwd": where, "env": machine(house), "stdin": stdin, "start_new_session": True}
    with (house / "log").open("w") as log, subprocess.Popen(command(port), stderr=log, **how) as server:
        try:
            wait_until_listening(server, port, seconds=30)
            assert urlopen(f"http://127.0.0.1:{port}/static/hello.txt", timeout=30).status == 200
            yield server
        finally:
            server.terminate()
            server.wait(30)


def children(pid):
    listed = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout
    return {int(line) for line in listed.split()}


def workers(server):
    return {worker for generation in children(server.pid) for worker in children(generation)}


def wait_for(what, seconds=30.0):
    end = time.monotonic() + seconds
    while not (seen := what()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return seen


def reload(server):
    """Returns when a new generation is at work, the one before having begun to retire."""
    known = children(server.pid)
    os.kill(server.pid, signal.SIGHUP)
    newer = wait_for(lambda: children(server.pid) - known)
    wait_for(lambda: all(len(children(pid)) == 2 for pid in newer))


def test_a_reload_drops_no_request(house):
    port = free_port()
    with serving(house, port) as server:
        before = workers(server)

        with Crowd(port).asking() as crowd:
            for _ in range(5):
                reload(server)
            wait_for(lambda: len(workers(server)) == 2)

        assert crowd.failures == []
        assert {status for _asked, _took, status in crowd.answers} == {200}
        assert not before & workers(server)
        server.terminate()
        assert server.wait(20) == 0
        assert "refused" not in (house / "log").read_text()


def test_what_cannot_be_loaded_leaves_the_site_as_it_was(house, tmp_path):
    for name in ("manage.py", "newsroom", "articles", "comments", "templates", "static"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, tmp_path / name)
    port = free_port()
    with serving(house, port, where=tmp_path) as server:
        before = workers(server)
        (tmp_path / "newsroom/urls.py").write_text("This is no Python.")

        os.kill(server.pid, signal.SIGHUP)

        wait_for(lambda: len(children(server.pid)) == 2)
        wait_for(lambda: len(children(server.pid)) == 1)
        assert workers(server) == before
        assert urlopen(f"http://127.0.0.1:{port}/static/hello.txt", timeout=10).status == 200
        server.terminate()
        assert "it goes on as it was" in (house / "log").read_text()


def kill_the_supervisor(server):
    os.kill(server.pid, signal.SIGKILL)


def kill_the_parent_of_the_workers(server):
    (generation,) = children(server.pid)
    os.kill(generation, signal.SIGKILL)


@pytest.mark.parametrize("kill", [kill_the_supervisor, kill_the_parent_of_the_workers])
def test_orphans_end_within_a_second(house, kill):
    with serving(house, free_port()) as server:
        family = children(server.pid) | workers(server)

        kill(server)

        wait_for(lambda: not any(is_running(pid) for pid in family), seconds=1.5)


def test_a_supervisor_killed_while_a_generation_retires_leaves_nobody(house):
    with serving(house, free_port()) as server:
        reload(server)
        family = children(server.pid) | workers(server)

        kill_the_supervisor(server)

        wait_for(lambda: not any(is_running(pid) for pid in family), seconds=1.5)


def test_after_its_supervisor_was_killed_the_site_can_be_started_at_once(house):
    port = free_port()
    with serving(house, port) as server:
        kill_the_supervisor(server)
        server.wait()

        again = subprocess.Popen(command(port), cwd=ROOT, env=machine(house), stdin=subprocess.DEVNULL)

        assert wait_for(lambda: again.poll() is not None or answers(port))
        time.sleep(1)  # whoever was left has ended
        assert again.poll() is None and answers(port)
        again.terminate()
        assert again.wait(20) == 0


def answers(port):
    try:
        return urlopen(f"http://127.0.0.1:{port}/static/hello.txt", timeout=30).status == 200
    except OSError:
        return False


def is_running(pid):
    """Whoever has ended and was not buried yet (Z) runs no more."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_closing_the_terminal_stops_the_site(house):
    port, (terminal, inside) = free_port(), pty.openpty()
    with serving(house, port, stdin=inside) as server:
        os.kill(server.pid, signal.SIGHUP)

        assert server.wait(20) == 0
    os.close(terminal)


def test_the_processors_are_those_a_container_may_use(tmp_path):
    (tmp_path / "system.slice/newsroom.service").mkdir(parents=True)
    (tmp_path / "cpu.max").write_text("max 100000\n")
    (tmp_path / "system.slice/cpu.max").write_text("400000 100000\n")
    (tmp_path / "system.slice/newsroom.service/cpu.max").write_text("150000 100000\n")

    assert min(processors.quotas("/system.slice/newsroom.service", tmp_path)) == 2
    assert 1 <= processors.count() <= os.cpu_count()


@pytest.mark.parametrize("group", ["/", "/gone"])
def test_without_a_quota_there_is_no_bound(tmp_path, group):
    assert processors.quotas(group, tmp_path) == []
