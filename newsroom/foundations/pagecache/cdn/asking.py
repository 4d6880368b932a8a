"""One request to a cache's own door: short, never redirected, and never naming a key."""

import json
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from newsroom.foundations.outbox import TryLater

SECONDS = 5.0  # for connecting, and for each wait after it
LONGEST_WAIT = 3600.0  # seconds; whoever asks for more is asked again before
LONGEST_ANSWER = 64 * 1024  # bytes that are read


class NotDone(TryLater):
    """The cache could not be told, for this reason. `wait` is how many seconds it asked us to wait, if it did."""

    def __init__(self, why: str, *, wait: float = 0.0) -> None:
        super().__init__(why, wait=min(wait, LONGEST_WAIT))


def ask(method: str, url: str, *, headers: Mapping[str, str] | None = None, body: Any = None) -> bytes:
    """Ask once, with `body` as JSON if there is one; what it answered. Raises NotDone unless that is 2xx."""
    parts = urlsplit(url)
    connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = connect(parts.netloc, timeout=SECONDS)
    sent = None if body is None else json.dumps(body).encode()
    kind = {} if body is None else {"Content-Type": "application/json"}
    try:
        connection.request(method, parts.path or "/", sent, {**kind, **(headers or {})})
        response = connection.getresponse()
        said = response.read(LONGEST_ANSWER)
    except (OSError, HTTPException) as problem:
        raise NotDone(f"no answer ({type(problem).__name__})") from None
    except ValueError:  # would show the header that cannot be sent, and that may be a key
        raise NotDone("its address or key holds what cannot be sent") from None
    finally:
        connection.close()
    if not 200 <= response.status < 300:
        raise NotDone(f"it answered {response.status}", wait=_wait(response))
    return said


def _wait(response: HTTPResponse) -> float:
    """Retry-After, which is seconds or a date."""
    said = response.getheader("Retry-After", "")
    try:
        return (
            float(said) if said.isdigit() else (parsedate_to_datetime(said) - timezone.now()).total_seconds()
        )
    except (TypeError, ValueError):
        return 0.0
