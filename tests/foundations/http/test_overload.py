"""Asked for more than it can do, a process answers who can be answered soon, and tells the others so in plain words."""

import io
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore
from wsgiref.util import setup_testing_defaults

import pytest

from newsroom.foundations.http import load_shedding
from newsroom.foundations.http.load_shedding import DESK, FILES, PAGES, Limit, Shedding
from newsroom.foundations.http.request_bodies import Receiving
from newsroom.foundations.pagecache.wsgi import PageCache

SMALL = Limit(at_once=1, seconds=0.2, line=1)


class Kitchen:
    """An application whose every request waits until it is told to go on."""

    def __init__(self):
        self.begun, self.go_on = Semaphore(0), Event()

    def __call__(self, environ, start_response):
        self.begun.release()
        assert self.go_on.wait(10)
        start_response("200 OK", [("Content-Length", "4")])
        return [b"Done"]

    def has_begun(self, times=1):
        return all(self.begun.acquire(timeout=5) for _ in range(times))


def ask(application, address="/", method="GET", **more):
    """(status, headers, body) as a server would send them."""
    said = []
    environ = {"PATH_INFO": address, "REQUEST_METHOD": method, **more}
    setup_testing_defaults(environ)
    chunks = application(environ, lambda status, headers, *_: said.append((status, dict(headers))))
    body = b"".join(chunks)
    if hasattr(chunks, "close"):
        chunks.close()
    return *said[0], body


def shedding(application, limit):
    return Shedding(application, limit, ThreadPoolExecutor)


@pytest.fixture
def kitchen():
    kitchen = Kitchen()
    yield kitchen
    kitchen.go_on.set()


@pytest.fixture
def people():
    with ThreadPoolExecutor(20) as people:
        yield people


def test_who_finds_the_line_full_is_told_at_once(kitchen, people):
    application = shedding(kitchen, Limit(at_once=1, seconds=10, line=0))
    people.submit(ask, application)
    assert kitchen.has_begun()
    asked = time.monotonic()

    status, headers, body = ask(application)

    assert status == "503 Service Unavailable"
    assert headers["Retry-After"] == "5"
    assert headers["Cache-Control"] == "no-store"
    assert body.decode().startswith("Too many people are asking")
    assert len(body) == int(headers["Content-Length"])
    assert time.monotonic() - asked < 1
    kitchen.go_on.set()


def test_a_refusal_to_head_has_no_body(kitchen, people):
    application = shedding(kitchen, Limit(at_once=1, seconds=10, line=0))
    people.submit(ask, application)
    assert kitchen.has_begun()

    status, _headers, body = ask(application, method="HEAD")

    assert (status[:3], body) == ("503", b"")
    kitchen.go_on.set()


def test_a_few_more_wait_for_their_turn(kitchen, people):
    application = shedding(kitchen, Limit(at_once=1, seconds=10, line=3))
    asked = [people.submit(ask, application) for _ in range(4)]
    assert kitchen.has_begun()

    kitchen.go_on.set()

    assert [answer.result()[0] for answer in asked] == ["200 OK"] * 4


def test_nobody_waits_longer_than_is_said(kitchen, people):
    application = shedding(kitchen, SMALL)
    first = people.submit(ask, application)
    assert kitchen.has_begun()

    assert people.submit(ask, application).result(5)[0][:3] == "503"

    kitchen.go_on.set()
    assert first.result()[0] == "200 OK"


def test_only_so_many_are_worked_on_at_once(kitchen, people):
    application = shedding(kitchen, Limit(at_once=3, seconds=10, line=10))
    asked = [people.submit(ask, application) for _ in range(13)]

    assert kitchen.has_begun(times=3)
    assert not kitchen.begun.acquire(timeout=0.1)

    kitchen.go_on.set()
    assert [answer.result()[0] for answer in asked] == ["200 OK"] * 13


def test_the_limit_is_what_it_was_after_a_storm(kitchen, people):
    application = shedding(kitchen, SMALL)
    storm = [people.submit(ask, application) for _ in range(200)]
    assert kitchen.has_begun()
    kitchen.go_on.set()

    answers = [answer.result()[0][:3] for answer in storm]

    assert set(answers) == {"200", "503"}
    assert [ask(application)[0] for _ in range(5)] == ["200 OK"] * 5


def test_an_application_that_fails_gives_its_slot_back():
    def failing(environ, start_response):
        raise ValueError(environ["PATH_INFO"])

    application = shedding(failing, SMALL)

    for _ in range(5):
        with pytest.raises(ValueError, match="/story/"):
            ask(application, "/story/")


class Slow:
    """A long answer that says whether it was closed."""

    closed = False

    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/plain")])
        return self

    def __iter__(self):
        yield from [b"many", b"words"]

    def close(self):
        self.closed = True


def test_a_stream_holds_its_slot_until_it_is_closed():
    slow = Slow()
    application = shedding(slow, Limit(at_once=1, seconds=1, line=0))
    environ = {"PATH_INFO": "/", "REQUEST_METHOD": "GET"}
    stream = application(environ, lambda *_: None)

    assert list(stream) == [b"many", b"words"]
    assert ask(application)[0][:3] == "503"

    stream.close()
    assert slow.closed
    assert ask(application)[0] == "200 OK"


def test_a_stream_closed_twice_or_forgotten_frees_one_slot():
    application = shedding(Slow(), Limit(at_once=2, seconds=1, line=0))
    environ = {"PATH_INFO": "/", "REQUEST_METHOD": "GET"}
    held, twice = [application(environ, lambda *_: None) for _ in range(2)]

    twice.close()
    twice.close()
    forgotten = application(environ, lambda *_: None)

    assert ask(application)[0][:3] == "503"
    del forgotten
    assert ask(application)[0] == "200 OK"
    held.close()


def test_a_short_answer_frees_its_slot_before_it_is_read():
    def short(environ, start_response):
        start_response("200 OK", [("Content-Length", "6")])
        yield b"not"
        yield b"yet"

    application = shedding(lambda e, s: eager(short, e, s), Limit(at_once=1, seconds=1, line=0))
    environ = {"PATH_INFO": "/", "REQUEST_METHOD": "GET"}

    unread = application(environ, lambda *_: None)

    assert ask(application)[2] == b"notyet"
    assert list(unread) == [b"notyet"]


def eager(application, environ, start_response):
    """As Django does: the status is known before the first chunk is asked for."""
    chunks = application(environ, start_response)
    first = next(chunks)
    return iter([first, *chunks])


def test_who_would_be_answered_in_time_waits_however_many_there_are():
    def quick(environ, start_response):
        time.sleep(0.002)
        start_response("200 OK", [("Content-Length", "4")])
        return [b"Done"]

    application = shedding(quick, PAGES)
    with ThreadPoolExecutor(256) as crowd:
        answers = [answer[0] for answer in crowd.map(ask, [application] * 500)]

    assert answers == ["200 OK"] * 500


def test_who_came_first_is_answered_first(kitchen, people):
    order = []

    def noting(environ, start_response):
        order.append(environ["PATH_INFO"])
        return kitchen(environ, start_response)

    application = shedding(noting, Limit(at_once=1, seconds=10, line=10))
    for number in range(5):
        people.submit(ask, application, f"/{number}/")
        time.sleep(0.02)

    kitchen.go_on.set()
    people.shutdown()

    assert order == ["/0/", "/1/", "/2/", "/3/", "/4/"]


def test_each_kind_waits_for_as_long_as_its_readers_would():
    assert min(one.seconds for one in load_shedding.ALL) >= 2


def limited(pages, others):
    """A newsroom whose public pages and other requests are answered so."""
    return PageCache(
        shedding(pages, PAGES),
        desk=shedding(others, DESK),
        files=shedding(others, FILES),
        room=0,
    )


@pytest.mark.django_db
def test_a_crowd_of_readers_keeps_no_editor_from_publishing(kitchen, people):
    newsroom = limited(kitchen, lambda e, s: s("200 OK", []) or [b"Published"])
    crowd = [people.submit(ask, newsroom, "/world/") for _ in range(16)]
    assert kitchen.has_begun(times=PAGES.at_once)

    assert ask(newsroom, "/admin/articles/article/1/move/publish/", "POST")[2] == b"Published"

    kitchen.go_on.set()
    assert {answer.result()[0] for answer in crowd} == {"200 OK"}


@pytest.mark.django_db
@pytest.mark.parametrize("cookie", ["", "desk=abc"])
def test_a_busy_desk_keeps_no_page_from_its_style(kitchen, people, cookie):
    def site(environ, start_response):
        if environ["PATH_INFO"].startswith("/static/"):
            start_response("200 OK", [])
            return [b"body {}"]
        return kitchen(environ, start_response)

    newsroom = limited(site, site)
    for _ in range(DESK.at_once + 5):
        people.submit(ask, newsroom, "/admin/")
    assert kitchen.has_begun(times=DESK.at_once)

    assert ask(newsroom, "/static/css/site.css", HTTP_COOKIE=cookie)[2] == b"body {}"
    kitchen.go_on.set()


# What requests bring along


def echo(environ, start_response):
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


def send(application, body, **more):
    sent = {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)), "REMOTE_ADDR": "192.0.2.1"}
    return ask(application, method="POST", **sent | more)


@pytest.mark.parametrize("size", [1, 70_000, 3_000_000])
def test_a_body_is_taken_in_whole(size):
    assert send(Receiving(echo, at_once=4), b"a" * size)[2] == b"a" * size


def test_a_body_too_large_for_any_form_of_ours_is_not_read(settings):
    settings.PICTURE_MAX_BYTES = 1000

    status, headers, _body = send(Receiving(echo, at_once=4), b"", CONTENT_LENGTH="2000000")

    assert (status[:3], headers["Connection"]) == ("413", "close")


@pytest.mark.parametrize("length", [{"CONTENT_LENGTH": "many"}, {"HTTP_TRANSFER_ENCODING": "chunked"}])
def test_a_body_of_unknown_length_is_refused(length):
    assert send(Receiving(echo, at_once=4), b"", **length)[0][:3] == "411"


def test_half_a_comment_is_no_comment():
    assert send(Receiving(echo, at_once=4), b"Half a com", CONTENT_LENGTH="20")[0][:3] == "400"


class Dribble:
    """A body that does not come."""

    def __init__(self):
        self.begun, self.come = Event(), Event()

    def read(self, size):
        self.begun.set()
        self.come.wait(10)
        return b"a" * size


def dribble(people, application, address):
    body = Dribble()
    sent = {"wsgi.input": body, "REMOTE_ADDR": address, "CONTENT_LENGTH": "1"}
    body.answer = people.submit(send, application, b"", **sent)
    assert body.begun.wait(5)
    return body


def test_one_address_that_sends_slowly_leaves_room_for_the_others(people):
    application = Receiving(shedding(echo, SMALL), at_once=4, from_one_address=2, patience=0.2)
    slow = [dribble(people, application, "192.0.2.1") for _ in range(2)]

    assert send(application, b"Me too")[0][:3] == "503"
    assert send(application, b"Another voice", REMOTE_ADDR="192.0.2.2")[2] == b"Another voice"

    for body in slow:
        body.come.set()
    assert [body.answer.result()[0] for body in slow] == ["200 OK"] * 2
    assert send(application, b"Me too")[0] == "200 OK"


def test_behind_a_proxy_of_ours_everybody_has_the_same_address(people, settings):
    settings.PROXIES = 1
    application = Receiving(shedding(echo, SMALL), at_once=3, from_one_address=1)
    slow = dribble(people, application, "127.0.0.1")

    assert send(application, b"Hello", REMOTE_ADDR="127.0.0.1")[0] == "200 OK"
    slow.come.set()


def test_comments_that_arrive_together_are_all_taken(people):
    """More than may send at once, and from one address: an office reads us."""
    application = Receiving(
        shedding(echo, Limit(at_once=1, seconds=10, line=100)), at_once=1, from_one_address=1
    )

    answers = [answer[0] for answer in people.map(send, [application] * 40, [b"Hello"] * 40)]

    assert answers == ["200 OK"] * 40
