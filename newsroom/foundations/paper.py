"""What the paper is called, for floors that may not know who keeps its masthead."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest


def current() -> Any:
    """The masthead as the desk last left it: `.name`, `.tagline`, `.language`, `.address`."""
    return apps.get_model(settings.MASTHEAD_MODEL).current()


def masthead(request: HttpRequest) -> Any:
    """The same, asked for once a request."""
    kept = vars(request)
    if "masthead" not in kept:
        kept["masthead"] = current()
    return kept["masthead"]
