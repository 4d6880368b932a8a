"""The demo's pictures: their rows are written with the stories, their files developed afterwards. Stopped half-way, it
goes on at the next start."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles import renditions
from articles.models import Image, Rendition
from articles.models.images import originals
from newsroom.demo import enlarger

FOLDER = "demo"
Progress = Callable[[int, int], None]


def reserve(name: str, **words: Any) -> Image:
    """The row of the picture called “port-3” or “portrait-3”, and its renditions' rows, before any file exists."""
    width, height = enlarger.size_of(name)
    image = Image(original=f"{FOLDER}/{name}.jpeg", width=width, height=height, **words)
    made = [
        Rendition(image=image, format=format, width=w, height=h, file=_file(name, w, format))
        for w, h in renditions.sizes_of(width, height)
        for format in ("webp", "jpeg")
    ]
    image.made = [rendition.size for rendition in made]
    image.save()
    Rendition.objects.bulk_create(made)
    return image


def undeveloped() -> list[str]:
    """The names of the pictures whose files are still missing, in the order they were reserved."""
    rows = (
        Image.objects.filter(original__startswith=f"{FOLDER}/")
        .order_by("pk")
        .values_list("original", flat=True)
    )
    return [
        path.removeprefix(f"{FOLDER}/").removesuffix(".jpeg") for path in rows if not originals().exists(path)
    ]


def develop(progress: Progress) -> None:
    """Draw and store what is missing, with every processor: Pillow draws and encodes without the interpreter's lock.
    Interrupted, it ends with the pictures it is drawing."""
    names = undeveloped()
    with ThreadPoolExecutor(os.cpu_count()) as hands:
        try:
            for done, (name, original, made) in enumerate(hands.map(enlarger.developed, names), 1):
                _store(name, original, made)
                progress(done, len(names))
        except BaseException:
            hands.shutdown(wait=False, cancel_futures=True)
            raise


def _store(name: str, original: bytes, made: list[renditions.Made]) -> None:
    for one in made:
        path = _file(name, one.width, one.format)
        default_storage.delete(path)  # what an interrupted run left of it
        default_storage.save(path, ContentFile(one.content))
    originals().save(f"{FOLDER}/{name}.jpeg", ContentFile(original))  # last: it says that the rest is there


def _file(name: str, width: int, format: str) -> str:
    return f"pictures/{FOLDER}-{name}/{width}.{format}"
