"""What a page says to the caches in front of us: how long they may keep it, and how they find it again."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils import timezone

from newsroom.foundations.pagecache import describe_pages, shows
from newsroom.foundations.pagecache.cdn.caches import LONGEST_LABEL
from tests import make

FASTLY, CLOUDFLARE, VARNISH, NGINX = (
    "fastly://SU1Z0",
    "cloudflare://023e",
    "varnish://10.0.0.1:6081",
    "nginx://10.0.0.1:8081",
)
LABELS = {
    "Surrogate-Key",
    "Surrogate-Control",
    "Cache-Tag",
    "Cloudflare-CDN-Cache-Control",
    "xkey",
    "X-Accel-Expires",
}


@pytest.fixture
def answer(rf):
    """The answer of a view that shows these keys, as it leaves us."""

    def ask(*keys, until=None, status=200, **headers):
        def view(request):
            shows(request, *keys, until=until)
            return HttpResponse("Ports reopen", status=status, headers=headers)

        return describe_pages(view)(rf.get("/"))

    return ask


def directives(response):
    return set(response["Cache-Control"].split(", "))


def test_browsers_ask_before_each_use_and_caches_we_cannot_reach_after_a_second(answer):
    said = directives(answer("article:42"))

    assert {"max-age=0", "s-maxage=1", "stale-while-revalidate=1", "stale-if-error=86400"} == said


def test_without_a_cache_to_tell_a_page_carries_no_labels(answer):
    assert not LABELS & set(answer("article:42").headers)


@pytest.mark.parametrize(
    ("address", "labels"),
    [
        (FASTLY, {"Surrogate-Key": "all article:42 front:home"}),
        (FASTLY, {"Surrogate-Control": "max-age=86400, stale-while-revalidate=60, stale-if-error=86400"}),
        (CLOUDFLARE, {"Cache-Tag": "all,article:42,front:home"}),
        (VARNISH, {"xkey": "all article:42 front:home"}),
        (NGINX, {"X-Accel-Expires": "86400"}),
    ],
)
def test_a_cache_that_can_be_told_keeps_a_page_for_long(answer, settings, address, labels):
    settings.CACHES_IN_FRONT = [address]

    response = answer("article:42", "front:home")

    assert labels.items() <= dict(response.headers).items()
    assert "s-maxage=1" in directives(response)  # whoever else is on the way


def test_what_only_cloudflare_reads_is_for_cloudflare_alone(answer, settings):
    settings.CACHES_IN_FRONT, settings.KEPT_IN_FRONT_SECONDS = [CLOUDFLARE], 600

    said = answer("article:42")["Cloudflare-CDN-Cache-Control"]

    assert said.startswith("public, max-age=600, ")
    assert not {"Surrogate-Key", "CDN-Cache-Control"} & set(answer("article:42").headers)


@pytest.mark.parametrize("address", [FASTLY, CLOUDFLARE, VARNISH, NGINX])
def test_a_page_that_the_clock_makes_untrue_is_not_kept_for_long(answer, settings, address):
    settings.CACHES_IN_FRONT = [address]

    assert not LABELS & set(answer("map:news", until=timezone.now() + timedelta(hours=1)).headers)


def test_a_page_that_shows_more_than_a_header_can_hold_is_not_kept_for_long(answer, settings):
    settings.CACHES_IN_FRONT = [FASTLY]
    keys = [f"article:{number}" for number in range(100_000, 100_480)]

    assert len(answer(*keys)["Surrogate-Key"]) <= LONGEST_LABEL
    assert not LABELS & set(answer(*keys, *(f"newest:tag:{number}" for number in range(100))).headers)


def test_that_there_is_no_page_is_not_kept_for_long(answer, settings):
    settings.CACHES_IN_FRONT = [FASTLY]

    assert not LABELS & set(answer("address:nowhere", status=404).headers)
    assert LABELS & set(answer("article:42", status=410).headers)


@pytest.mark.parametrize("headers", [{"Vary": "Cookie"}, {"Cache-Control": "private, no-store"}])
def test_what_one_reader_alone_may_see_is_kept_by_nobody(answer, settings, headers):
    settings.CACHES_IN_FRONT = [FASTLY, CLOUDFLARE, VARNISH, NGINX]

    response = answer("article:42", **headers)

    assert "private" in directives(response)
    assert not LABELS & set(response.headers)


@pytest.mark.django_db
def test_forms_search_and_the_desk_are_kept_by_nobody(client, settings, editor):
    settings.CACHES_IN_FRONT = [FASTLY, CLOUDFLARE, VARNISH, NGINX]
    article = make.article()
    client.force_login(editor)

    for path in (f"/comments/{article.pk}/new/", "/search/?q=ports", "/admin/"):
        response = client.get(path)
        assert not LABELS & set(response.headers), path
        assert "s-maxage" not in response.get("Cache-Control", ""), path
