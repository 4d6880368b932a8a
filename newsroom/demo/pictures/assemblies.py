"""Scenes where many gather: a parliament from outside and in, and a football ground."""

import math

from .canvas import WIDTH, Canvas, Point
from .palettes import Colour, mix, thin
from .terrain import birds, broadleaf, hills, land, person


def parliament(c: Canvas) -> None:
    """A domed assembly at the head of its steps."""
    c.sky(horizon=0.68)
    c.clouds(11, 60, 520, c.ink.light, 0.3)
    c.sun(
        c.rng.choice([c.rng.uniform(200, 560), c.rng.uniform(1240, 1600)]), c.rng.uniform(260, 420), 66, 0.75
    )
    land(c, hills(c.rng, 760, 46), c.ink.depth(0.12), c.ink.depth(0.3))
    stone = mix(c.ink.light, c.ink.far, 0.34)
    for x, w in ((170, 520), (1110, 520)):
        _wing(c, x, w, stone)
    _rotunda(c, 900, 600, stone)
    _portico(c, stone)
    for step in range(9):
        c.box(
            560 - step * 34, 930 + step * 17, 680 + step * 68, 17, mix(stone, c.ink.near, 0.1 + 0.045 * step)
        )
    c.box(0, 1083, WIDTH, 117, c.ink.depth(0.72), c.ink.near)
    for x in (70, 190, 1610, 1730):
        broadleaf(c, x, 1092, c.rng.uniform(290, 360), c.ink.depth(0.84), c.ink.depth(0.6))
    for _ in range(13):
        person(c, c.rng.uniform(380, 1420), c.rng.uniform(1092, 1120), c.rng.uniform(70, 84), c.ink.near)
    birds(c, 7, 900, 250, c.ink.depth(0.8))


def _wing(c: Canvas, x: float, wide: float, stone: Colour) -> None:
    c.box(x, 716, wide, 300, stone, mix(stone, c.ink.mid, 0.32))
    c.box(x - 10, 700, wide + 20, 20, mix(stone, c.ink.near, 0.22))
    for column in range(8):
        left = x + 26 + column * (wide - 40) / 8
        for row, high in ((748, 74), (866, 96)):
            c.box(left, row, 26, high, c.ink.depth(0.78))
            c.oval(left + 13, row, 13, 13, c.ink.depth(0.78))
    c.box(x, 990, wide, 94, mix(stone, c.ink.near, 0.2), mix(stone, c.ink.near, 0.4))


def _rotunda(c: Canvas, x: float, foot: float, stone: Colour) -> None:
    roof = mix(c.ink.accent, c.ink.mid, 0.5)
    c.box(x - 190, foot - 80, 380, 210, stone, mix(stone, c.ink.mid, 0.3))
    for column in range(11):
        c.box(x - 176 + column * 33, foot - 62, 14, 112, mix(stone, c.ink.near, 0.5))
    c.box(x - 204, foot - 92, 408, 16, mix(stone, c.ink.near, 0.2))
    arc = [
        (x + 186 * math.cos(a * math.pi / 40), foot - 92 - 196 * math.sin(a * math.pi / 40))
        for a in range(41)
    ]
    c.poly(arc, mix(roof, c.ink.light, 0.25), roof)
    for rib in range(-3, 4):
        curve = [
            (x + rib * 54 * math.cos(a * math.pi / 40), foot - 92 - 196 * math.sin(a * math.pi / 40))
            for a in range(21)
        ]
        c.line(curve, 3, thin(c.ink.near, 0.3))
    c.box(x - 26, foot - 330, 52, 46, stone, mix(stone, c.ink.mid, 0.4))
    c.poly([(x - 32, foot - 330), (x + 32, foot - 330), (x, foot - 374)], roof)
    _flag(c, x, foot - 372)


def _flag(c: Canvas, x: float, foot: float) -> None:
    c.line([(x, foot), (x, foot - 110)], 4, c.ink.depth(0.8))
    cloth: list[Point] = [(x + i * 8, foot - 108 + 7 * math.sin(i / 2)) for i in range(12)]
    c.poly([*cloth, *((px, py + 44) for px, py in reversed(cloth))], c.ink.accent)


def _portico(c: Canvas, stone: Colour) -> None:
    c.box(600, 716, 600, 220, mix(stone, c.ink.near, 0.55), mix(stone, c.ink.near, 0.68))
    for column in range(8):
        left = 612 + column * 78
        c.box(left, 716, 32, 214, mix(stone, c.ink.light, 0.35), stone)
        c.box(left + 21, 716, 11, 214, thin(c.ink.near, 0.16))
        c.box(left - 6, 712, 44, 12, stone)
    c.box(580, 682, 640, 34, stone, mix(stone, c.ink.mid, 0.3))
    c.poly([(566, 684), (900, 576), (1234, 684)], mix(stone, c.ink.light, 0.25))
    c.poly([(640, 674), (900, 592), (1160, 674)], mix(stone, c.ink.mid, 0.28))


def stadium(c: Canvas) -> None:
    """A full ground under lights, from high behind one goal."""
    c.sky(horizon=0.5)
    c.clouds(6, 40, 260, c.ink.light, 0.22)
    for mast in (200, 620, 1180, 1600):
        _floodlight(c, mast, 440)
    _crowd(c)
    corners = [(510, 640), (1290, 640), (1780, 1200), (20, 1200)]
    grass = mix(c.ink.depth(0.35), (70, 128, 80), 0.62)
    c.poly(corners, grass, mix(grass, c.ink.near, 0.22))
    for band in range(0, 10, 2):
        c.poly(_across(band / 10) + list(reversed(_across((band + 1) / 10))), thin(c.ink.light, 0.1))
    _markings(c)
    for _ in range(15):
        (lx, y), (rx, _y) = _across(c.rng.uniform(0.08, 0.9))
        shirt = c.rng.choice([c.ink.accent, c.ink.light])
        x, tall = c.rng.uniform(lx + 60, rx - 60), (y - 520) * 0.12
        c.oval(x + tall * 0.3, y, tall * 0.5, tall * 0.09, thin(c.ink.near, 0.4))
        person(c, x, y, tall, c.ink.near)
        c.soft(x - tall * 0.13, y - tall * 0.83, tall * 0.26, tall * 0.36, tall * 0.08, shirt)
    c.haze(560, 1200, c.ink.near, 0.25)


def _across(share: float) -> list[Point]:
    """The two ends of a line across the pitch; lines nearer the viewer lie further apart."""
    deep = share**1.5
    y = 640 + 560 * deep
    return [(510 - 490 * deep, y), (1290 + 490 * deep, y)]


def _crowd(c: Canvas) -> None:
    c.poly(
        [(-10, 330), (420, 470), (1380, 470), (1810, 330), (1810, 1200), (-10, 1200)],
        c.ink.depth(0.72),
        c.ink.near,
    )
    paints = [c.ink.far, c.ink.light, c.ink.accent, c.ink.mid, c.ink.depth(0.4)]
    for tier in range(17):
        y, size = 490 + tier * 9.5, 4.6
        for i in range(165):
            x = 425 + i * 5.8 + c.rng.uniform(-2, 2)
            c.disc(x, y, size * 0.6, mix(c.rng.choice(paints), c.ink.near, c.rng.uniform(0.1, 0.7)))
    for side in (-1, 1):
        for tier in range(30):
            for i in range(46):
                along = i / 46
                x = 900 + side * (430 + tier * 16 + along * (560 + tier * 6))
                y = 648 - tier * 9 + along * (520 - tier * 6)
                c.disc(
                    x, y, 2.6 + 3.6 * along, mix(c.rng.choice(paints), c.ink.near, c.rng.uniform(0.15, 0.75))
                )
    c.poly(
        [(-10, 250), (410, 430), (1390, 430), (1810, 250), (1810, 318), (1390, 468), (410, 468), (-10, 318)],
        c.ink.depth(0.9),
        c.ink.near,
    )


def _floodlight(c: Canvas, x: float, foot: float) -> None:
    lean = (x - 900) * 0.06
    c.line([(x, foot), (x + lean, 150)], 12, c.ink.depth(0.85))
    c.glow(x + lean, 132, 300, c.ink.light, 0.85)
    c.box(x + lean - 66, 96, 132, 74, c.ink.depth(0.9))
    for row in range(3):
        for column in range(5):
            c.disc(x + lean - 50 + column * 25, 110 + row * 23, 9, c.ink.light)


def _markings(c: Canvas) -> None:
    white = thin(c.ink.light, 0.75)
    for share in (0.02, 0.42):
        c.line(_across(share), 3 + 3 * share, white)
    c.line([_across(0.02)[0], _across(1)[0]], 5, white)
    c.line([_across(0.02)[1], _across(1)[1]], 5, white)
    y = _across(0.42)[0][1]
    ring = [(900 + 190 * math.cos(a / 20 * math.pi), y + 62 * math.sin(a / 20 * math.pi)) for a in range(41)]
    c.line(ring, 4, white)
    top = 640 + 2
    c.line([(690, top), (672, top + 40), (1128, top + 40), (1110, top)], 3, white)
    c.line([(842, top), (842, top - 38), (958, top - 38), (958, top)], 4, white)


def chamber(c: Canvas) -> None:
    """An assembly's half-circle of benches, seen from the speaker's side."""
    c.image.paste(c.ink.depth(0.7), (0, 0, *c.image.size))
    c.box(0, 0, WIDTH, 460, mix(c.ink.far, c.ink.light, 0.25), c.ink.depth(0.4))
    for i in range(9):
        _tall_window(c, 60 + i * 196)
    c.box(0, 440, WIDTH, 26, mix(c.ink.accent, c.ink.near, 0.3))
    c.box(0, 466, WIDTH, 734, c.ink.depth(0.66), c.ink.near)
    for ring in range(6):
        _bench(c, ring)
    c.glow(900, 380, 1000, c.ink.light, 0.3)
    _rostrum(c)


def _tall_window(c: Canvas, x: float) -> None:
    c.box(x, 70, 104, 330, mix(c.ink.sky, c.ink.light, 0.35), c.ink.sun)
    c.oval(x + 52, 74, 52, 52, mix(c.ink.sky, c.ink.light, 0.35))
    c.box(x + 49, 24, 6, 376, c.ink.depth(0.6))
    for row in (150, 250, 340):
        c.box(x, row, 104, 5, c.ink.depth(0.6))
    c.box(x - 44, 40, 22, 400, mix(c.ink.light, c.ink.far, 0.3), c.ink.depth(0.35))


def _bench(c: Canvas, ring: int) -> None:
    """One curved row: its members first, then the desk before them. Rows come nearer and lower."""
    rx, ry, y = 470 + ring * 118, 96 + ring * 40, 500 + ring * 74
    wood = mix(c.ink.accent, c.ink.near, 0.18 + 0.11 * ring)
    size, seats = 52 + ring * 13, 22 + ring * 3
    arc = [
        (900 + rx * math.cos(math.pi * s / seats), y + ry * (1 - math.sin(math.pi * s / seats)))
        for s in range(seats + 1)
    ]
    for x, foot in arc[1:-1]:
        if c.rng.random() < 0.8:
            _member(c, x, foot + 8, size)
    c.poly(
        [*arc, *((x, foot + 40 + ring * 7) for x, foot in reversed(arc))], wood, mix(wood, c.ink.near, 0.5)
    )
    c.line(arc, 7, mix(wood, c.ink.light, 0.35))


def _member(c: Canvas, x: float, foot: float, size: float) -> None:
    coat = c.ink.depth(c.rng.uniform(0.5, 0.95))
    c.soft(x - size * 0.3, foot - size * 0.55, size * 0.6, size * 0.7, size * 0.22, coat)
    c.oval(
        x,
        foot - size * 0.78,
        size * 0.17,
        size * 0.21,
        mix(c.rng.choice([c.ink.far, c.ink.mid, c.ink.light]), c.ink.near, 0.25),
    )


def _rostrum(c: Canvas) -> None:
    dark = c.ink.near
    person(c, 900, 1150, 330, dark)
    c.poly([(730, 1010), (1070, 1010), (1110, 1210), (690, 1210)], mix(c.ink.accent, dark, 0.62), dark)
    c.box(716, 998, 368, 18, mix(c.ink.accent, dark, 0.3))
    for side in (-36, 36):
        c.line([(900 + side, 1000), (900 + side * 0.5, 930)], 4, mix(dark, c.ink.light, 0.3))
