"""The recipe for Varnish, from the very file, in a real Varnish: it forgets the pages a purge names, and no others."""

import os
import shutil
import subprocess
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from newsroom.foundations.pagecache.cdn.varnish import Varnish
from tests.servers import free_port, wait_until_listening

RECIPE = Path(__file__).parents[3] / "deploy/varnish/newsroom.vcl"
PROGRAM = shutil.which("varnishd") or shutil.which("varnishd", path="/usr/sbin")
MISSING = "Varnish is not installed; `apt-get install varnish varnish-modules` lets these tests run"
DAY = 86_400
SHOWN = {"/": ["all", "article:1", "article:2"], "/one/": ["all", "article:1"], "/two/": ["all", "article:2"]}

pytestmark = pytest.mark.skipif(not PROGRAM, reason=MISSING)


class Pages(BaseHTTPRequestHandler):
    """A site of three pages, labelled as ours are."""

    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_response(200)
        labels = Varnish("varnish://here:80").label(SHOWN.get(self.path, ["all"]), DAY)
        for name, value in {**labels, "Cache-Control": "public, max-age=0, s-maxage=1"}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"ports")

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.asked = []
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def address(site, tmp_path_factory):
    """Where the Varnish before the site listens."""
    folder, port = tmp_path_factory.mktemp("varnish"), free_port()
    recipe = RECIPE.read_text()
    assert '.port = "8000";' in recipe
    (folder / "newsroom.vcl").write_text(recipe.replace('.port = "8000";', f'.port = "{site.server_port}";'))
    jail = ["-j", "none"] if os.geteuid() == 0 else []
    words = [
        "-F",
        "-f",
        f"{folder}/newsroom.vcl",
        "-a",
        f"127.0.0.1:{port}",
        "-n",
        f"{folder}/work",
        "-s",
        "malloc,32m",
    ]
    server = subprocess.Popen([PROGRAM, *jail, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until_listening(server, port, seconds=60)
    yield f"127.0.0.1:{port}"
    server.terminate()
    server.wait(10)


def ask(address, path, **headers):
    request = urllib.request.Request(f"http://{address}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.headers


def test_it_keeps_pages_and_forgets_those_that_show_what_changed(address):
    for path in SHOWN:
        ask(address, path)
    before = [ask(address, path)["X-Cache"] for path in SHOWN]

    Varnish(f"varnish://{address}").forget(["article:1"])

    assert before == ["HIT", "HIT", "HIT"]
    assert [ask(address, path)["X-Cache"] for path in SHOWN] == ["MISS", "MISS", "HIT"]


def test_all_pages_go_by_the_key_they_all_have(address):
    for path in SHOWN:
        ask(address, path)

    Varnish(f"varnish://{address}").forget(["all"])

    assert [ask(address, path)["X-Cache"] for path in SHOWN] == ["MISS", "MISS", "MISS"]


def test_readers_are_not_shown_the_labels(address):
    headers = ask(address, "/one/")

    assert not {"xkey", "Surrogate-Control"} & set(headers)
    assert headers["Cache-Control"].startswith("public, max-age=0")


def test_the_desk_is_served_by_the_site_and_other_cookies_change_nothing(address, site):
    ask(address, "/two/")

    assert ask(address, "/two/", Cookie="theme=dark")["X-Cache"] == "HIT"
    assert ask(address, "/two/", Cookie="theme=dark; __Host-desk=somebody")["X-Cache"] == "MISS"
