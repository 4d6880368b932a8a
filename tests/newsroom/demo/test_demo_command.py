"""`manage.py demo` takes nothing away that its operator has not agreed to, and can be left at any time."""

import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.newsroom.house.test_settings import ROOT, machine, manage

QUESTION = "Type “yes” to go on: "


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A machine on which an empty newsroom has been set up; its login's password is what must not be lost."""
    folder = tmp_path_factory.mktemp("demo")
    manage("demo", "--empty", "--no-serve", env=machine(folder)).check_returncode()
    return folder


def hear_ctrl_c():
    """As in a terminal: a suite run in the background has its children deaf to it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def asked(folder):
    """The command, when it has asked its question."""
    command = [sys.executable, "manage.py", "demo", "--reset", "--empty", "--no-serve"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=machine(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=hear_ctrl_c,
    ) as process:
        said = ""
        while not said.endswith(QUESTION):
            said += process.stdout.read(1) or pytest.fail(said)
        while not waits(process):
            pass
        yield process


def waits(process):
    """It sleeps until somebody types. A signal that comes a moment before that would be heard only then."""
    return Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "S"


def test_ctrl_c_at_the_question_ends_it_in_one_word(demo):
    password = (demo / "demo-password").read_text()

    with asked(demo) as process:
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=20)

    assert said == "\nStopped.\n"
    assert process.returncode == 130
    assert (demo / "demo-password").read_text() == password


def test_any_other_answer_than_yes_keeps_everything(demo):
    password = (demo / "demo-password").read_text()

    with asked(demo) as process:
        said, _ = process.communicate("y\n", timeout=20)

    assert "Nothing was deleted." in said
    assert process.returncode == 1
    assert (demo / "demo-password").read_text() == password


def test_yes_starts_from_nothing(demo):
    password = (demo / "demo-password").read_text()

    with asked(demo) as process:
        process.communicate("yes\n", timeout=60)

    assert process.returncode == 0
    assert (demo / "demo-password").read_text() != password
