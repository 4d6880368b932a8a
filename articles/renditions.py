"""Crops and sizes: the only room that decodes pictures, and so the one that refuses what is not a picture."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")  # by content, whatever the file is called; never SVG or EPS
MOST_PIXELS = 50_000_000
WIDTHS = (320, 640, 960, 1280, 1920)


class PictureRefused(ValueError):
    """The file is not a picture we can take; the message tells the person who uploaded it what to do."""


@dataclass(frozen=True)
class Made:
    """One encoded size, without metadata."""

    format: str
    width: int
    height: int
    content: bytes


@dataclass(frozen=True)
class Rendered:
    """An accepted picture: its upright size, the suffix of its original's format, and every size made of it."""

    width: int
    height: int
    suffix: str
    renditions: list[Made]


def read(file: Any) -> bytes:
    """The upload's bytes, refused before they fill the memory. Raises PictureRefused."""
    content: bytes = file.read(settings.PICTURE_MAX_BYTES + 1)
    if len(content) > settings.PICTURE_MAX_BYTES:
        megabytes = settings.PICTURE_MAX_BYTES // 2**20
        raise PictureRefused(_("The file is larger than %d MB. Export the picture smaller.") % megabytes)
    return content


def make(content: bytes) -> Rendered:
    """Decode once, turn upright, encode every size as WebP and JPEG. Raises PictureRefused."""
    with opened(BytesIO(content)) as picture:
        suffix = str(picture.format).lower()
        upright = _upright(picture)
    sizes = [_resized(upright, size) for size in sizes_of(*upright.size)]
    return Rendered(
        upright.width, upright.height, suffix, [made for size in sizes for made in _encoded(size)]
    )


def sizes_of(width: int, height: int) -> list[tuple[int, int]]:
    """The sizes a picture this large is served in: never enlarged, its own shape kept."""
    widths = {narrower for narrower in WIDTHS if narrower < width} | {min(width, WIDTHS[-1])}
    return [(one, max(1, round(height * one / width))) for one in sorted(widths)]


def opened(file: IO[bytes]) -> Pillow.Image:
    """A picture of a format and size we take, not decoded yet."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)  # our own limit is lower
            picture = Pillow.open(file, formats=FORMATS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Pillow.DecompressionBombError):
        raise PictureRefused(_("This is not a JPEG, PNG, WebP, AVIF or GIF picture.")) from None
    if picture.width * picture.height > MOST_PIXELS:
        raise PictureRefused(
            _(
                "The picture has %(pixels)d million pixels; at most %(most)d million are taken. Export it smaller."
            )
            % {"pixels": picture.width * picture.height // 1_000_000, "most": MOST_PIXELS // 1_000_000}
        )
    return picture


def _upright(picture: Pillow.Image) -> Pillow.Image:
    try:
        picture.draft(
            "RGB", (WIDTHS[-1] * 2, WIDTHS[-1] * 2)
        )  # lets the JPEG decoder skip what no size needs
        size = picture.size
        picture.load()
        upright = ImageOps.exif_transpose(picture)
    except Exception:  # decoders of broken files raise nearly anything
        raise PictureRefused(_("The picture is damaged and cannot be read. Export it again.")) from None
    if not all(size):
        raise PictureRefused(_("The picture is empty."))
    return _on_paper(upright)


def _on_paper(picture: Pillow.Image) -> Pillow.Image:
    """Opaque RGB: transparent parts become white, as on paper."""
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        paper = Pillow.new("RGBA", layered.size, "white")
        return Pillow.alpha_composite(paper, layered).convert("RGB")
    return picture.convert("RGB")


def _resized(picture: Pillow.Image, size: tuple[int, int]) -> Pillow.Image:
    return (
        picture.resize(size, Pillow.Resampling.LANCZOS, reducing_gap=2.0) if size != picture.size else picture
    )


def _encoded(picture: Pillow.Image) -> list[Made]:
    width, height = picture.size
    return [
        Made("webp", width, height, encoded(picture, "WEBP", quality=78, method=4)),
        Made("jpeg", width, height, encoded(picture, "JPEG", quality=80, optimize=True, progressive=True)),
    ]


def encoded(picture: Pillow.Image, format: str, **options: Any) -> bytes:
    """The picture as a file, bare of all metadata."""
    picture.info.clear()  # no EXIF, ICC comments or text chunks travel to readers
    target = BytesIO()
    picture.save(target, format, exif=b"", **options)
    return target.getvalue()
