"""Requests no reader makes: each is answered clearly, none with a 500, and none changes anything."""

from itertools import product

import pytest
from django.urls import get_resolver

from articles.models import Article, StandingPage
from tests import make, public_urls
from tests.client import NewsroomClient

pytestmark = pytest.mark.django_db

# What stands in a path where a slug, a number or a date should, percent-encoded as it would be sent.
PIECES = [
    "%00",
    "a%00b",
    "%FF%FE",
    "%ED%A0%80",
    "%C3%28",
    "%EF%BF%BD",
    "%",
    "%zz",
    "%25",
    "%2e%2e",
    "..",
    ".",
    "%2F",
    "%5C..%5C",
    "a" * 300,
    "a" * 10_000,
    "%F0%9F%9A%A2",
    "%E2%80%AE",
    "e" + "%CC%81" * 300,
    "-1",
    "0",
    "99999999999999999999999999",
    "1e9",
    "२०२६",
    "<script>",
    "'%20OR%201=1--",
    "{{7*7}}",
    "%0d%0aSet-Cookie:%20a=b",
    "%20",
    "a%0a",
    "null",
    ";",
    "/" * 200,
    "a/" * 500,
]
QUERIES = [
    "page=abc",
    "page=1000000000",
    "page=-1",
    "page=%00",
    "before=garbage",
    "before=%FF",
    "before=" + "f" * 5000,
    "after=%00",
    "after=1-1&after=2-2",
    "q=%00",
    "q=%FF%FE",
    "q=" + "%22" * 199,
    "q=" + "x" * 10_000,
    "from=abc",
    "from=1000000000",
    "p=1000000000",
    "p=%F0%9F%9A%A2",
    "p=" + "9" * 5000,
    "comment=garbage",
    "%00=1",
    "%FF=%FE",
    "&&&===",
    "a[]=1&a[b]=2",
    "a=1;b=2",
    "&".join(f"x{number}=1" for number in range(1500)),
    "&".join(f"x{number}=1" for number in range(2500)),
]
METHODS = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X" * 1000]


@pytest.fixture
def anybody():
    """A browser that is told of a 500 instead of being spared it."""
    return NewsroomClient(raise_request_exception=False)


@pytest.fixture
def known():
    """An address of every public pattern at which there is something."""
    make.page(title="About", slug="about")
    article = make.article(slug="steel", tags=["Steel"], bylines=[(make.contributor("Steel"), "by")])
    return [place for every in public_urls.of(article, "steel", "ports").values() for place in every]


def rows():
    return Article.objects.count(), StandingPage.objects.count()


def pieces_of(path):
    """The path with each of its pieces in turn left open."""
    parts = path.split("/")
    for place in range(1, len(parts)):
        yield "/".join([*parts[:place], "{}", *parts[place + 1 :]])


@pytest.mark.parametrize("piece", PIECES)
def test_no_piece_of_garbage_in_any_address_is_a_500(anybody, known, piece):
    opened = {each for path in known for each in pieces_of(path.partition("?")[0])}

    for path in opened:
        address = path.replace("{}", piece)
        response = anybody.get(address)
        assert response.status_code < 500, address[:200]
        assert not response.cookies, address[:200]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:20])
def test_no_query_on_any_address_is_a_500(anybody, known, query):
    for path in known:
        address = f"{path}{'&' if '?' in path else '?'}{query}"
        assert anybody.get(address).status_code < 500, address[:200]


@pytest.mark.parametrize("method", METHODS)
def test_pages_are_only_read(anybody, known, method):
    before = rows()

    for path in known:
        response = anybody.generic(method, path)
        forms = method == "POST" and path.startswith("/comments/")
        assert response.status_code in {404, 405} or (forms and response.status_code < 500), (method, path)

    assert rows() == before


@pytest.mark.parametrize(
    ("method", "kind"), list(product(["POST", "GET"], ["application/json", "multipart/form-data", "\xff"]))
)
def test_a_body_where_none_belongs_is_not_a_500(anybody, known, method, kind):
    for path in known:
        assert anybody.generic(method, path, b"\xff\x00{" * 1000, content_type=kind).status_code < 500, path


@pytest.mark.parametrize(
    "path", ["/world/\x00/", "/%00", "/world/a%00b/", "/search/?q=a%00", "/search/?%00=1"]
)
def test_an_address_with_a_nul_is_refused_in_words(anybody, path):
    response = anybody.get(path)

    assert response.status_code == 400
    assert "We could not read that request" in response.text


@pytest.mark.parametrize("host", ["evil.example", "", "a b", "news.example@evil.example", "[::1"])
def test_a_host_that_is_not_ours_is_refused(anybody, host):
    assert anybody.get("/", headers={"host": host}).status_code == 400


def test_a_forged_method_header_or_cookie_changes_nothing(anybody):
    strange = {
        "cookie": "desk=\x01; desk-csrf=" + "x" * 4000,
        "if-modified-since": "yesterday",
        "if-none-match": "*" * 1000,
        "range": "bytes=5-1",
        "accept-encoding": "gzip;q=abc, \x01",
        "accept-language": "x" * 5000,
        "content-length": "abc",
    }

    for name, value in strange.items():
        assert anybody.get("/", headers={name: value}).status_code in {200, 304, 400, 411}, name


def test_what_is_missing_says_so_in_the_papers_dress(client):
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert "There is nothing at this address" in response.text
    assert 'name="q"' in response.text
    assert 'content="noindex"' in response.text
    assert "max-age=0" in response.headers["Cache-Control"]


def test_a_fault_of_ours_says_so_without_the_database(anybody, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(get_resolver(), "resolve", lambda path: 1 / 0)

    with django_assert_num_queries(0):
        response = anybody.get("/")

    assert response.status_code == 500
    assert "Something went wrong on our side" in response.text
    assert "ZeroDivisionError" not in response.text


def test_a_missing_slash_is_added_and_a_foreign_host_is_not(anybody):
    make.article(section="world")

    assert anybody.get("/world").headers["Location"] == "/world/"
    for evil in ("//evil.example", "/\\evil.example", "//evil.example/..%2f"):
        location = anybody.get(evil).headers.get("Location", "")
        assert not location.startswith(("//", "/\\", "http")), evil
