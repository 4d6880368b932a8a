"""The files of pictures. A database undoes rows and no files: what was written beside a transaction that fails is
removed here; what a process leaves that dies meanwhile is found by articles/sweeping.py."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any, NamedTuple

from django.apps import apps
from django.core.files.base import ContentFile

log = logging.getLogger(__name__)


class Stored(NamedTuple):
    """A file: where it is kept, and its name there."""

    storage: Any
    name: str


_written: ContextVar[list[Stored] | None] = ContextVar("written", default=None)


def write(file: Any, name: str, content: bytes) -> None:
    """Write what a row's FileField is to hold; the row is still to be saved. Call it in `without_leftovers()`."""
    _note(
        Stored(file.storage, file.field.generate_filename(file.instance, name))
    )  # half of it may be written
    file.save(name, ContentFile(content), save=False)
    _note(Stored(file.storage, file.name))


def _note(stored: Stored) -> None:
    if (written := _written.get()) is not None:
        written.append(stored)


@contextmanager
def without_leftovers() -> Iterator[None]:
    """Around a transaction in which pictures are written: when it fails, their files go. One may stand in another."""
    around, own = _written.get(), list[Stored]()
    mark = _written.set(own)
    try:
        yield
    except BaseException:
        _discard_unnamed(own)
        raise
    finally:
        _written.reset(mark)
    if around is not None:
        around += own


def _discard_unnamed(files: list[Stored]) -> None:
    """An error may also have come after the commit: what a row names stays."""
    if not files:
        return
    try:
        rows = named(stored.name for stored in files)
    except Exception:
        log.exception("Whether rows name %s files could not be asked; the sweep will ask again", len(files))
    else:
        discard(stored for stored in files if stored.name not in rows)


def named(names: Iterable[str]) -> set[str]:
    """Those of these that a picture names."""
    wanted = set(names)
    image, rendition = (apps.get_model("articles", name) for name in ("Image", "Rendition"))
    originals = image._default_manager.filter(original__in=wanted).values_list("original", flat=True)
    renditions = rendition._default_manager.filter(file__in=wanted).values_list("file", flat=True)
    return {*originals, *renditions}


def discard(files: Iterable[Stored]) -> int:
    """Remove files, and the folder that was theirs alone; how many went. Missing ones are no matter; one that the
    storage will not remove is left to the sweep, which tries again every day."""
    removed = 0
    for stored in dict.fromkeys(files):
        try:
            stored.storage.delete(stored.name)
        except Exception:
            log.exception("The file %s could not be removed", stored.name)
            continue
        removed += 1
        folder = stored.name.rpartition("/")[0]
        if "/" in folder:  # pictures/TOKEN, never “pictures” itself
            with suppress(Exception):  # there are others in it, or this storage knows no folders
                stored.storage.delete(folder)
    return removed
