"""Real worker processes, and two machines on PostgreSQL: readers never see what is no longer true."""

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.db import connection

from tests.postgres import new_database
from tests.servers import free_port, wait_until_listening

pytestmark = pytest.mark.django_db  # on both databases
VERBS = ["correct", "publish", "approve", "withdraw", "move"]
CHANGES = 200
CONNECTIONS = 6  # to one node, kept open: each has its worker
LAG = 1.0  # seconds until another machine knows


@dataclass(frozen=True)
class Truth:
    """What readers must and must not see since a verb answered."""

    facts: dict = field(hash=False)
    since: float = field(default_factory=time.monotonic)

    def pages(self):
        """Every page that shows the story, with what must stand there and what must not."""
        article, listed, gone = self.facts["story"], [self.facts["fresh"]], [self.facts["gone"]]
        lists = ["/", "/world/", self.facts["section"], "/topics/trade/", "/by/ana/"]
        feeds = ["/feed/", f"{self.facts['section']}feed/atom/"]
        yield article, 200, [self.facts["version"], self.facts["voice"]], []
        for page in [*lists, *feeds]:
            yield page, 200, [self.facts["version"], article, *listed], gone
        if self.facts["withdrawn"]:
            yield self.facts["withdrawn"], None, [], gone

    def contradicted(self, node, connection=0):
        """What that node says otherwise, and how long after the verb it was asked."""
        wrong = []
        for page, status, musts, nots in self.pages():
            asked = time.monotonic() - self.since
            if not is_so(answered := node.ask(page, connection), status, musts, nots):
                wrong.append((page, answered.status, asked))
        return wrong


def is_so(answered, status, musts, nots):
    return (
        status in (None, answered.status)
        and all(words in answered.text for words in musts)
        and not any(words and words in answered.text for words in nots)
    )


class Answer:
    def __init__(self, response):
        self.status, self.text = response.status, response.read().decode()
        self.is_hit = "hit" in (response.headers.get("Cache-Status") or "")


class Node:
    """One machine: the production server with two workers, and readers who stay on the line."""

    def __init__(self, environment, folder):
        self.port = free_port()
        self.environment = {**environment, "DATA_DIR": str(folder), "PATH": os.environ["PATH"]}
        self.readers = [
            http.client.HTTPConnection("127.0.0.1", self.port, timeout=20) for _number in range(CONNECTIONS)
        ]

    def __enter__(self):
        collecting = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v", "0"]
        subprocess.run(collecting, cwd=settings.BASE_DIR, env=self.environment, check=True)
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port), "--workers", "2"]
        self.process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=self.environment)
        wait_until_listening(self.process, self.port, seconds=30)
        return self

    def __exit__(self, *problem):
        for reader in self.readers:
            reader.close()
        self.process.terminate()
        self.process.wait(20)

    def ask(self, page, connection=0):
        reader = self.readers[connection]
        reader.request("GET", page)
        return Answer(reader.getresponse())


class Hand:
    """The editor, in a process of their own on the first machine."""

    def __init__(self, environment):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.desk_hand"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.bystanders, self.truths = self._said(), [Truth(self._said())]

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.process.communicate()

    def does(self, verb):
        self.process.stdin.write(f"{verb}\n")
        self.process.stdin.flush()
        self.truths.append(Truth(self._said()))

    @property
    def truth(self):
        return self.truths[-1]

    def _said(self):
        return json.loads(self.process.stdout.readline())


class Crowd(threading.Thread):
    """Readers who ask without pause. What they saw is held against what was true before they asked."""

    def __init__(self, node, hand):
        super().__init__(daemon=True)
        self.node, self.hand, self.over, self.asked, self.stale = node, hand, threading.Event(), 0, []

    def run(self):
        while not self.over.is_set():
            for page, *_expected in self.hand.truth.pages():
                known = len(self.hand.truths)
                answered = self.node.ask(page, CONNECTIONS - 1)
                self.asked += 1
                if self.over.is_set():
                    return
                truth = self.hand.truths[known - 1]
                if not self.agrees(page, answered, truth) and not self.has_been_so(page, answered, known):
                    self.stale.append(
                        (page, answered.status, truth.facts, *self.wrong_in(page, answered, truth))
                    )

    def has_been_so(self, page, answered, known):
        """Has the page shown what was true when it was asked for, or what a verb has made true since: one that answered
        meanwhile, or the next, before it answered? None shows more."""
        since = len(self.hand.truths)
        while len(self.hand.truths) == since and not self.over.wait(0.01):
            pass
        return any(self.agrees(page, answered, truth) for truth in self.hand.truths[known : since + 1])

    def wrong_in(self, page, answered, truth):
        """The words that are missing, and those that should be gone."""
        _status, musts, nots = next(expected for known, *expected in truth.pages() if known == page)
        return [words for words in musts if words not in answered.text], [
            words for words in nots if words and words in answered.text
        ]

    def agrees(self, page, answered, truth):
        now = {known: expected for known, *expected in truth.pages()}
        return page not in now or is_so(answered, *now[page])

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *problem):
        self.over.set()
        self.join(20)


def address(name):
    return {"SITE_ADDRESS": "http://127.0.0.1:8000", "SECRET_KEY": "only-for-tests", **name}


@pytest.fixture
def newsroom(tmp_path):
    """The editor at work, and the machines: two of them on PostgreSQL."""
    with ExitStack() as stack:
        common, folders = address({}), [tmp_path / "first"]
        if connection.vendor == "postgresql":
            common = address({"DATABASE_URL": new_database(f"across_{os.getpid()}")})
            folders.append(tmp_path / "second")
        for folder in folders:
            folder.mkdir()
        hand = stack.enter_context(Hand({**common, "DATA_DIR": str(folders[0]), "PATH": os.environ["PATH"]}))
        yield hand, [stack.enter_context(Node(common, folder)) for folder in folders]


def test_no_reader_sees_what_was_true_before_a_verb(newsroom):
    hand, (here, *elsewhere) = newsroom
    for connection_ in range(CONNECTIONS - 1):
        for page in hand.bystanders:
            here.ask(page, connection_)
    lags, needless = [0.0], []

    with Crowd(here, hand) as crowd:
        for number in range(CHANGES):
            hand.does(VERBS[number % len(VERBS)])
            for connection_ in range(CONNECTIONS - 1):
                assert hand.truth.contradicted(here, connection_) == [], (number, VERBS[number % len(VERBS)])
            lags += [lag(hand.truth, node) for node in elsewhere]
            page = hand.bystanders[number % len(hand.bystanders)]
            needless += [page for one in range(CONNECTIONS - 1) if not here.ask(page, one).is_hit]

    assert crowd.stale == [] and crowd.asked > CHANGES
    assert needless == []
    assert max(lags) < LAG


def lag(truth, node):
    """How long after the verb that machine was last asked for a page in vain."""
    latest = 0.0
    while wrong := truth.contradicted(node):
        latest = wrong[-1][-1]
        assert latest < 20, wrong
    return latest
