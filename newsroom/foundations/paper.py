"""What the paper is called, for floors that may not know who keeps its masthead."""

from typing import Any

from django.apps import apps
from django.conf import settings


def current() -> Any:
    """The masthead as the desk last left it: `.name`, `.tagline`."""
    return apps.get_model(settings.MASTHEAD_MODEL).current()
