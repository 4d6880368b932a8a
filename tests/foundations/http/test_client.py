"""Whose request it is: what our own proxies vouch for, and what browsers say of a form's origin."""

import pytest
from django.test import RequestFactory

from newsroom.foundations.http import client_address


def address(forwarded=None, remote="10.0.0.1"):
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return client_address.address(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))


def test_without_proxies_of_ours_nobody_is_believed_about_their_address(settings):
    settings.PROXIES = 0

    assert address("198.51.100.9", remote="203.0.113.7") == "203.0.113.7"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (2, "6.6.6.6, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", "203.0.113.7"),
        (1, None, "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_only_what_our_proxies_added_is_believed(settings, proxies, forwarded, expected):
    settings.PROXIES = proxies

    assert address(forwarded) == expected


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("203.0.113.7:4711", "203.0.113.7"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("unknown", ""),
        ("<script>", ""),
        ("[::", ""),
        ("", ""),
    ],
)
def test_an_address_has_one_spelling(settings, written, read):
    settings.PROXIES = 0

    assert address(remote=written) == read


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({}, True),
        ({"Origin": "https://news.example"}, True),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://news.example", "Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
    ],
)
def test_a_form_is_ours_when_the_browser_says_so(headers, ours):
    assert client_address.sent_from_here(RequestFactory().post("/", headers=headers)) is ours
