"""What many scenes share: lines of hills, peaks, trees, people, stars."""

import math
from itertools import pairwise
from random import Random

from .canvas import HEIGHT, WIDTH, Canvas, Point
from .palettes import Colour, mix

MARGIN = 40  # outlines begin and end beyond the sheet


def hills(rng: Random, base: float, swell: float, step: int = 12) -> list[Point]:
    """A rolling skyline around `base`, rising and falling by about `swell`."""
    waves = [(swell * 0.5**k, rng.uniform(0.8, 1.3) * 2**k / 330, rng.uniform(0, math.tau)) for k in range(4)]
    across = range(-MARGIN, WIDTH + MARGIN + step, step)
    return [(x, base - sum(high * math.sin(x * often + turn) for high, often, turn in waves)) for x in across]


def peaks(rng: Random, base: float, height: float, rough: float = 0.55) -> list[Point]:
    """A jagged skyline: a straight line broken in the middle, and again, each time by less."""
    line = [base - height * rng.uniform(0.1, 0.5), base - height * rng.uniform(0.1, 0.5)]
    shift = height
    for _ in range(8):
        broken = [(a + b) / 2 + rng.uniform(-0.5, 0.5) * shift for a, b in pairwise(line)]
        line = [spot for pair in zip(line, broken, strict=False) for spot in pair] + [line[-1]]
        shift *= rough
    gap = (WIDTH + 2 * MARGIN) / (len(line) - 1)
    return [(-MARGIN + i * gap, y) for i, y in enumerate(line)]


def land(c: Canvas, skyline: list[Point], top: Colour, low: Colour, floor: float = HEIGHT) -> None:
    """Everything beneath a skyline, down to `floor`."""
    c.poly([*skyline, (skyline[-1][0], floor), (skyline[0][0], floor)], top, low)


def height_at(skyline: list[Point], x: float) -> float:
    """How high the ground stands at `x`."""
    return min(skyline, key=lambda spot: abs(spot[0] - x))[1]


def receding_hills(c: Canvas, top: float, bottom: float, rows: int, swell: float, far: float = 0.0) -> None:
    """Rows of hills from the haze to the foreground; `far` is the first row's nearness."""
    for row in range(rows):
        share = row / max(1, rows - 1)
        colour = c.ink.depth(far + (0.8 - far) * share)
        line = hills(c.rng, top + (bottom - top) * share, swell * (0.5 + share * 0.6))
        land(c, line, colour, mix(colour, c.ink.low, 0.28 * (1 - share)))


def conifer(c: Canvas, x: float, foot: float, height: float, colour: Colour) -> None:
    """A spruce: tiers of branches, never quite even."""
    lean, tiers = c.rng.uniform(-0.02, 0.02) * height, 6
    left, right = [], []
    for tier in range(1, tiers + 1):
        y, half = foot - height * (1 - tier / tiers), height * 0.2 * tier / tiers
        left += [(x - half * c.rng.uniform(0.85, 1.1), y), (x - half * 0.55, y - height * 0.015)]
        right += [(x + half * c.rng.uniform(0.85, 1.1), y), (x + half * 0.55, y - height * 0.015)]
    c.poly([(x + lean, foot - height), *right, *reversed(left)], colour)


def broadleaf(c: Canvas, x: float, foot: float, height: float, colour: Colour, lit: Colour) -> None:
    """A round-headed tree with its lit side to the left."""
    c.line([(x, foot), (x, foot - height * 0.5)], height * 0.06, colour)
    for _ in range(7):
        dx, dy = c.rng.uniform(-0.24, 0.24) * height, c.rng.uniform(0.5, 0.85) * height
        c.disc(x + dx, foot - dy, height * c.rng.uniform(0.14, 0.22), colour)
    c.disc(x - height * 0.12, foot - height * 0.74, height * 0.13, lit)


def poplar(c: Canvas, x: float, foot: float, height: float, colour: Colour) -> None:
    c.oval(x, foot - height * 0.55, height * 0.1, height * 0.46, colour)
    c.line([(x, foot), (x, foot - height * 0.4)], height * 0.035, colour)


def person(c: Canvas, x: float, foot: float, height: float, colour: Colour) -> None:
    """Somebody in a coat, seen from afar, more or less in mid-step."""
    stride = c.rng.uniform(0.0, 0.07)

    def at(dx: float, dy: float) -> Point:
        return x + dx * height, foot - dy * height

    for side, step in ((-1, stride), (1, stride * 0.6)):
        c.poly(
            [
                at(side * 0.015, 0.42),
                at(side * 0.1, 0.42),
                at(side * (0.06 + step), 0),
                at(side * (0.012 + step), 0),
            ],
            colour,
        )
    c.poly([at(-0.1, 0.8), at(0.1, 0.8), at(0.135, 0.33), at(-0.135, 0.33)], colour)
    c.soft(*at(-0.115, 0.84), 0.23 * height, 0.16 * height, 0.07 * height, colour)
    for side in (-1, 1):
        c.line([at(side * 0.095, 0.79), at(side * 0.145, 0.44)], 0.055 * height, colour)
    c.box(*at(-0.025, 0.88), 0.05 * height, 0.06 * height, colour)
    c.oval(*at(0, 0.925), 0.058 * height, 0.075 * height, colour)


def stars(c: Canvas, count: int, bottom: float, colour: Colour) -> None:
    """More faint ones than bright ones."""
    for _ in range(count):
        bright = c.rng.random() ** 5
        spot = c.rng.uniform(0, WIDTH), c.rng.uniform(0, bottom)
        c.disc(*spot, 0.9 + 2.6 * bright, (*colour[:3], round(90 + 165 * max(bright, c.rng.random() * 0.6))))


def birds(c: Canvas, count: int, x: float, y: float, colour: Colour) -> None:
    for _ in range(count):
        left, high, span = x + c.rng.uniform(-160, 160), y + c.rng.uniform(-70, 70), c.rng.uniform(9, 19)
        c.line(
            [(left - span, high - span * 0.4), (left - span * 0.4, high - span * 0.5), (left, high)],
            2.6,
            colour,
        )
        c.line(
            [(left, high), (left + span * 0.4, high - span * 0.5), (left + span, high - span * 0.4)],
            2.6,
            colour,
        )
