"""A real nginx with the recipe that is shipped: the very file, with this machine's ports and folders put in."""

import http.client
import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers import free_port, wait_until_listening

ROOT = Path(__file__).parents[1]
RECIPE = ROOT / "deploy/nginx/newsroom.conf"
HOST = "news.example.org"  # the name in the recipe
PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
MODULES = Path("/etc/nginx/modules-enabled")
BROTLI = any(MODULES.glob("*brotli-static*"))
MISSING = (
    "nginx is not installed; `apt-get install nginx libnginx-mod-http-brotli-static` lets these tests run"
)

# What Debian's nginx.conf says around a site, as far as it matters to one.
AROUND = """
{user}
daemon off;
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
include {modules}/*.conf;
events {{ worker_connections 768; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    sendfile on;
    tcp_nopush on;
    gzip on;
    access_log off;
    {temporary}
    {more}
    include {folder}/newsroom.conf;
}}
"""


@dataclass
class Nginx:
    """A running nginx; `folder` holds its configuration, logs and pages."""

    folder: Path
    http: int
    https: int
    process: subprocess.Popen

    def get(self, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        """Ask as a browser would (`If_None_Match="…"` is the header If-None-Match); the body is in `.body`."""
        return _ask(self._connection(), method, path, headers)

    def send(self, path: str, body: bytes) -> http.client.HTTPResponse:
        return _ask(self._connection(), "POST", path, {}, body)

    def _connection(self) -> http.client.HTTPSConnection:
        trusting = ssl.create_default_context(cafile=self.folder / "certificate.pem")
        trusting.check_hostname = False  # the certificate is for the recipe's name, and we speak to 127.0.0.1
        return http.client.HTTPSConnection("127.0.0.1", self.https, timeout=30, context=trusting)

    def get_without_tls(self, path: str) -> http.client.HTTPResponse:
        return _ask(http.client.HTTPConnection("127.0.0.1", self.http, timeout=30), "GET", path, {})


def _ask(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    headers: dict[str, str],
    body: bytes | None = None,
) -> http.client.HTTPResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, {"Host": HOST, **named})
    answer = connection.getresponse()
    answer.body = answer.read()
    connection.close()
    return answer


@contextmanager
def serving(
    folder: Path,
    *,
    site: int,
    data: Path,
    more: str = "",
    changes: dict[str, str] | None = None,
    workers: str = "1",
) -> Iterator[Nginx]:
    """An nginx in front of the site on port `site`, whose files are in `data`. `more` is said beside the recipe."""
    ports = free_port(), free_port()
    config = configure(
        folder, site=site, data=data, ports=ports, more=more, changes=changes or {}, workers=workers
    )
    process = subprocess.Popen([PROGRAM, "-c", str(config)], stderr=subprocess.DEVNULL)
    try:
        wait_until_listening(process, ports[1], seconds=10)
        yield Nginx(folder, *ports, process)
    finally:
        process.terminate()
        process.wait(10)


def check(folder: Path) -> str:
    """What `nginx -t` has to say about a configured folder."""
    said = subprocess.run([PROGRAM, "-t", "-c", str(folder / "nginx.conf")], capture_output=True, text=True)
    return said.stderr


def configure(
    folder: Path,
    *,
    site: int,
    data: Path,
    ports: tuple[int, int],
    more: str = "",
    changes: dict[str, str],
    workers: str = "1",
) -> Path:
    """Write the recipe and what surrounds it into this folder. Whatever is replaced must be in the recipe."""
    recipe = RECIPE.read_text()
    here = {
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen 127.0.0.1:{ports[0]};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{ports[1]} ssl http2;",
        f"/etc/letsencrypt/live/{HOST}/fullchain.pem": f"{folder}/certificate.pem",
        f"/etc/letsencrypt/live/{HOST}/privkey.pem": f"{folder}/key.pem",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{site};",
        "/var/lib/newsroom/": f"{data}/",
        "/var/cache/nginx/": f"{folder}/",
        **changes,
    }
    if not BROTLI:
        here["        brotli_static on;"] = "        #"
    for said, meant in here.items():
        assert said in recipe, said
        recipe = recipe.replace(said, meant)
    (folder / "newsroom.conf").write_text(recipe)
    _certify(folder)
    temporary = "\n    ".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    around = AROUND.format(
        workers=workers, user=user, folder=folder, modules=MODULES, temporary=temporary, more=more
    )
    (folder / "nginx.conf").write_text(around)
    return folder / "nginx.conf"


def _certify(folder: Path) -> None:
    words = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    named = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([*words.split(), *named, *files], check=True, capture_output=True)
