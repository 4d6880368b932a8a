"""Scenes indoors and through lenses: library, cinema, data hall, laboratory."""

import math

from .canvas import HEIGHT, WIDTH, Canvas
from .palettes import Colour, mix, thin
from .terrain import hills, land, person


def library(c: Canvas) -> None:
    """Shelves to the ceiling on both sides of a tall window."""
    wall = c.ink.depth(0.72)
    c.image.paste(wall, (0, 0, *c.image.size))
    _window(c, 660, 90, 480, 690)
    for x, wide in ((-30, 330), (316, 316), (1168, 316), (1500, 330)):
        _bookcase(c, x, wide)
    c.box(0, 1010, WIDTH, 190, c.ink.depth(0.86), c.ink.near)
    c.poly([(690, 1010), (1110, 1010), (1330, 1200), (470, 1200)], thin(c.ink.sun, 0.16))
    _ladder(c, c.rng.choice([420, 1240]))
    _reading_table(c)
    c.glow(900, 430, 900, c.ink.sun, 0.32)


def _window(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    c.box(x - 26, y - 26, w + 52, h + 60, c.ink.depth(0.9))
    c.box(x, y, w, h, c.ink.sky, c.ink.low)
    c.glow(x + w * c.rng.uniform(0.3, 0.7), y + h * 0.5, 190, c.ink.sun, 0.9)
    for base, near in ((y + h * 0.72, 0.1), (y + h * 0.84, 0.35)):
        skyline = [(px, py) for px, py in hills(c.rng, base, 26) if x <= px <= x + w]
        land(c, skyline, c.ink.depth(near), c.ink.depth(near + 0.1), y + h)
    for column in range(1, 4):
        c.box(x + w * column / 4 - 5, y, 10, h, c.ink.depth(0.9))
    for row in range(1, 5):
        c.box(x, y + h * row / 5 - 4, w, 8, c.ink.depth(0.9))


def _bookcase(c: Canvas, x: float, wide: float) -> None:
    wood = mix(c.ink.depth(0.8), c.ink.accent, 0.16)
    c.box(x, 20, wide, 1000, mix(wood, c.ink.near, 0.55))
    for shelf in range(7):
        _books(c, x + 20, 158 + shelf * 138, wide - 40)
        c.box(x, 158 + shelf * 138, wide, 15, wood, mix(wood, c.ink.near, 0.4))
    for post in (x, x + wide - 18):
        c.box(post, 10, 18, 1010, wood, mix(wood, c.ink.near, 0.3))
    c.box(x - 12, 6, wide + 24, 24, mix(wood, c.ink.light, 0.12))


def _books(c: Canvas, x: float, foot: float, wide: float) -> None:
    paints = [
        c.ink.accent,
        c.ink.mid,
        c.ink.far,
        c.ink.light,
        c.ink.depth(0.35),
        mix(c.ink.accent, c.ink.near, 0.45),
        c.ink.depth(0.6),
    ]
    end = x + wide
    while x < end - 14:
        thick, tall = min(c.rng.uniform(11, 30), end - x), c.rng.uniform(74, 112)
        if c.rng.random() < 0.06:
            x += thick + 16
            continue
        paint = mix(c.rng.choice(paints), c.ink.near, c.rng.uniform(0.05, 0.35))
        c.box(x, foot - tall, thick - 1.5, tall, paint, mix(paint, c.ink.near, 0.25))
        c.box(x + 2, foot - tall * 0.82, thick - 5, 5, thin(c.ink.light, 0.5))
        x += thick


def _ladder(c: Canvas, x: float) -> None:
    rail = mix(c.ink.light, c.ink.mid, 0.35)
    for side in (0, 72):
        c.line([(x + side, 90), (x + side + 46, 1060)], 9, rail)
    for rung in range(13):
        y = 150 + rung * 70
        shift = 46 * (y - 90) / 970
        c.line([(x + shift, y), (x + 72 + shift, y)], 6, rail)


def _reading_table(c: Canvas) -> None:
    dark = c.ink.near
    for x in (700, 900, 1100):
        c.line([(x, 960), (x, 892)], 6, dark)
        c.glow(x, 900, 190, c.ink.light, 0.55)
        c.poly([(x - 56, 900), (x - 28, 858), (x + 28, 858), (x + 56, 900)], c.ink.accent)
    c.box(520, 960, 760, 20, mix(c.ink.accent, dark, 0.5))
    for x in (560, 1220):
        c.box(x, 980, 22, 170, dark)
    for x in (610, 790, 1000, 1180):
        c.poly([(x - 44, 958), (x, 948), (x + 44, 958), (x, 962)], c.ink.light)
    for x in (800, 1010):
        person(c, x + c.rng.uniform(-20, 20), 1150, 290, mix(dark, c.ink.mid, 0.12))


def cinema(c: Canvas) -> None:
    """The beam, the screen, and the backs of heads."""
    c.image.paste(c.ink.near, (0, 0, *c.image.size))
    c.box(0, 0, WIDTH, HEIGHT, mix(c.ink.near, c.ink.mid, 0.25), c.ink.near)
    _screen(c, 330, 150, 1140, 560)
    c.poly([(940, -20), (330, 150), (330, 710), (1470, 710), (1470, 150), (960, -20)], thin(c.ink.sun, 0.05))
    c.glow(900, 430, 1050, c.ink.light, 0.28)
    for side in (-1, 1):
        for fold in range(6):
            x = 900 + side * (640 + fold * 46)
            paint = mix(c.ink.accent, c.ink.near, 0.45 + 0.08 * fold)
            c.box(min(x, x + side * 44), 60, 44, 760, paint, mix(paint, c.ink.near, 0.6))
    for row in range(5):
        _seats(c, 800 + row * 88, 62 + row * 17, row)


def _screen(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    c.box(x - 10, y - 10, w + 20, h + 20, c.ink.near)
    c.box(x, y, w, h, mix(c.ink.sky, c.ink.light, 0.25), c.ink.low)
    c.glow(x + w * c.rng.uniform(0.25, 0.75), y + h * 0.4, 230, c.ink.sun, 0.95)
    for base, near in ((0.6, 0.05), (0.72, 0.3), (0.86, 0.6)):
        line = [(px, py) for px, py in hills(c.rng, y + h * base, 46) if x <= px <= x + w]
        land(
            c,
            [(x, line[0][1]), *line, (x + w, line[-1][1])],
            c.ink.depth(near),
            c.ink.depth(near + 0.15),
            y + h,
        )


def _seats(c: Canvas, top: float, wide: float, row: int) -> None:
    dark = mix(c.ink.near, c.ink.accent, 0.22 - 0.045 * row)
    for i in range(-1, round(WIDTH / wide) + 2):
        x = i * wide * 1.08 - (row % 2) * wide * 0.5
        if c.rng.random() < 0.55:
            c.oval(x + wide / 2, top - wide * 0.26, wide * 0.23, wide * 0.3, mix(dark, c.ink.near, 0.5))
            c.soft(
                x + wide * 0.1, top - wide * 0.02, wide * 0.8, wide, wide * 0.3, mix(dark, c.ink.near, 0.5)
            )
        c.soft(x, top + wide * 0.1, wide, wide * 1.6, wide * 0.22, dark)
        c.soft(x + wide * 0.1, top + wide * 0.1, wide * 0.8, 5, 2, thin(c.ink.light, 0.22))


def datahall(c: Canvas) -> None:
    """An aisle between racks, vanishing into its own lights."""
    c.image.paste(c.ink.near, (0, 0, *c.image.size))
    middle, horizon = WIDTH / 2 + c.rng.uniform(-60, 60), 560
    c.box(0, 0, WIDTH, HEIGHT, mix(c.ink.near, c.ink.mid, 0.35), c.ink.near)
    c.poly(
        [
            (middle - 70, horizon + 70),
            (middle + 70, horizon + 70),
            (middle + 760, HEIGHT),
            (middle - 760, HEIGHT),
        ],
        mix(c.ink.sky, c.ink.mid, 0.3),
        mix(c.ink.mid, c.ink.near, 0.4),
    )
    for rack in range(13):
        for side in (-1, 1):
            _rack(c, middle, horizon, side, rack)
    for lamp in range(10):
        deep = 1.42**lamp
        wide = 22 * deep
        c.poly(
            [
                (middle - wide, horizon - 70 * deep),
                (middle + wide, horizon - 70 * deep),
                (middle + wide * 1.2, horizon - 84 * deep),
                (middle - wide * 1.2, horizon - 84 * deep),
            ],
            thin(c.ink.light, 0.85),
        )
    c.glow(middle, horizon, 620, c.ink.light, 0.6)
    person(c, middle + c.rng.choice([-90, 90]), 790, 250, c.ink.near)


def _rack(c: Canvas, middle: float, horizon: float, side: int, rack: int) -> None:
    """One cabinet's face; each is a fixed share nearer than the last."""
    near, far = 1.34**rack, 1.34 ** (rack + 0.93)
    x1, x2 = middle + side * 76 * near, middle + side * 76 * far
    paint = mix(c.ink.depth(0.55), c.ink.near, 0.18 + 0.03 * rack)
    c.poly(
        [
            (x1, horizon - 64 * near),
            (x2, horizon - 64 * far),
            (x2, horizon + 72 * far),
            (x1, horizon + 72 * near),
        ],
        paint,
    )
    for unit in range(14):
        share = (unit + 0.5) / 14
        y1, y2 = horizon + (-60 + 126 * share) * near, horizon + (-60 + 126 * share) * far
        inset = (x2 - x1) * 0.1
        c.line([(x1 + inset, y1), (x2 - inset, y2)], max(1.0, 1.7 * near), thin(c.ink.near, 0.75))
        for lamp in range(4):
            along = 0.15 + 0.16 * lamp
            if c.rng.random() < 0.55:
                spot = x1 + (x2 - x1) * along, y1 + (y2 - y1) * along
                c.disc(
                    *spot,
                    min(7.0, 0.75 * near),
                    c.rng.choice([c.ink.light, c.ink.accent, c.ink.sky, c.ink.light]),
                )


def lab(c: Canvas) -> None:
    """A field of cells under a microscope."""
    c.image.paste(c.ink.near, (0, 0, *c.image.size))
    x, y = WIDTH / 2 + c.rng.uniform(-90, 90), HEIGHT / 2
    c.glow(x, y, 980, c.ink.mid, 0.9)
    c.disc(x, y, 548, mix(c.ink.light, c.ink.far, 0.3))
    c.glow(x - 90, y - 110, 620, c.ink.light, 0.85)
    for _ in range(150):
        angle, out = c.rng.uniform(0, math.tau), 520 * math.sqrt(c.rng.random())
        c.disc(
            x + out * math.cos(angle), y + out * math.sin(angle), c.rng.uniform(3, 9), thin(c.ink.mid, 0.25)
        )
    for cx, cy, radius in _apart(c, x, y, 34):
        _cell(
            c,
            cx,
            cy,
            radius,
            c.rng.choice([c.ink.accent, c.ink.mid, c.ink.depth(0.35), mix(c.ink.accent, c.ink.far, 0.5)]),
        )
    ring = [
        (x + 556 * math.cos(a * math.tau / 180), y + 556 * math.sin(a * math.tau / 180)) for a in range(181)
    ]
    c.line(ring, 26, c.ink.near)
    c.line(ring, 5, thin(c.ink.light, 0.35))


def _apart(c: Canvas, x: float, y: float, wanted: int) -> list[tuple[float, float, float]]:
    """Circles inside the field that do not touch, found by trying."""
    found: list[tuple[float, float, float]] = []
    for _ in range(900):
        angle, radius = c.rng.uniform(0, math.tau), c.rng.uniform(30, 84)
        out = (516 - radius) * math.sqrt(c.rng.random())
        cx, cy = x + out * math.cos(angle), y + out * math.sin(angle)
        if len(found) < wanted and all(math.hypot(cx - a, cy - b) > radius + r + 7 for a, b, r in found):
            found.append((cx, cy, radius))
    return found


def _cell(c: Canvas, x: float, y: float, radius: float, paint: Colour) -> None:
    turns = [c.rng.uniform(0, math.tau) for _ in range(3)]

    def rim(share: float) -> list[tuple[float, float]]:
        """A circle pushed gently out of round."""
        spots = []
        for step in range(60):
            a = step * math.tau / 60
            r = radius * share * (1 + 0.07 * math.sin(2 * a + turns[0]) + 0.04 * math.sin(3 * a + turns[1]))
            spots.append((x + r * math.cos(a), y + r * math.sin(a)))
        return spots

    c.poly(rim(1.0), thin(paint, 0.5))
    c.poly(rim(0.9), mix(paint, c.ink.light, 0.5))
    c.poly(rim(0.82), mix(paint, c.ink.light, 0.36), mix(paint, c.ink.light, 0.14))
    a = turns[2]
    nx, ny = x + radius * 0.2 * math.cos(a), y + radius * 0.2 * math.sin(a)
    c.disc(nx, ny, radius * 0.34, mix(paint, c.ink.near, 0.35))
    c.disc(nx - radius * 0.08, ny - radius * 0.08, radius * 0.13, mix(paint, c.ink.near, 0.62))
    for _ in range(9):
        b, out = c.rng.uniform(0, math.tau), radius * c.rng.uniform(0.45, 0.74)
        c.disc(x + out * math.cos(b), y + out * math.sin(b), radius * 0.045, thin(c.ink.near, 0.4))
