"""Which addresses are files of our own media folder."""

import re

from django.conf import settings

FILE = re.compile(
    r"(?!.*\.\.)[\w./-]+", re.ASCII
)  # plain names only: no browser can read them as another place


def is_ours(address: str) -> bool:
    path = address.removeprefix(settings.SITE_ADDRESS)
    return path.startswith(settings.MEDIA_URL) and bool(FILE.fullmatch(path.removeprefix(settings.MEDIA_URL)))
