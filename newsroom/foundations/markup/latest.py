"""The latest texts stay rendered: who checks a text, and then stores it in a transaction, renders it once and before
the transaction, which holds others up as long as it lasts."""

from collections.abc import Callable
from functools import lru_cache, wraps

from django.conf import settings
from django.utils.translation import get_language

from newsroom.foundations.markup.figures import Picture, Pictures, pictures_named
from newsroom.foundations.markup.limits import ARTICLE
from newsroom.foundations.markup.rendered import Rendered

LATEST = 8  # texts of each kind

Known = tuple[tuple[int, Picture], ...]


def latest_stay(render: Callable[..., Rendered]) -> Callable[..., Rendered]:
    """`render` takes a text, and may take what finds the pictures it names."""

    @lru_cache(maxsize=LATEST)
    def rendered(text: str, known: Known, about: object) -> Rendered:
        return render(text, pictures=lambda _named: dict(known)) if known else render(text)

    @wraps(render)
    def asked(text: str, *, pictures: Pictures | None = None) -> Rendered:
        return rendered(text, _known(text, pictures), _about())

    return asked


def _known(text: str, pictures: Pictures | None) -> Known:
    """The pictures the text may show, as they are now."""
    if pictures is None or len(text) > ARTICLE.characters:  # which will be refused
        return ()
    named = pictures_named(text)
    return tuple(sorted(pictures(named).items())) if named else ()


def _about() -> tuple[str | None, ...]:
    """All else that a rendered text depends on."""
    return settings.SITE_ADDRESS, settings.MEDIA_URL, settings.LANGUAGE_CODE, get_language()
