"""What every template may say about the paper itself."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from newsroom.models import Masthead


def site(request: HttpRequest) -> dict[str, Any]:
    """`site`: the masthead, fetched only by pages that show it."""
    return {"site": SimpleLazyObject(Masthead.current)}
