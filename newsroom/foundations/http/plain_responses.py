"""Answers of a process that cannot, or will not, ask Django: a plain sentence, and nothing kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


@dataclass(frozen=True)
class Refusal:
    """An application that always says the same."""

    status: str
    sentence: str | Promise
    headers: tuple[tuple[str, str], ...] = ()

    def __call__(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        body = f"{self.sentence}\n".encode()
        about = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
        start_response(self.status, [*about, ("Cache-Control", "no-store"), *self.headers])
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


BUSY = Refusal(
    "503 Service Unavailable",
    _("Too many people are asking at this moment. Please try again in a few seconds."),
    (("Retry-After", "5"),),
)
