"""What every page for readers may say about the paper itself."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from newsroom.foundations.paper import masthead


def site(request: HttpRequest) -> dict[str, Any]:
    """`site`: the masthead, fetched only by pages that show it."""
    return {"site": SimpleLazyObject(partial(masthead, request))}
