"""Guessing passwords is slow here. Every count belongs to the address it came from, so that no stranger can lock a
colleague out; the door to the desk asks `shut()` before it looks at a password."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from newsroom.foundations.http import client_address

WHILE = 15 * 60  # seconds
TRIES_AT_ONE_ACCOUNT = 8
TRIES_AT_ALL = 40  # a whole office may share one address


def shut(request: HttpRequest) -> bool:
    """Has this address failed too often lately, at this account or at all?"""
    one, every = _keys(request)
    counts = cache.get_many([one, every])
    return counts.get(one, 0) >= TRIES_AT_ONE_ACCOUNT or counts.get(every, 0) >= TRIES_AT_ALL


def failed(request: HttpRequest) -> None:
    for key in _keys(request):
        cache.add(key, 0, WHILE)
        try:
            cache.incr(key)
        except ValueError:  # forgotten between the two
            cache.set(key, 1, WHILE)


def succeeded(request: HttpRequest) -> None:
    """Who knows the password has not been guessing; what the address tried elsewhere still counts."""
    cache.delete(_keys(request)[0])


def _keys(request: HttpRequest) -> tuple[str, str]:
    address = client_address.address(request)
    account = request.POST.get("username", "").strip().casefold()[:254]
    return _key(f"{address}\n{account}"), _key(address)


def _key(what: str) -> str:
    return "login:" + salted_hmac("newsroom.login", what, algorithm="sha256").hexdigest()
