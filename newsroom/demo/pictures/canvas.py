"""A drawing surface measured in paper units (1800 wide, 1200 high), drawn at twice its size and then halved,
so that every edge is smooth."""

import math
import random
from collections.abc import Iterable, Sequence
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .palettes import Colour, Palette, mix, thin

WIDTH, HEIGHT = 1800, 1200
OVERSIZE = 2
GRAIN = 3  # how far, in levels of 255, the paper's grain may lift or lower a pixel
Point = tuple[float, float]


class Canvas:
    """What a scene draws on: colours in `ink`, chance in `rng`, both fixed by the picture's name."""

    def __init__(self, ink: Palette, rng: random.Random, width: int = WIDTH, units: Point = (WIDTH, HEIGHT)):
        self.ink, self.rng = ink, rng
        self.wide, self.high = units
        self.zoom = width * OVERSIZE / self.wide
        self.image = Image.new("RGB", (round(self.wide * self.zoom), round(self.high * self.zoom)))
        self.draw = ImageDraw.Draw(self.image, "RGBA")

    # Flat shapes. A colour may be see-through (`thin`).

    def poly(self, points: Iterable[Point], colour: Colour, to: Colour | None = None) -> None:
        """A filled outline; with `to`, its colour changes evenly from its top to its foot."""
        spots = [(x * self.zoom, y * self.zoom) for x, y in points]
        if to is None:
            self.draw.polygon(spots, fill=colour)
        else:
            self._shade(spots, colour, to)

    def box(self, x: float, y: float, w: float, h: float, colour: Colour, to: Colour | None = None) -> None:
        self.poly([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], colour, to)

    def soft(self, x: float, y: float, w: float, h: float, radius: float, colour: Colour) -> None:
        """A box with round corners."""
        edge = [value * self.zoom for value in (x, y, x + w, y + h)]
        self.draw.rounded_rectangle(edge, radius * self.zoom, fill=colour)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
        self.draw.ellipse([v * self.zoom for v in (x - rx, y - ry, x + rx, y + ry)], fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        self.oval(x, y, radius, radius, colour)

    def line(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        spots = [(x * self.zoom, y * self.zoom) for x, y in points]
        self.draw.line(spots, fill=colour, width=max(1, round(width * self.zoom)), joint="curve")

    # Light and air.

    def sky(self, top: Colour | None = None, low: Colour | None = None, horizon: float = 0.62) -> None:
        """Fill the whole sheet: `top` overhead, `low` at the horizon (a share of the height) and below."""
        top, low = top or self.ink.sky, low or self.ink.low
        shades = [mix(top, low, min(1, y / 256 / horizon) ** 1.15) for y in range(256)]
        self.image.paste(_curtain(shades, self.image.size))

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 0.8) -> None:
        """Light that fades outwards from a point."""
        across = max(2, round(2 * radius * self.zoom))
        corner = (round((x - radius) * self.zoom), round((y - radius) * self.zoom))
        halo = _halo(strength).resize((across, across), Image.Resampling.BILINEAR)
        self.image.paste(colour[:3], (*corner, corner[0] + across, corner[1] + across), halo)

    def sun(self, x: float, y: float, radius: float, strength: float = 0.75) -> None:
        self.glow(x, y, radius * 6, self.ink.sun, strength)
        self.disc(x, y, radius, self.ink.sun)

    def haze(self, top: float, bottom: float, colour: Colour, strength: float) -> None:
        """A veil that is clear at `top` and thickens towards `bottom`."""
        high, low = round(top * self.zoom), round(bottom * self.zoom)
        veil = _ramp(low - high, 0, round(strength * 255)).resize(
            (self.image.width, low - high), Image.Resampling.NEAREST
        )
        self.image.paste(colour[:3], (0, high, self.image.width, low), veil)

    def clouds(self, count: int, top: float, bottom: float, colour: Colour, opacity: float = 0.35) -> None:
        """Long flat bands, thinner towards the horizon. Drawn small and enlarged, which softens their rims."""
        veil = Image.new("L", (round(self.wide / 3), round(self.high / 3)))
        pen = ImageDraw.Draw(veil)
        for _ in range(count):
            y = self.rng.uniform(top, bottom)
            x, reach = self.rng.uniform(-200, self.wide), self.rng.uniform(240, 640)
            thick = 6 + 22 * (bottom - y) / (bottom - top)
            for row in range(3):
                left, right = x + self.rng.uniform(0, reach * 0.4), x + reach * self.rng.uniform(0.6, 1)
                high = y + row * thick * 0.75
                band = [v / 3 for v in (left, high, right, high + thick)]
                pen.rounded_rectangle(band, thick / 6, fill=round(255 * opacity))
        veil = veil.filter(ImageFilter.GaussianBlur(1.8)).resize(self.image.size, Image.Resampling.BILINEAR)
        self.image.paste(colour[:3], mask=veil)

    def mirror(self, waterline: float, depth: float, strength: float, squash: float = 0.6) -> None:
        """Lay what stands above `waterline` upside down upon the water below it, fading with distance."""
        edge, reach = round(waterline * self.zoom), round(depth * self.zoom)
        above = self.image.crop((0, edge - round(reach / squash), self.image.width, edge))
        image = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize(
            (above.width, reach), reducing_gap=1.0
        )
        veil = _ramp(reach, round(strength * 255), 0).resize(image.size, Image.Resampling.NEAREST)
        self.image.paste(image, (0, edge), veil)

    def ripples(self, top: float, bottom: float, colour: Colour, count: int, opacity: float = 0.3) -> None:
        """Short level strokes, longer and further apart towards the viewer."""
        for _ in range(count):
            nearness = self.rng.random() ** 1.6
            y, reach = top + (bottom - top) * nearness, 20 + 150 * nearness * self.rng.random()
            x = self.rng.uniform(-50, self.wide)
            self.line([(x, y), (x + reach, y)], 1.2 + 3.5 * nearness, thin(colour, opacity))

    def path_of_light(self, x: float, top: float, bottom: float, colour: Colour, spread: float = 120) -> None:
        """The sun's broken reflection on water."""
        y = top + 3
        while y < bottom:
            nearness = (y - top) / (bottom - top)
            half = (18 + spread * nearness) * self.rng.uniform(0.35, 1)
            middle = x + self.rng.uniform(-0.5, 0.5) * (12 + spread * nearness)
            self.line(
                [(middle - half, y), (middle + half, y)],
                2 + 4 * nearness,
                thin(colour, 0.6 - 0.35 * nearness),
            )
            y += 7 + 15 * nearness

    # Finishing.

    def finished(self) -> Image.Image:
        """The picture at its real size, with a little grain so that gradients do not band."""
        small = self.image.reduce(OVERSIZE)
        grain = Image.frombytes("L", small.size, self.rng.randbytes(small.width * small.height))
        grain = grain.filter(ImageFilter.BoxBlur(1)).point(
            [128 + round((v - 128) * GRAIN / 64) for v in range(256)]
        )
        return ImageChops.add(small, Image.merge("RGB", (grain,) * 3), offset=-128)

    def _shade(self, spots: list[Point], top: Colour, low: Colour) -> None:
        """Fill an outline with an even change of colour, touching only the part of the sheet it covers."""
        left, right = math.floor(min(x for x, _ in spots)), math.ceil(max(x for x, _ in spots))
        high, foot = math.floor(min(y for _, y in spots)), math.ceil(max(y for _, y in spots))
        left, right = max(left, 0), min(right, self.image.width)
        if right <= left or foot <= high:
            return
        mask = Image.new("1", (right - left, foot - high))
        ImageDraw.Draw(mask).polygon([(x - left, y - high) for x, y in spots], fill=1)
        shades = [mix(top, low, y / 63) for y in range(64)]
        self.image.paste(_curtain(shades, mask.size), (left, high), mask)


def _curtain(shades: list[Colour], size: tuple[int, int]) -> Image.Image:
    """Colours hung from top to bottom. Stretched down smoothly, then across by repeating, which is far quicker."""
    column = Image.new("RGB", (1, len(shades)))
    column.putdata(shades)
    return column.resize((1, size[1]), Image.Resampling.BILINEAR).resize(size, Image.Resampling.NEAREST)


def _ramp(height: int, top: int, bottom: int) -> Image.Image:
    """A mask one pixel wide, from `top` to `bottom` opacity."""
    ramp = Image.new("L", (1, max(2, height)))
    ramp.putdata([round(top + (bottom - top) * y / (ramp.height - 1)) for y in range(ramp.height)])
    return ramp


@cache
def _halo(strength: float) -> Image.Image:
    """A round mask, `strength` at its middle and nothing at its rim."""
    return Image.radial_gradient("L").point(
        [round(max(0, 1 - v / 180) ** 2.2 * strength * 255) for v in range(256)]
    )
