"""Trains on a viaduct above a river valley."""

import math
from collections.abc import Callable

from .canvas import WIDTH, Canvas
from .palettes import Colour, mix, thin
from .terrain import conifer, height_at, hills, land, peaks, receding_hills


def rail(c: Canvas) -> None:
    """A goods train on a viaduct above a river valley."""
    _valley(c, _train)


def railcar(c: Canvas) -> None:
    """A country train of two coaches on the same kind of viaduct."""
    _valley(c, _coaches)


def _valley(c: Canvas, train: Callable[[Canvas, float], None]) -> None:
    c.sky(horizon=0.58)
    c.clouds(9, 70, 430, c.ink.light, 0.32)
    c.sun(c.rng.uniform(300, 1500), c.rng.uniform(240, 420), 64, 0.7)
    land(c, peaks(c.rng, 580, 230, 0.5), mix(c.ink.far, c.ink.low, 0.3), mix(c.ink.far, c.ink.low, 0.7))
    receding_hills(c, 640, 760, 3, 46, 0.1)
    c.haze(560, 900, c.ink.low, 0.4)
    c.box(0, 985, WIDTH, 215, mix(c.ink.sky, c.ink.mid, 0.3), c.ink.depth(0.8))
    _viaduct(c, 690)
    train(c, 690)
    c.mirror(985, 180, 0.42, 0.7)
    c.ripples(992, 1190, c.ink.light, 70, 0.24)
    for base, side in ((1030, -1), (1050, 1)):
        _bank(c, base, side)


def _viaduct(c: Canvas, deck: float) -> None:
    stone, shade = c.ink.depth(0.62), c.ink.depth(0.8)
    c.box(-20, deck, WIDTH + 40, 34, stone)
    c.box(-20, deck, WIDTH + 40, 7, mix(stone, c.ink.light, 0.3))
    for i in range(-1, 7):
        x = i * 290 + 30
        arch = [
            (x + 36 + 109 - 109 * math.cos(a * math.pi / 24), deck + 150 - 112 * math.sin(a * math.pi / 24))
            for a in range(25)
        ]
        c.poly(
            [(x, deck + 30), (x + 290, deck + 30), (x + 290, deck + 152), *reversed(arch), (x, deck + 152)],
            stone,
            shade,
        )
        c.poly([(x - 36, deck + 150), (x + 36, deck + 150), (x + 46, 1010), (x - 46, 1010)], stone, shade)
        c.poly(
            [(x + 14, deck + 150), (x + 36, deck + 150), (x + 46, 1010), (x + 20, 1010)],
            thin(c.ink.near, 0.3),
        )


def _train(c: Canvas, rail_level: float) -> None:
    paints = [c.ink.accent, c.ink.mid, mix(c.ink.accent, c.ink.near, 0.4), mix(c.ink.light, c.ink.mid, 0.35)]
    x = c.rng.uniform(-60, 260)
    _locomotive(c, x, rail_level)
    for wagon in range(1, 14):
        _hopper(c, x + 62 + wagon * 148, rail_level, paints[c.rng.randrange(4) if wagon % 3 else 0])


def _coaches(c: Canvas, rail_level: float) -> None:
    start = c.rng.uniform(420, 760)
    for coach in range(2):
        _coach(c, start + coach * 318, rail_level)


def _coach(c: Canvas, x: float, y: float) -> None:
    pale, dark = mix(c.ink.light, c.ink.far, 0.12), c.ink.near
    for wheel in (40, 74, 232, 266):
        c.disc(x + wheel, y - 9, 11, dark)
    c.box(x + 4, y - 24, 298, 9, dark)
    c.soft(x, y - 104, 306, 86, 16, pale)
    c.box(x, y - 48, 306, 22, c.ink.accent)
    for window in range(7):
        c.soft(x + 42 + window * 33, y - 90, 24, 30, 4, mix(dark, c.ink.sun, c.rng.choice([0.15, 0.75])))
    for end in (6, 280):
        c.soft(x + end, y - 92, 20, 36, 5, mix(dark, c.ink.sky, 0.3))
    c.box(x + 60, y - 112, 180, 9, mix(dark, pale, 0.3))


def _locomotive(c: Canvas, x: float, y: float) -> None:
    dark = c.ink.near
    c.poly(
        [
            (x, y - 22),
            (x, y - 74),
            (x + 22, y - 106),
            (x + 72, y - 106),
            (x + 78, y - 92),
            (x + 196, y - 92),
            (x + 196, y - 22),
        ],
        c.ink.accent,
        mix(c.ink.accent, dark, 0.3),
    )
    c.poly(
        [(x + 10, y - 72), (x + 28, y - 98), (x + 58, y - 98), (x + 58, y - 72)],
        mix(c.ink.light, c.ink.sky, 0.3),
    )
    c.box(x, y - 50, 196, 7, c.ink.light)
    c.box(x - 8, y - 24, 212, 12, dark)
    for wheel in (24, 58, 136, 170):
        c.disc(x + wheel, y - 9, 12, dark)
    c.glow(x, y - 58, 90, c.ink.light, 0.8)
    c.disc(x + 3, y - 58, 6, c.ink.light)


def _hopper(c: Canvas, x: float, y: float, paint: Colour) -> None:
    dark = c.ink.near
    c.poly(
        [(x, y - 84), (x + 136, y - 84), (x + 136, y - 42), (x + 116, y - 22), (x + 20, y - 22), (x, y - 42)],
        paint,
        mix(paint, dark, 0.35),
    )
    for rib in range(1, 6):
        c.line([(x + rib * 23, y - 82), (x + rib * 23, y - 26)], 3, thin(dark, 0.3))
    c.poly(
        [(x + 6, y - 84), (x + 30, y - 96), (x + 106, y - 96), (x + 130, y - 84)],
        mix(c.ink.light, c.ink.far, 0.4),
    )
    c.box(x - 8, y - 20, 150, 6, dark)
    for wheel in (20, 44, 92, 116):
        c.disc(x + wheel, y - 8, 9, dark)


def _bank(c: Canvas, base: float, side: int) -> None:
    """Reeds and spruces closing the picture at one edge."""
    skyline = [
        (x, base + 190 - 190 * max(0, 1 - abs(x - (0 if side < 0 else WIDTH)) / 620) ** 0.8)
        for x, _ in hills(c.rng, 0, 0)
    ]
    land(c, skyline, c.ink.depth(0.92), c.ink.near)
    for _ in range(8):
        x = c.rng.uniform(-20, 330) if side < 0 else c.rng.uniform(1470, 1820)
        conifer(c, x, height_at(skyline, x) + 12, c.rng.uniform(120, 270), c.ink.near)
