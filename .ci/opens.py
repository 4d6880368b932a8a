"""Runs the README's first command in a fresh clone, reads the paper it opens, and stops it as a person would.

`opens.py CLONE COMMAND`; the command is given a free port, and nothing else is added to it.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE = 600  # seconds for installing, loading and answering
FAREWELL = 20  # seconds between Ctrl-C and the end


def main(clone: str, command: str) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    # A terminal sends Ctrl-C to the whole group in its foreground: ours is that group.
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            ["bash", "-c", f"{command} --port {port}"],
            cwd=clone,
            env=visitor(),
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            read_the_paper(process, address)
            os.killpg(process.pid, signal.SIGINT)
            code = process.wait(FAREWELL)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            said.seek(0)
            words = said.read()
            sys.stdout.write(words)
    require(code == 0, f"Ctrl-C should stop the newsroom cleanly, but it ended with {code}.")
    require("Traceback" not in words, "Ctrl-C should stop the newsroom without a complaint.")
    require(not answers(address), "The newsroom still answers after it was stopped.")


def read_the_paper(process: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + PATIENCE
    while not answers(address):
        require(process.poll() is None, f"The newsroom stopped by itself with {process.poll()}.")
        require(time.monotonic() < end, f"No first page within {PATIENCE} seconds.")
        time.sleep(0.2)
    americas = page(f"{address}/world/americas/")
    for name in ("Canada", "Mexico", "trade"):
        require(name in americas, f"World › Americas should carry the piece on the trade talks: no “{name}”.")


def answers(address: str) -> bool:
    try:
        return "<h1" in page(f"{address}/")
    except (URLError, ConnectionError):
        return False


def page(address: str) -> str:
    with urlopen(address, timeout=30) as response:
        text: str = response.read().decode()
        return text


def visitor() -> dict[str, str]:
    """The environment without CI's own words: nobody else has them."""
    return {name: value for name, value in os.environ.items() if name != "CI"}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def require(fact: bool, otherwise: str) -> None:
    if not fact:
        sys.exit(otherwise)


if __name__ == "__main__":
    main(*sys.argv[1:])
