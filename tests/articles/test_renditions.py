"""From whatever a picture is uploaded as to what readers see: the same light and colours, in every size."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image as Pillow
from PIL import ImageChops

from articles import renditions
from articles.renditions import PictureRefused

RED, WHITE = (200, 30, 30), (255, 255, 255)
GREYS = {"I;16": 65_535, "I;16B": 65_535, "I;16L": 65_535, "I;16N": 65_535, "I": 65_535, "F": 1}
SIZE = (900, 60)


def saved(picture, format="PNG", **options):
    target = BytesIO()
    picture.save(target, format, **options)
    return target.getvalue()


def shown(content):
    """What readers get of it, in both formats."""
    made = renditions.make(content).renditions[-2:]
    return [Pillow.open(BytesIO(one.content)).convert("RGB") for one in made]


def is_near(picture, at, colour, within=6):
    return all(abs(one - other) <= within for one, other in zip(picture.getpixel(at), colour, strict=True))


def ramp(mode, white):
    """From black on the left to white on the right."""
    picture = Pillow.new(mode, SIZE)
    steps = [column * white / SIZE[0] for column in range(SIZE[0])] * SIZE[1]
    picture.putdata(steps if mode == "F" else [round(step) for step in steps])
    return picture


def sixteen_bits(kind, pixels, transparent=()):
    """A PNG of 16 bits a channel, which Pillow does not write."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    row = b"\0" + b"".join(struct.pack(f">{len(pixel)}H", *pixel) for pixel in pixels)
    chunks = [chunk(b"IHDR", struct.pack(">IIBBBBB", len(pixels), 1, 16, kind, 0, 0, 0))]
    chunks += [chunk(b"tRNS", struct.pack(f">{len(transparent)}H", *transparent))] if transparent else []
    return b"\x89PNG\r\n\x1a\n" + b"".join([*chunks, chunk(b"IDAT", zlib.compress(row)), chunk(b"IEND", b"")])


def test_grey_of_sixteen_bits_keeps_its_shades():
    for picture in shown(saved(ramp("I;16", 65_535))):
        assert is_near(picture, (225, 30), (64, 64, 64)) and is_near(picture, (675, 30), (191, 191, 191))


@pytest.mark.parametrize(
    ("mode", "white"), [*GREYS.items(), ("I", 255), ("F", 255), ("F", 65_535), ("I", 10**8)]
)
def test_deep_grey_is_scaled_and_never_cut_off(mode, white):
    picture = renditions._on_paper(ramp(mode, white))

    assert picture.mode == "RGB"
    assert is_near(picture, (225, 30), (64, 64, 64), 1) and is_near(picture, (675, 30), (191, 191, 191), 1)


@pytest.mark.parametrize("mode", Pillow.MODES)
def test_every_mode_becomes_rgb_of_the_same_light(mode):
    light = 255 if mode == "1" else 153  # which palettes have
    between = "LA" if mode == "La" else "RGB"
    if mode in GREYS:
        picture = Pillow.new(mode, (4, 4), GREYS[mode] * light / 255 if mode == "F" else 257 * light)
    else:
        picture = Pillow.new("L", (4, 4), light).convert(between).convert(mode)

    rgb = renditions._on_paper(picture)

    assert rgb.mode == "RGB" and is_near(rgb, (2, 2), (light,) * 3, 2)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "PA", "RGB", "RGBA", "1", "I;16"])
def test_what_a_png_may_hold_is_shown(mode):
    picture = ramp("I;16", 65_535) if mode == "I;16" else ramp("L", 255).convert("RGB").convert(mode)
    content = saved(picture.convert("LA") if mode == "PA" else picture)

    for one in shown(content):
        assert is_near(one, (5, 30), (0, 0, 0), 60) and is_near(one, (895, 30), WHITE, 60)


@pytest.mark.parametrize(
    "mode", ["RGBA", "LA", "P", "P with one colour", "L with one grey", "RGB with one colour"]
)
def test_what_is_transparent_is_white_as_paper(mode):
    mode, _with, one = mode.partition(" with ")
    clear = {"P": 0, "L": 7, "RGB": (1, 2, 3)}.get(mode) if one else None
    if mode == "P" and not one:
        picture = Pillow.new("RGBA", (40, 40), (9, 9, 9, 0)).convert("P")
        picture.putpalette([9, 9, 9, 0] * 256, "RGBA")
    else:
        picture = Pillow.new(mode, (40, 40), clear if one else (9, 0) if mode == "LA" else (9, 9, 9, 0))
    content = saved(picture, **({"transparency": clear} if one else {}))

    assert all(is_near(one, (20, 20), WHITE) for one in shown(content))


@pytest.mark.parametrize(
    ("kind", "pixel", "transparent", "seen"),
    [
        (0, (32_768,), (), (128, 128, 128)),
        (0, (1_000,), (1_000,), WHITE),
        (2, (51_400, 7_710, 7_710), (), RED),
        (2, (4_660, 4_660, 4_660), (4_660, 4_660, 4_660), WHITE),
        (4, (32_768, 65_535), (), (128, 128, 128)),
        (4, (32_768, 0), (), WHITE),
        (6, (51_400, 7_710, 7_710, 65_535), (), RED),
        (6, (0, 0, 0, 0), (), WHITE),
    ],
)
def test_sixteen_bits_a_colour_are_shown(kind, pixel, transparent, seen):
    content = sixteen_bits(kind, [pixel] * 40, transparent)

    assert all(is_near(picture, (20, 0), seen) for picture in shown(content))


@pytest.mark.parametrize("mode", ["RGB", "L", "YCbCr", "CMYK"])
def test_what_a_jpeg_may_hold_is_shown(mode):
    light = Pillow.new("RGB", (80, 80), (120, 120, 120) if mode == "L" else RED)

    for picture in shown(saved(light.convert(mode), "JPEG", quality=95)):
        assert is_near(picture, (40, 40), light.getpixel((0, 0)))


def test_ink_is_read_as_ink_whether_adobe_turned_it_upside_down_or_not():
    ink = Pillow.new("RGB", (80, 80), RED).convert("CMYK")
    adobes = saved(ink, "JPEG", quality=95)
    upright = saved(ImageChops.invert(ink), "JPEG", quality=95)
    mark = upright.index(b"\xff\xee\x00\x0eAdobe")
    others = upright[:mark] + upright[mark + 16 :]

    assert all(is_near(picture, (40, 40), RED) for picture in [*shown(adobes), *shown(others)])


@pytest.mark.parametrize("format", ["GIF", "WEBP", "AVIF"])
def test_other_formats_are_shown(format):
    content = saved(Pillow.new("RGB", (80, 80), RED), format)

    assert all(is_near(picture, (40, 40), RED, 12) for picture in shown(content))


@pytest.mark.parametrize(
    ("width", "height"), [(1080, 16_384), (700, 60_000), (1, 16_383), (16_384, 1080), (60_000, 1)]
)
def test_a_picture_longer_than_an_encoder_allows_is_made_smaller(width, height):
    made = renditions.make(saved(Pillow.new("L", (width, height), 128))).renditions

    assert {one.format for one in made} == {"webp", "jpeg"}
    assert all(one.width <= 1920 and one.height <= renditions.TALLEST for one in made)


def test_a_picture_of_which_no_width_would_be_left_is_refused():
    with pytest.raises(PictureRefused, match="too narrow"):
        renditions.make(saved(Pillow.new("L", (1, 20_000))))


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (8_000, 8_000), (2**31 - 1, 2**31 - 1)])
def test_a_picture_of_too_many_pixels_is_told_so(width, height):
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + header
    content = start + struct.pack(">I", zlib.crc32(b"IHDR" + header)) + struct.pack(">I", 0) + b"IDAT"

    with pytest.raises(PictureRefused, match="at most 50 million"):
        renditions.make(content + struct.pack(">I", zlib.crc32(b"IDAT")))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_file_cut_anywhere_is_refused_with_a_sentence(format):
    content = saved(Pillow.effect_noise((60, 60), 50), format)

    for end in range(0, len(content) - len(content) // 4, max(1, len(content) // 40)):
        try:
            renditions.make(content[:end])
        except PictureRefused as refusal:
            assert str(refusal)
