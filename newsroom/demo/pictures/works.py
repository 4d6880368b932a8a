"""Scenes of work and power: border crossing, factory, solar farm."""

import math

from .canvas import WIDTH, Canvas, Point
from .palettes import Colour, mix, thin
from .terrain import birds, person, receding_hills


def crossing(c: Canvas) -> None:
    """Lorries queueing towards the booths of a border."""
    c.sky(horizon=0.5)
    c.clouds(8, 60, 380, c.ink.light, 0.32)
    c.sun(c.rng.uniform(500, 1300), c.rng.uniform(300, 430), 70, 0.8)
    receding_hills(c, 530, 610, 3, 50)
    c.box(0, 640, WIDTH, 560, mix(c.ink.far, c.ink.mid, 0.5), c.ink.depth(0.8))
    road = [(700, 640), (1100, 640), (1980, 1200), (-180, 1200)]
    c.poly(road, c.ink.depth(0.6), c.ink.depth(0.92))
    _booths(c)
    for lane in (-1, 0, 1):
        for i in (0, 1, 2, 3):
            _lorry(c, lane, 0.1 + 0.24 * i + c.rng.uniform(-0.03, 0.03) + (0.05 if lane else 0))
    for x in (90, 300, 1500, 1710):
        c.line([(x, 1010), (x, 560)], 8, c.ink.depth(0.9))
        c.glow(x, 556, 120, c.ink.light, 0.7)
        c.box(x - 36, 550, 72, 11, c.ink.depth(0.95))


def _booths(c: Canvas) -> None:
    dark = c.ink.depth(0.88)
    c.poly(
        [(560, 560), (1240, 560), (1290, 596), (510, 596)],
        mix(c.ink.light, c.ink.mid, 0.2),
        mix(c.ink.mid, c.ink.light, 0.2),
    )
    c.box(510, 594, 780, 14, c.ink.accent)
    for i in range(6):
        x = 540 + i * 139
        c.box(x, 606, 24, 60, dark)
        c.box(x - 7, 622, 38, 20, c.ink.light)
        if i < 5:
            c.disc(x + 82, 601, 5, c.ink.light)
            c.line(
                [(x + 28, 652), (x + 104, 652 - c.rng.choice([0, 0, 34]))],
                4,
                mix(c.ink.accent, c.ink.light, 0.3),
            )
    for i in range(4):
        person(c, 620 + i * 150 + c.rng.uniform(-30, 30), 676, 48, dark)


def _lorry(c: Canvas, lane: int, share: float) -> None:
    """The back of a trailer, larger the nearer it stands."""
    deep = share**1.7
    y, size = 668 + 540 * deep, 0.2 + 1.25 * deep
    x = 900 + lane * (122 + 520 * deep)
    paint = mix(
        c.rng.choice([c.ink.light, c.ink.accent, c.ink.far, c.ink.mid]), c.ink.near, 0.12 + 0.1 * share
    )
    dark = c.ink.near
    c.oval(x, y + 2, 130 * size, 16 * size, thin(dark, 0.5))
    for wheel in (-92, -60, 60, 92):
        c.soft(x + (wheel - 14) * size, y - 50 * size, 28 * size, 52 * size, 8 * size, dark)
    c.box(x - 112 * size, y - 330 * size, 224 * size, 280 * size, paint, mix(paint, dark, 0.28))
    c.line([(x, y - 326 * size), (x, y - 54 * size)], 3 * size, thin(dark, 0.6))
    for bar in (-70, -36, 36, 70):
        c.line(
            [(x + bar * size, y - 318 * size), (x + bar * size, y - 62 * size)], 4 * size, thin(dark, 0.22)
        )
    c.box(x - 116 * size, y - 56 * size, 232 * size, 14 * size, dark)
    for lamp in (-104, 86):
        c.glow(x + (lamp + 9) * size, y - 48 * size, 46 * size, c.ink.accent, 0.6)
        c.box(x + lamp * size, y - 54 * size, 18 * size, 11 * size, c.ink.accent)


def factory(c: Canvas) -> None:
    """A works with a saw-tooth roof, lit for the evening shift."""
    c.sky(horizon=0.6)
    c.clouds(8, 60, 400, c.ink.light, 0.22)
    c.sun(c.rng.uniform(1150, 1550), c.rng.uniform(350, 480), 72, 0.8)
    receding_hills(c, 640, 720, 2, 40)
    for x, high in ((210, 470), (330, 520), (1540, 420)):
        _chimney(c, x + c.rng.uniform(-30, 30), 860, high)
    _shed(c, 470, 860, 5, 210, c.ink.depth(0.34))
    _shed(c, -60, 960, 6, 232, c.ink.depth(0.62))
    _office(c, 1330, 960)
    c.box(0, 950, WIDTH, 250, c.ink.depth(0.78), c.ink.near)
    for i in range(26):
        c.line([(i * 74 - 40, 1200), (620 + i * 22, 956)], 2, thin(c.ink.light, 0.07))
    for _ in range(14):
        person(c, c.rng.uniform(120, 1700), c.rng.uniform(1010, 1120), c.rng.uniform(96, 130), c.ink.near)
    c.haze(940, 1200, c.ink.near, 0.3)


def _shed(c: Canvas, x: float, foot: float, bays: int, wide: float, wall: Colour) -> None:
    top = foot - 220
    for bay in range(bays):
        left = x + bay * wide
        c.poly([(left, top), (left, top - 108), (left + wide, top)], mix(wall, c.ink.near, 0.3))
        c.poly(
            [(left + 6, top - 4), (left + 6, top - 92), (left + 40, top - 76), (left + 40, top - 4)],
            thin(c.ink.light, 0.8),
        )
    c.box(x, top, bays * wide, 230, wall, mix(wall, c.ink.near, 0.35))
    for pane in range(int(bays * wide / 58)):
        left = x + 22 + pane * 58
        glass = c.ink.light if c.rng.random() < 0.72 else mix(wall, c.ink.near, 0.5)
        c.box(left, top + 52, 38, 66, glass, mix(glass, c.ink.accent, 0.3))
        c.box(left + 17, top + 52, 4, 66, wall)
        c.box(left, top + 82, 38, 4, wall)
    c.box(x, top + 150, bays * wide, 6, thin(c.ink.near, 0.4))


def _office(c: Canvas, x: float, foot: float) -> None:
    wall = mix(c.ink.accent, c.ink.near, 0.35)
    c.box(x, foot - 330, 420, 340, wall, mix(wall, c.ink.near, 0.4))
    for row in range(3):
        for column in range(6):
            glass = c.ink.light if c.rng.random() < 0.5 else mix(wall, c.ink.near, 0.6)
            c.box(x + 28 + column * 64, foot - 300 + row * 92, 42, 54, glass)
    c.box(x - 10, foot - 342, 440, 14, c.ink.depth(0.9))


def _chimney(c: Canvas, x: float, foot: float, high: float) -> None:
    brick = c.ink.depth(0.5)
    for i in range(44):
        rise = i / 44
        c.glow(
            x + 20 + 330 * rise**1.4,
            foot - high - 20 - 230 * rise,
            24 + 96 * rise,
            mix(c.ink.light, c.ink.far, 0.3),
            0.4 * (1 - rise),
        )
    c.poly(
        [(x - 26, foot), (x - 15, foot - high), (x + 15, foot - high), (x + 26, foot)],
        brick,
        mix(brick, c.ink.low, 0.2),
    )
    c.poly(
        [(x + 4, foot), (x + 4, foot - high), (x + 15, foot - high), (x + 26, foot)], thin(c.ink.near, 0.22)
    )
    for band in (16, 52):
        c.box(x - 18, foot - high + band, 36, 12, c.ink.accent)


def solar(c: Canvas) -> None:
    """Rows of panels below slow turbines."""
    c.sky(horizon=0.55)
    c.clouds(9, 60, 420, c.ink.light, 0.36)
    c.sun(c.rng.uniform(300, 1500), c.rng.uniform(190, 330), 66, 0.75)
    receding_hills(c, 600, 680, 3, 54)
    for x, size in ((240, 0.62), (520, 0.5), (1210, 0.56), (1500, 0.78), (860, 0.42)):
        _turbine(c, x + c.rng.uniform(-40, 40), 690, size)
    c.box(0, 720, WIDTH, 480, c.ink.depth(0.3), c.ink.depth(0.62))
    for row in range(6):
        _panels(c, row)
    birds(c, 5, 700, 320, c.ink.depth(0.7))


def _panels(c: Canvas, row: int) -> None:
    size = 0.26 + 0.155 * row**1.35 / 2
    y = 742 + 24 * row + 15 * row**1.9
    wide, high = 240 * size, 118 * size
    shift = c.rng.uniform(-1, 0) * wide
    glass = mix(c.ink.sky, c.ink.near, 0.55)
    for i in range(int(WIDTH / (wide * 1.06)) + 3):
        x = shift + i * wide * 1.06
        c.poly(
            [
                (x - 10 * size, y + high * 1.28),
                (x + wide * 0.9, y + high * 1.28),
                (x + wide, y + high * 1.1),
                (x, y + high * 1.1),
            ],
            thin(c.ink.near, 0.4),
        )
        for post in (0.25, 0.75):
            c.box(x + wide * post, y + high * 0.8, 7 * size, high * 0.45, c.ink.depth(0.8))
        panel = [(x + wide * 0.12, y), (x + wide * 1.04, y), (x + wide * 0.92, y + high), (x, y + high)]
        c.poly(panel, mix(glass, c.ink.light, 0.42), glass)
        _cells(c, panel, size)


def _cells(c: Canvas, panel: list[Point], size: float) -> None:
    (ax, ay), (bx, _), (dx, dy), (ex, _) = panel
    for i in range(1, 6):
        c.line(
            [(ax + (bx - ax) * i / 6, ay), (ex + (dx - ex) * i / 6, dy)], 2.2 * size, thin(c.ink.light, 0.4)
        )
    for i in range(4):
        s = i / 3
        c.line(
            [(ax + (ex - ax) * s, ay + (dy - ay) * s), (bx + (dx - bx) * s, ay + (dy - ay) * s)],
            2.2 * size,
            thin(c.ink.light, 0.55),
        )


def _turbine(c: Canvas, x: float, foot: float, size: float) -> None:
    pale, hub = mix(c.ink.light, c.ink.far, 0.12), foot - 560 * size
    c.poly(
        [(x - 9 * size, foot), (x - 4 * size, hub), (x + 4 * size, hub), (x + 9 * size, foot)],
        pale,
        mix(pale, c.ink.far, 0.5),
    )
    turn = c.rng.uniform(0, math.tau)
    for blade in range(3):
        a = turn + blade * math.tau / 3
        tip = x + 300 * size * math.cos(a), hub + 300 * size * math.sin(a)
        side = 15 * size * math.cos(a + math.pi / 2), 15 * size * math.sin(a + math.pi / 2)
        root = x + 60 * size * math.cos(a) + side[0], hub + 60 * size * math.sin(a) + side[1]
        c.poly([(x, hub), root, tip], pale)
    c.disc(x, hub, 11 * size, pale)
