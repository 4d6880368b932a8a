"""What a server that is killed had acknowledged: `python -m benchmarks.killed [sqlite|postgresql|both] --rounds 3`.

In each round somebody types into a hundred articles, and amid it every process of the server is killed (kill -9). Then
the database is asked for each text that had been acknowledged.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.sites import ROOT, SHORT, Archive
from tests.servers import free_port, wait_until_listening

AUTOSAVES = 100
TOKEN = "a" * 32
PREPARE = """
import json
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, BACKEND_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from articles.models import Article, Section, UnsavedText
from newsroom.models import User
UnsavedText.objects.all().delete()
person, _new = User.objects.get_or_create(username="typist", defaults=dict(is_staff=True, is_superuser=True))
section, _new = Section.objects.get_or_create(name="World", slug="world")
while Article.objects.count() < 100:
    Article.start(by=None, section=section, headline="Ports", body="Open.")
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session.create()
keys = [*Article.objects.order_by("pk").values_list("pk", flat=True)[:100]]
print(json.dumps({"session": session.session_key, "person": person.pk, "articles": keys}))
"""
KEPT = """
import json
from articles.models import UnsavedText
print(json.dumps({str(t.article_id): dict(t.sheet)["body"] for t in UnsavedText.objects.all()}))
"""


def asked(archive: Archive, code: str):
    said = archive.run("manage.py", "shell", "--verbosity", "0", "-c", code, stdout=subprocess.PIPE)
    return json.loads(said.stdout.splitlines()[-1])


def typed(port: int, found: dict, acknowledged: dict[str, str]) -> None:
    """Type into one article after the other until the server is gone; note what it acknowledged."""
    cookies = f"desk={found['session']}; desk-csrf={TOKEN}"
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    for number, article in enumerate(found["articles"][:AUTOSAVES], 1):
        fields = {"csrfmiddlewaretoken": TOKEN, "person": found["person"], "window": "window-one"}
        fields |= {"count": 1, "body": f"Words number {number}, typed at {time.time()}"}
        try:
            connection.request(
                "POST", f"/admin/articles/article/{article}/autosave/", urlencode(fields), headers
            )
            answer = connection.getresponse()
            said = answer.read()
        except (OSError, HTTPException):
            return
        assert answer.status == 200, (answer.status, said[:300])
        acknowledged[str(article)] = fields["body"]


def killed_amid(archive: Archive, found: dict) -> dict[str, str]:
    """What had been acknowledged when every process of the server was killed."""
    port, acknowledged = free_port(), dict[str, str]()
    env = archive.environment | {"SITE_ADDRESS": f"http://127.0.0.1:{port}"}
    command = [sys.executable, "-W", "ignore", "manage.py", "serve", "--port", str(port), "--workers", "2"]
    with subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True) as server:
        wait_until_listening(server, port, seconds=120)
        typist = threading.Thread(target=typed, args=(port, found, acknowledged))
        typist.start()
        enough = random.randint(10, 90)
        while len(acknowledged) < enough and typist.is_alive():
            time.sleep(0.001)
        os.killpg(server.pid, signal.SIGKILL)
        typist.join()
    return dict(acknowledged)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", nargs="?", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    for database in SHORT:
        if options.database not in {database.lower(), "both"}:
            continue
        with tempfile.TemporaryDirectory() as folder:
            archive = Archive(database, 0, Path(folder))
            archive.manage("migrate", "-v0")
            archive.manage("collectstatic", "-v0", "--no-input")
            for number in range(options.rounds):
                acknowledged = killed_amid(archive, asked(archive, PREPARE))
                kept = asked(archive, KEPT)
                lost = [key for key, words in acknowledged.items() if kept.get(key) != words]
                print(
                    f"{database}, round {number + 1}: {len(acknowledged)} acknowledged, {len(lost)} lost",
                    flush=True,
                )
                assert not lost


if __name__ == "__main__":
    main()
