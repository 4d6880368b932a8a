"""The page cache around Django: what it keeps, for whom, under which address, and what it answers from it."""

import gzip
from threading import Event
from threading import Thread as Worker
from time import sleep

import brotli
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsroom.foundations import pagecache
from newsroom.foundations.http import load_shedding
from newsroom.foundations.pagecache.keys import said_in
from tests import make
from tests.kept import MEGABYTE, Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return Site()


def asked(site, address, **headers):
    with CaptureQueriesContext(connection) as queries:
        answered = site.get(address, **headers)
    return answered, len(queries)


def test_a_page_asked_for_again_costs_no_query(site):
    address = make.article().get_absolute_url()
    first = site.get(address)

    again, queries = asked(site, address)

    assert queries == 0
    assert (first.is_hit, again.is_hit) == (False, True)
    assert again.body == first.body and b"Ports reopen" in again.body


@pytest.mark.parametrize(
    "path", ["/", "/world/", "/feed/", "/feed/atom/", "/sitemap.xml", "/feeds/", "/nothing/"]
)
def test_every_kind_of_page_is_kept(site, path):
    make.article()
    site.get(path)

    assert site.get(path).is_hit


def test_each_reader_gets_the_encoding_asked_for(site):
    address = make.article().get_absolute_url()
    plain = site.get(address).body

    assert gzip.decompress(site.get(address, accept_encoding="gzip").body) == plain
    assert brotli.decompress(site.get(address, accept_encoding="gzip, br").body) == plain
    assert site.get(address, accept_encoding="br;q=0, gzip;q=0").body == plain
    assert site.get(address, accept_encoding="gzip").headers["Content-Encoding"] == "gzip"
    assert site.get(address).headers["Vary"] == "Accept-Encoding"


def test_a_page_asked_for_again_is_packed_well(site):
    address = make.article(body="We knew of it in the spring, and said so. " * 200).get_absolute_url()
    first = site.get(address, accept_encoding="gzip")

    again, third = (site.get(address, accept_encoding="gzip") for _ in range(2))

    assert len(again.body) < len(first.body)
    assert gzip.decompress(again.body) == gzip.decompress(first.body)
    assert int(again.headers["Content-Length"]) == len(again.body) == len(third.body)
    assert site.cache.store.size()[1] == pytest.approx(len(again.body), abs=6000)


def test_caches_in_front_get_it_packed_well_at_once(settings):
    settings.PROXIES = 1
    site, address = Site(), make.article().get_absolute_url()

    first = site.get(address, accept_encoding="br")

    assert site.get(address, accept_encoding="br").body == first.body


def test_what_was_searched_for_is_sent_compressed():
    make.article(headline="Ports reopen")

    found = Site().get("/search/?q=ports", accept_encoding="gzip")

    assert found.headers["Content-Encoding"] == "gzip"
    assert b"Ports reopen" in gzip.decompress(found.body)


def test_a_reader_who_has_the_page_is_told_so(site):
    address = make.article().get_absolute_url()
    first = site.get(address, accept_encoding="gzip")

    again, queries = asked(site, address, if_none_match=first.headers["ETag"])

    assert (again.status, again.body, queries) == (304, b"", 0)
    assert site.get(address, if_none_match='W/"another"').status == 200


def test_a_date_is_enough_for_a_reader_without_an_etag(site):
    address = make.article().get_absolute_url()
    sleep(1.01 - timezone.now().microsecond / 1e6)  # a page of the very second of a purge carries no date
    dated = site.get(address).headers["Last-Modified"]

    assert site.get(address, if_modified_since=dated).status == 304
    assert site.get(address, if_modified_since="Sun, 01 Jan 2006 00:00:00 GMT").status == 200
    assert site.get(address, if_modified_since="yesterday").status == 200


def test_the_head_of_a_page_is_the_page_without_its_body(site):
    address = make.article().get_absolute_url()

    head = site.get(address, method="HEAD")

    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == site.get(address).headers["Content-Length"]
    assert site.get(address).is_hit


def test_parameters_no_page_reads_neither_vary_nor_poison_it(site):
    address = make.article().get_absolute_url()
    site.get(f"{address}?utm_source=zebra&before=5")

    plain = site.get(address)

    assert plain.is_hit
    assert b"zebra" not in plain.body
    assert site.get(f"{address}?x=%00").is_hit


def test_a_parameter_the_page_reads_makes_another_page(site):
    for _number in range(22):
        make.article(section="world")
    first = site.get("/world/")
    older = first.body.decode().partition('rel="next" href="')[2].partition('"')[0]

    second = site.get(f"/world/{older}&utm_source=x")

    assert not second.is_hit and second.body != first.body
    assert site.get(f"/world/{older}").is_hit


def test_whoever_is_logged_in_is_neither_shown_nor_lends_a_kept_page(site, client, editor):
    address = make.article().get_absolute_url()
    client.force_login(editor)
    cookie = f"desk={client.cookies['desk'].value}"
    site.get(address)

    own = site.get(address, cookie=cookie)

    assert not own.is_hit
    assert "Cache-Status" not in own.headers


def test_cookies_of_others_change_nothing(site):
    address = make.article().get_absolute_url()
    first = site.get(address, cookie="_measure=1; consent=yes")

    assert "Set-Cookie" not in first.headers
    assert site.get(address).is_hit


def test_forms_searches_and_the_desk_are_never_kept(site):
    article = make.article()
    for address in (f"/comments/{article.pk}/new/", "/search/?q=ports", "/admin/login/", "/health/"):
        site.get(address)
        assert not site.get(address).is_hit, address
    assert site.cache.store.size()[0] == 0


def test_another_host_gets_nothing_of_ours(site):
    address = make.article().get_absolute_url()
    site.get(address)

    assert site.get(address, host="elsewhere.example").status == 400
    assert not site.get(address, host="elsewhere.example").is_hit


def test_what_the_site_could_not_do_is_not_kept():
    def broken(environ, start_response):
        start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
        return [b"Sorry."]

    site = Site(pages=broken)
    site.get("/")

    assert not site.get("/").is_hit


def test_a_page_with_a_cookie_in_it_is_not_kept():
    def greets(environ, start_response):
        said_in(environ).keys["front:home"] = None
        start_response("200 OK", [("Set-Cookie", "you=42")])
        return [b"Hello, 42."]

    site = Site(pages=greets)
    site.get("/")

    assert not site.get("/").is_hit


def test_the_newsroom_never_keeps_more_than_it_has_room_for():
    site = Site(room=60_000)
    addresses = [make.article().get_absolute_url() for _number in range(12)]
    for address in addresses:
        site.get(address)

    pages, size = site.cache.store.size()

    assert 0 < pages < 12 and size <= 60_000
    assert site.cache.store.counts.crowded_out > 0
    assert site.get(addresses[-1]).is_hit and not site.get(addresses[0]).is_hit


def test_addresses_where_nothing_is_cannot_push_pages_out():
    site = Site(room=MEGABYTE)
    address = make.article().get_absolute_url()
    site.get(address)
    for number in range(60):
        site.get(f"/nothing-{number}/")

    assert site.get(address).is_hit
    assert site.cache.store.size()[1] < MEGABYTE / 4


def test_without_room_nothing_is_kept_and_all_is_answered():
    site, address = Site(room=0), make.article().get_absolute_url()
    site.get(address)

    again = site.get(address)

    assert (again.status, again.is_hit) == (200, False)


def test_readers_who_ask_at_once_wait_for_one_rendering():
    rendered = []

    def slow(environ, start_response):
        rendered.append(environ["PATH_INFO"])
        sleep(0.2)
        said_in(environ).keys["front:home"] = None
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"The front page"]

    site, got = Site(pages=slow), []
    readers = [Worker(target=lambda: got.append(site.get("/").body)) for _number in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert got == [b"The front page"] * 8
    assert rendered == ["/"]


def test_a_purge_while_a_page_is_being_rendered_wins():
    def overtaken(environ, start_response):
        said_in(environ).keys["article:1"] = None
        pagecache.purge("article:1")
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"What was true before"]

    site = Site(pages=overtaken)
    site.get("/")

    assert not site.get("/").is_hit
    assert site.cache.store.size()[0] == 0


def test_a_page_readers_were_asking_for_when_it_was_purged_has_room_of_its_own():
    def full(environ, start_response):
        start_response("503 Service Unavailable", [])
        return [b"Busy."]

    site, address = Site(), make.article().get_absolute_url()
    site.get(address), site.get(address)
    site.cache.pages, site.cache.wanted = full, site.cache.pages
    pagecache.purge("paper")

    assert site.get(address).status == 200
    assert site.get("/").status == 503


def test_more_readers_than_threads_are_told_to_come_again(monkeypatch):
    monkeypatch.setattr(load_shedding, "SAME_PAGE", 2)
    arrived, go_on = Event(), Event()

    def slow(environ, start_response):
        arrived.set()
        go_on.wait(5)
        said_in(environ).keys["front:home"] = None
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"The front page"]

    site, got = Site(pages=slow), []
    readers = [Worker(target=lambda: got.append(site.get("/"))) for _number in range(3)]
    for reader in readers:
        reader.start()
        arrived.wait(5)
    sleep(0.1)
    refused = site.get("/")
    go_on.set()
    for reader in readers:
        reader.join()

    assert (refused.status, refused.headers["Retry-After"]) == (503, "5")
    assert [answered.status for answered in got] == [200, 200, 200]
