"""Once a day: the files that no picture names go. They come from processes that died between writing and committing,
between committing and removing, and from storages that would not remove."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone

from articles import picture_files
from articles.models import Image, Rendition
from articles.models.picture_sweeps import PictureSweep
from articles.picture_files import Stored

log = logging.getLogger(__name__)
AGE = timedelta(days=1)  # no transaction lasts so long: what is younger may still get its row
SURPRISING = 100  # files; if more are unnamed, and most are, this is hardly the database they belong to


def sweep_pictures() -> int:
    """Remove the files older than a day that no picture names; how many. Does nothing when it did within the day."""
    if not PictureSweep.objects.begin():
        return 0
    originals, renditions = Image._meta.get_field("original"), Rendition._meta.get_field("file")
    named = {*Image.objects.values_list("original", flat=True).iterator()}
    named.update(Rendition.objects.values_list("file", flat=True).iterator())
    places = ((originals.storage, ""), (renditions.storage, str(renditions.upload_to)))
    unnamed = [stored for place in places for stored in _files(*place) if stored.name not in named]
    if len(unnamed) > max(SURPRISING, len(named)):
        log.error(
            "Of the pictures' files %s are named by no picture and %s are: nothing is removed. Is DATABASE_URL right?",
            len(unnamed),
            len(named),
        )
        return 0
    return picture_files.discard(stored for stored in unnamed if _is_old(stored))


def _files(storage: Any, folder: str) -> Iterator[Stored]:
    """All below this folder; what begins with a dot is not ours."""
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:  # no picture has been written yet
        return
    for name in names:
        if not name.startswith("."):
            yield Stored(storage, f"{folder}/{name}" if folder else name)
    for inner in folders:
        yield from _files(storage, f"{folder}/{inner}" if folder else inner)


def _is_old(stored: Stored) -> bool:
    try:
        written_at = stored.storage.get_modified_time(stored.name)
    except FileNotFoundError:  # somebody else has removed it meanwhile
        return False
    return bool(timezone.now() - written_at > AGE)
