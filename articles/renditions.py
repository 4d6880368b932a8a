"""Crops and sizes: the only room that decodes pictures, and so the one that refuses what is not a picture."""

import logging
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageChops, ImageMath, ImageOps

log = logging.getLogger(__name__)

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")  # by content, whatever the file is called; never SVG or EPS
MOST_PIXELS = 50_000_000
WIDTHS = (320, 640, 960, 1280, 1920)
DEEP = ("I", "F")  # modes of grey in more than eight bits: I, I;16, I;16B, F …
TALLEST = 16_383  # pixels: WebP knows no side longer than this


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
    try:
        sizes = [_resized(upright, size) for size in sizes_of(*upright.size)]
        made = [made for size in sizes for made in _encoded(size)]
    except PictureRefused:
        raise
    except Exception:  # encoders have limits of their own, and say so in many ways
        log.exception("A picture of %s pixels could not be encoded", upright.size)
        raise PictureRefused(
            _("The picture cannot be made ready for readers. Export it again, as a JPEG or PNG.")
        ) from None
    return Rendered(upright.width, upright.height, suffix, made)


def sizes_of(width: int, height: int) -> list[tuple[int, int]]:
    """The sizes a picture this large is served in: never enlarged, its own shape kept, none too tall to be encoded.

    Raises PictureRefused when nothing would be left of its width.
    """
    widest = min(width, WIDTHS[-1], width * TALLEST // height)
    if not widest:
        raise PictureRefused(_("The picture is too narrow for its height. Cut it into several pictures."))
    widths = {narrower for narrower in WIDTHS if narrower < widest} | {widest}
    return [(one, max(1, round(height * one / width))) for one in sorted(widths)]


def opened(file: IO[bytes]) -> Pillow.Image:
    """A picture of a format and size we take, not decoded yet."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)  # our own limit is lower
            picture = Pillow.open(file, formats=FORMATS)
    except Pillow.DecompressionBombError:  # at twice its own limit the library counts no further
        raise _too_large(2 * (Pillow.MAX_IMAGE_PIXELS or MOST_PIXELS)) from None
    except Exception:  # readers of broken headers raise nearly anything
        raise PictureRefused(_("This is not a JPEG, PNG, WebP, AVIF or GIF picture.")) from None
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_large(picture.width * picture.height)
    return picture


def _too_large(pixels: int) -> PictureRefused:
    sentence = _(
        "The picture has more than %(pixels)d million pixels; at most %(most)d million are taken. Export it smaller."
    )
    facts = {"pixels": (pixels - 1) // 1_000_000, "most": MOST_PIXELS // 1_000_000}
    return PictureRefused(sentence % facts)


def _upright(picture: Pillow.Image) -> Pillow.Image:
    try:
        picture.draft(
            "RGB", (WIDTHS[-1] * 2, WIDTHS[-1] * 2)
        )  # lets the JPEG decoder skip what no size needs
        size = picture.size
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        if picture.mode == "CMYK" and "adobe" not in picture.info:
            upright = ImageChops.invert(
                upright
            )  # Adobe alone writes ink upside down; Pillow reads all as if it had
        upright = _on_paper(upright)
    except Exception:  # decoders of broken files raise nearly anything
        raise PictureRefused(_("The picture is damaged and cannot be read. Export it again.")) from None
    if not all(size):
        raise PictureRefused(_("The picture is empty."))
    return upright


def _on_paper(picture: Pillow.Image) -> Pillow.Image:
    """Opaque RGB, whatever way its colours were kept: transparent parts become white, as on paper."""
    picture = _in_bytes(picture)
    if picture.has_transparency_data:
        layered = picture.convert("RGBA")
        paper = Pillow.new("RGBA", layered.size, "white")
        return Pillow.alpha_composite(paper, layered).convert("RGB")
    return picture.convert("RGB")


def _in_bytes(picture: Pillow.Image) -> Pillow.Image:
    """Eight bits a colour, in a way that converts to RGB. Pillow itself cuts off what is brighter than 255."""
    transparent = picture.info.get("transparency")
    if picture.mode.startswith(DEEP):
        grey = _grey(picture)
        if transparent is not None:
            grey.putalpha(_unlike(picture, transparent))
        return grey
    if picture.mode == "La":
        return picture.convert("LA")
    if (
        picture.mode == "RGB" and transparent and max(transparent) > 255
    ):  # of 16 bits, when the colours no longer are
        picture.info["transparency"] = tuple(colour >> 8 for colour in transparent)
    return picture


def _grey(picture: Pillow.Image) -> Pillow.Image:
    """Grey of more than eight bits, scaled to eight."""
    values = picture.convert("F")
    black, white = _range(picture.mode, *values.getextrema())
    scale = 255 / (white - black)
    return values.point(lambda value: value * scale + (0.5 - black * scale)).convert("L")


def _range(mode: str, darkest: float, brightest: float) -> tuple[float, float]:
    """What is black and what white: as the mode says, else as the values do."""
    if mode.startswith("I;16"):
        return 0, 65_535
    usual = (1, 255, 65_535) if mode == "F" else (255, 65_535)
    white = next((white for white in usual if brightest <= white), None)
    if darkest >= 0 and white:
        return 0, white
    return darkest, max(brightest, darkest + 1)


def _unlike(picture: Pillow.Image, grey: int) -> Pillow.Image:
    """A mask that lets through whatever has not this very value."""
    return ImageMath.lambda_eval(
        lambda on: on["convert"]((on["picture"] != grey) * 255, "L"), picture=picture.convert("I")
    )


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
