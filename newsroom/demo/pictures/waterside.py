"""Scenes by the water: ferry, coast, and a river delta from above."""

import math
from itertools import pairwise

from .canvas import HEIGHT, WIDTH, Canvas, Point
from .palettes import Colour, mix, thin
from .terrain import birds, hills, land


def ferry(c: Canvas) -> None:
    """A small car ferry between islands."""
    c.sky(horizon=0.5)
    c.clouds(8, 70, 430, c.ink.light, 0.34)
    sun = c.rng.choice([c.rng.uniform(250, 620), c.rng.uniform(1200, 1550)])
    c.sun(sun, c.rng.uniform(230, 400), 56, 0.6)
    for row, base in enumerate((548, 580, 606)):
        land(
            c,
            hills(c.rng, base, 58 - row * 14),
            c.ink.depth(row * 0.18),
            mix(c.ink.far, c.ink.low, 0.35),
            624,
        )
    c.box(0, 620, WIDTH, 580, mix(c.ink.low, c.ink.mid, 0.4), c.ink.depth(0.86))
    c.mirror(620, 210, 0.34)
    c.path_of_light(sun, 626, 1040, c.ink.sun, 150)
    x = c.rng.uniform(420, 760)
    _ferry_boat(c, x, 840)
    c.ripples(650, 1190, c.ink.light, 130, 0.2)
    birds(c, 6, x + 620, 420, c.ink.depth(0.85))


def _ferry_boat(c: Canvas, x: float, y: float) -> None:
    pale, dark = mix(c.ink.light, c.ink.mid, 0.08), c.ink.depth(0.92)
    for wake in range(5):
        c.line(
            [(x + 640, y + 18 + wake * 5), (x + 820 + wake * 90, y + 20 + wake * 16)],
            5,
            thin(c.ink.light, 0.4),
        )
    c.poly([(x - 40, y - 62), (x + 690, y - 62), (x + 650, y + 26), (x + 20, y + 26)], dark, c.ink.near)
    c.box(x - 14, y - 40, 686, 8, c.ink.accent)
    c.box(x + 70, y - 132, 520, 70, pale, mix(pale, c.ink.mid, 0.3))
    for window in range(12):
        c.soft(x + 92 + window * 41, y - 114, 25, 24, 5, mix(dark, c.ink.sun, 0.16 + 0.4 * c.rng.random()))
    c.box(x + 150, y - 186, 330, 54, pale, mix(pale, c.ink.mid, 0.2))
    c.poly([(x + 210, y - 236), (x + 350, y - 236), (x + 372, y - 186), (x + 196, y - 186)], pale)
    c.box(x + 214, y - 226, 134, 20, dark)
    c.poly([(x + 408, y - 262), (x + 458, y - 262), (x + 466, y - 186), (x + 400, y - 186)], c.ink.accent)
    c.line([(x + 280, y - 236), (x + 280, y - 322)], 4, dark)
    c.oval(x + 320, y + 44, 380, 18, thin(c.ink.near, 0.34))


def coast(c: Canvas) -> None:
    """A lighthouse on a headland above a moving sea."""
    c.sky(horizon=0.6)
    c.clouds(10, 80, 520, c.ink.light, 0.26)
    side = c.rng.choice([-1, 1])
    sun = WIDTH / 2 - side * c.rng.uniform(300, 560)
    c.sun(sun, c.rng.uniform(420, 560), 62, 0.75)
    land(c, hills(c.rng, 668, 24), c.ink.depth(0.06), mix(c.ink.far, c.ink.low, 0.4), 712)
    c.box(0, 700, WIDTH, 500, mix(c.ink.low, c.ink.mid, 0.42), c.ink.depth(0.85))
    c.path_of_light(sun, 704, 1130, c.ink.sun, 130)
    c.ripples(715, 1200, c.ink.light, 130, 0.24)
    _headland(c, side)
    birds(c, 8, sun + side * 180, 360, c.ink.depth(0.8))


def _headland(c: Canvas, side: int) -> None:
    def at(x: float, y: float) -> Point:
        return WIDTH / 2 + side * x, y

    edge = [
        at(140 + i * 66 + c.rng.uniform(-14, 14), 1010 - 30 * i + c.rng.uniform(-14, 14)) for i in range(9)
    ]
    top = [*edge, at(700, 742), at(820, 708), at(960, 690)]
    c.poly([*top, at(960, 1210), at(60, 1210), at(90, 1090)], c.ink.depth(0.6), c.ink.near)
    for _i in range(26):
        x = c.rng.uniform(240, 900)
        y = 1010 - 30 * (x - 140) / 66 + 30 + c.rng.uniform(10, 220) if x < 670 else c.rng.uniform(790, 1050)
        c.line(
            [at(x, y), at(x + c.rng.uniform(-30, 26), y + c.rng.uniform(40, 130))], 5, thin(c.ink.near, 0.4)
        )
    c.line([at(640, 776), at(700, 742), at(820, 708), at(960, 690)], 12, mix(c.ink.mid, c.ink.light, 0.28))
    _lighthouse(c, *at(730, 740))
    for _i in range(16):
        c.oval(
            *at(c.rng.uniform(40, 300), c.rng.uniform(1050, 1160)),
            c.rng.uniform(20, 70),
            5,
            thin(c.ink.light, 0.5),
        )


def _lighthouse(c: Canvas, x: float, foot: float) -> None:
    pale, dark = mix(c.ink.light, c.ink.far, 0.1), c.ink.near
    c.glow(x, foot - 412, 330, c.ink.light, 0.75)
    for dy in (-52, 30):
        c.poly(
            [(x, foot - 412), (x - 1400, foot - 520 + dy), (x - 1400, foot - 420 + dy)],
            thin(c.ink.light, 0.1),
        )
    c.poly(
        [(x - 54, foot + 8), (x - 36, foot - 372), (x + 36, foot - 372), (x + 54, foot + 8)],
        pale,
        mix(pale, dark, 0.3),
    )
    for band in range(2):
        y, half = foot - 120 - band * 130, 47 - band * 6
        c.poly([(x - half, y), (x - half + 3, y - 62), (x + half - 3, y - 62), (x + half, y)], c.ink.accent)
    c.poly(
        [(x + 8, foot + 8), (x + 14, foot - 372), (x + 36, foot - 372), (x + 54, foot + 8)], thin(dark, 0.22)
    )
    c.box(x - 50, foot - 384, 100, 13, dark)
    c.box(x - 29, foot - 440, 58, 56, c.ink.light)
    for bar in (-29, -3, 23):
        c.box(x + bar, foot - 440, 6, 56, dark)
    c.poly([(x - 40, foot - 440), (x + 40, foot - 440), (x, foot - 486)], dark)
    c.box(x + 70, foot - 62, 126, 74, pale, mix(pale, dark, 0.25))
    c.poly(
        [(x + 58, foot - 60), (x + 208, foot - 60), (x + 178, foot - 112), (x + 88, foot - 112)], c.ink.accent
    )
    c.box(x + 116, foot - 36, 24, 48, dark)


def delta(c: Canvas) -> None:
    """Fields and channels seen from the air."""
    c.image.paste(c.ink.mid, (0, 0, *c.image.size))
    _parcels(c)
    trunk = _way(c, (c.rng.uniform(500, 1200), -40), math.pi / 2, 26)
    arms = [
        _way(c, trunk[knot], math.pi / 2 + turn, 24)
        for knot, turn in ((7, 0.75), (11, -0.7), (15, 0.6), (18, -0.62))
    ]
    _flood(c, [(trunk, 92), *((arm, 46) for arm in arms)])
    for _ in range(9):
        x, y = c.rng.choice(trunk)
        _boat(c, x + c.rng.uniform(-30, 30), y + c.rng.uniform(-20, 20))
    c.haze(0, HEIGHT, c.ink.near, 0.28)


def _parcels(c: Canvas) -> None:
    """A skewed quilt of plots, some flooded, some in rows."""
    paints = [
        c.ink.far,
        c.ink.mid,
        c.ink.depth(0.25),
        c.ink.depth(0.7),
        mix(c.ink.far, c.ink.light, 0.4),
        c.ink.low,
    ]
    rows, columns = 15, 17
    knots = {
        (i, j): (
            -160 + i * 130 + j * 12 + c.rng.uniform(-26, 26),
            -120 + j * 102 - i * 9 + c.rng.uniform(-20, 20),
        )
        for i in range(columns + 1)
        for j in range(rows + 1)
    }
    for i in range(columns):
        for j in range(rows):
            plot = [knots[i, j], knots[i + 1, j], knots[i + 1, j + 1], knots[i, j + 1]]
            _plot(c, plot, mix(c.rng.choice(paints), c.ink.mid, c.rng.uniform(0, 0.4)))
    for (i, j), spot in knots.items():
        for other in ((i + 1, j), (i, j + 1)):
            if other in knots:
                c.line([spot, knots[other]], 5, thin(c.ink.near, 0.5))


def _plot(c: Canvas, plot: list[Point], paint: Colour) -> None:
    c.poly(plot, paint)
    if c.rng.random() < 0.6:
        (ax, ay), (bx, by), (dx, dy), (ex, ey) = plot
        for row in range(1, 9):
            s = row / 9
            c.line(
                [(ax + (bx - ax) * s, ay + (by - ay) * s), (ex + (dx - ex) * s, ey + (dy - ey) * s)],
                2,
                thin(c.ink.near, 0.22),
            )


def _way(c: Canvas, start: Point, heading: float, steps: int) -> list[Point]:
    """The middle of a winding waterway."""
    way, turn = [start], heading
    for _ in range(steps):
        turn = heading + (turn - heading) * 0.6 + c.rng.uniform(-0.5, 0.5)
        way.append((way[-1][0] + 62 * math.cos(turn), way[-1][1] + 62 * math.sin(turn)))
    return way


def _flood(c: Canvas, ways: list[tuple[list[Point], float]]) -> None:
    """Banks first and the deepest water last, so that channels run into one another."""
    bank, water = mix(c.ink.near, c.ink.mid, 0.35), mix(c.ink.sky, c.ink.light, 0.3)
    shades = [
        (1.0, 16, bank),
        (1.0, 0, mix(water, c.ink.mid, 0.3)),
        (0.72, 0, mix(water, c.ink.mid, 0.12)),
        (0.4, 0, water),
    ]
    smooth = [(_smooth(way), width) for way, width in ways]
    for share, more, paint in shades:
        for way, width in smooth:
            for spot in way:
                c.disc(*spot, (width * share + more) / 2, paint)


def _smooth(way: list[Point]) -> list[Point]:
    """The same way with its corners rounded, in many small steps."""
    for _ in range(3):
        cut = [way[0]]
        for (ax, ay), (bx, by) in pairwise(way):
            cut += [
                (ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25),
                (ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75),
            ]
        way = [*cut, way[-1]]
    return way


def _boat(c: Canvas, x: float, y: float) -> None:
    c.poly([(x - 7, y + 12), (x - 7, y - 8), (x, y - 20), (x + 7, y - 8), (x + 7, y + 12)], c.ink.near)
    c.box(x - 4, y - 4, 8, 12, c.ink.accent)
    c.line([(x - 5, y + 16), (x - 16, y + 54)], 2, thin(c.ink.light, 0.6))
    c.line([(x + 5, y + 16), (x + 16, y + 54)], 2, thin(c.ink.light, 0.6))
