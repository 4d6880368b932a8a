"""Scenes of the street: city, terrace, market."""

import math

from .canvas import WIDTH, Canvas
from .palettes import mix, thin
from .terrain import broadleaf, hills, land, person


def city(c: Canvas) -> None:
    """A skyline in three depths across a river."""
    c.sky(horizon=0.6)
    c.clouds(9, 80, 480, c.ink.light, 0.28)
    c.sun(c.rng.uniform(350, 1450), c.rng.uniform(330, 520), 76, 0.75)
    for near, high in ((0.1, 330), (0.38, 430), (0.7, 340)):
        _skyline(c, near, high)
        c.haze(520, 860, c.ink.low, 0.34 * (1 - near))
    c.box(0, 850, WIDTH, 350, mix(c.ink.low, c.ink.mid, 0.55), c.ink.depth(0.9))
    c.mirror(850, 300, 0.5, 0.75)
    c.ripples(862, 1190, c.ink.light, 110, 0.18)
    c.box(0, 838, WIDTH, 16, c.ink.depth(0.86))
    for i in range(19):
        c.box(i * 100 + 20, 806, 5, 34, c.ink.depth(0.86))
        c.disc(i * 100 + 22, 804, 6, c.ink.light)


def _skyline(c: Canvas, near: float, high: float) -> None:
    x = -40.0
    while x < WIDTH:
        wide = c.rng.uniform(60, 150) * (0.7 + near * 0.5)
        middle = 1 - abs(x + wide / 2 - WIDTH / 2) / WIDTH
        _tower(c, x, wide, high * c.rng.uniform(0.35, 1.05) * (0.5 + 0.6 * middle), near)
        x += wide + c.rng.choice([0, 3, 26, 60]) * (1.2 - near)


def _tower(c: Canvas, x: float, wide: float, high: float, near: float) -> None:
    paint, top = c.ink.depth(near + c.rng.uniform(-0.06, 0.06)), 850 - high
    c.box(x, top, wide, high, paint, mix(paint, c.ink.low, 0.3 * (1 - near)))
    c.box(x + wide * 0.72, top, wide * 0.28, high, thin(c.ink.near, 0.16))
    roof = c.rng.random()
    if roof < 0.25:
        c.poly([(x, top), (x + wide, top), (x + wide, top - wide * 0.35)], paint)
    elif roof < 0.45:
        c.line([(x + wide / 2, top), (x + wide / 2, top - 70)], 4, paint)
    elif roof < 0.65:
        c.box(x + wide * 0.25, top - 22, wide * 0.5, 22, paint)
    _windows(c, x, top, wide, high, near)


def _windows(c: Canvas, x: float, top: float, wide: float, high: float, near: float) -> None:
    gap = 17 + 8 * near
    lit, dark = thin(c.ink.light, 0.25 + 0.6 * near), thin(c.ink.near, 0.1 + 0.25 * near)
    share = c.rng.uniform(0.1, 0.55)
    for row in range(int((high - 20) / (gap * 1.3))):
        for column in range(int((wide - 14) / gap)):
            paint = lit if c.rng.random() < share else dark
            c.box(x + 10 + column * gap, top + 14 + row * gap * 1.3, gap * 0.45, gap * 0.7, paint)


def street(c: Canvas) -> None:
    """A row of narrow houses, one of them with its door open."""
    c.sky(horizon=0.7)
    c.clouds(10, 60, 380, c.ink.light, 0.36)
    c.sun(c.rng.uniform(300, 1500), 250, 54, 0.6)
    land(c, hills(c.rng, 560, 60), c.ink.depth(0.1), c.ink.depth(0.2))
    x, bright = -60.0, c.rng.randint(2, 5)
    for number in range(9):
        wide = c.rng.uniform(190, 270)
        _house(c, x, wide, c.rng.uniform(430, 600), number == bright)
        x += wide
    c.box(0, 1020, WIDTH, 180, mix(c.ink.mid, c.ink.near, 0.45), c.ink.near)
    c.box(0, 1020, WIDTH, 34, mix(c.ink.far, c.ink.mid, 0.5), mix(c.ink.mid, c.ink.near, 0.3))
    for _ in range(5):
        person(c, c.rng.uniform(100, 1700), c.rng.uniform(1044, 1056), c.rng.uniform(118, 138), c.ink.near)
    broadleaf(c, c.rng.choice([180, 1560]), 1046, 400, c.ink.depth(0.84), c.ink.depth(0.62))
    c.line([(60, 1128), (1740, 1128)], 5, thin(c.ink.light, 0.25))


def _house(c: Canvas, x: float, wide: float, high: float, bright: bool) -> None:
    wall = (
        c.ink.accent
        if bright
        else mix(
            c.rng.choice([c.ink.far, c.ink.mid, c.ink.light, c.ink.depth(0.3)]),
            c.ink.mid,
            c.rng.uniform(0.05, 0.4),
        )
    )
    top, roof = 1024 - high, c.ink.depth(c.rng.uniform(0.68, 0.85))
    c.box(x, top, wide, high, wall, mix(wall, c.ink.near, 0.22))
    if c.rng.random() < 0.6:
        c.poly([(x - 8, top), (x + wide / 2, top - wide * 0.42), (x + wide + 8, top)], roof)
    else:
        c.poly([(x - 6, top), (x + 22, top - 84), (x + wide - 22, top - 84), (x + wide + 6, top)], roof)
    c.box(x + wide * 0.68, top - 124, 28, 90, roof)
    for row in range(int((high - 200) / 130) + 1):
        for column in range(2):
            _sash(c, x + wide * (0.17 + 0.42 * column), top + 44 + row * 130, wide * 0.24, 86)
    door = c.ink.light if bright else c.ink.depth(0.9)
    c.box(x + wide * 0.36, 902, wide * 0.28, 122, door, mix(door, c.ink.accent, 0.3) if bright else None)
    c.box(x + wide - 6, top, 6, high, thin(c.ink.near, 0.2))


def _sash(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    glass = c.ink.light if c.rng.random() < 0.3 else c.ink.depth(0.88)
    c.box(x - 5, y - 5, w + 10, h + 10, mix(c.ink.light, c.ink.far, 0.25))
    c.box(x, y, w, h, glass, mix(glass, c.ink.mid, 0.35))
    c.box(x + w / 2 - 2, y, 4, h, mix(c.ink.light, c.ink.far, 0.25))
    c.box(x, y + h / 2 - 2, w, 4, mix(c.ink.light, c.ink.far, 0.25))
    c.box(x - 9, y + h + 5, w + 18, 8, thin(c.ink.near, 0.45))


def market(c: Canvas) -> None:
    """Stalls under striped awnings on a crowded morning."""
    c.sky(horizon=0.6)
    c.sun(c.rng.uniform(400, 1400), 240, 64, 0.7)
    for near, base in ((0.12, 620), (0.3, 700)):
        _roofs(c, near, base)
    c.haze(420, 800, c.ink.low, 0.4)
    c.box(0, 800, WIDTH, 400, mix(c.ink.far, c.ink.light, 0.3), mix(c.ink.mid, c.ink.near, 0.35))
    _bunting(c)
    for x in range(-40, 1800, 310):
        _stall(c, x + c.rng.uniform(-20, 20), 850, 0.62, 0.45)
    for _ in range(24):
        person(
            c,
            c.rng.uniform(0, WIDTH),
            c.rng.uniform(880, 930),
            c.rng.uniform(120, 150),
            c.ink.depth(c.rng.uniform(0.55, 0.8)),
        )
    for x in (-80, 460, 1010, 1560):
        _stall(c, x + c.rng.uniform(-30, 30), 1130, 1.12, 1.0)
    for x in (390, 945, 1490):
        person(c, x + c.rng.uniform(-24, 24), 1165, c.rng.uniform(290, 330), c.ink.near)


def _roofs(c: Canvas, near: float, base: float) -> None:
    x = -30.0
    while x < WIDTH:
        wide, high = c.rng.uniform(110, 260), c.rng.uniform(20, 170)
        c.box(x, base - high, wide, 400, c.ink.depth(near))
        for column in range(int(wide / 46)):
            c.box(x + 16 + column * 46, base - high + 26, 18, 30, thin(c.ink.near, 0.2))
        x += wide


def _bunting(c: Canvas) -> None:
    for start, sag in ((-40, 90), (820, 110)):
        rope = [(start + i * 46, 470 + sag * math.sin(math.pi * i / 21)) for i in range(22)]
        c.line(rope, 3, c.ink.depth(0.8))
        for i, (x, y) in enumerate(rope[:-1]):
            c.poly(
                [(x + 6, y + 2), (x + 36, y + 4), (x + 21, y + 42)],
                (c.ink.accent, c.ink.light, c.ink.mid)[i % 3],
            )


def _stall(c: Canvas, x: float, foot: float, size: float, near: float) -> None:
    wide, dark = 420 * size, c.ink.depth(0.5 + near * 0.5)
    for post in (14, 406):
        c.box(x + post * size - 4 * size, foot - 330 * size, 8 * size, 330 * size, dark)
    c.box(x + 8 * size, foot - 250 * size, 404 * size, 150 * size, thin(c.ink.near, 0.45 * near + 0.1))
    _awning(c, x - 20 * size, foot - 350 * size, wide + 40 * size, size, near)
    _goods(c, x + 22 * size, foot - 118 * size, size, near)
    bench = mix(c.ink.mid, c.ink.near, 0.3 + 0.4 * near)
    c.box(x, foot - 118 * size, wide, 118 * size, bench, mix(bench, c.ink.near, 0.5))
    for plank in range(1, 4):
        c.line(
            [(x, foot - (118 - plank * 30) * size), (x + wide, foot - (118 - plank * 30) * size)],
            2,
            thin(c.ink.near, 0.5),
        )


def _awning(c: Canvas, x: float, y: float, wide: float, size: float, near: float) -> None:
    cloth = mix(c.rng.choice([c.ink.accent, c.ink.mid, c.ink.depth(0.6)]), c.ink.low, 0.25 * (1 - near))
    pale = mix(c.ink.light, c.ink.far, 0.1 + 0.2 * (1 - near))
    strip = wide / 10
    for i in range(10):
        paint, left = (cloth, pale)[i % 2], x + i * strip
        inset = wide * 0.06 * (1 - i / 5), wide * 0.06 * (1 - (i + 1) / 5)
        c.poly(
            [
                (left + inset[0], y - 74 * size),
                (left + strip + inset[1], y - 74 * size),
                (left + strip, y),
                (left, y),
            ],
            paint,
            mix(paint, c.ink.near, 0.14),
        )
        c.oval(left + strip / 2, y, strip / 2, 20 * size, mix(paint, c.ink.near, 0.18))


def _goods(c: Canvas, x: float, foot: float, size: float, near: float) -> None:
    for crate in range(4):
        paint = mix(
            c.rng.choice([c.ink.accent, c.ink.light, c.ink.far, c.ink.depth(0.35)]),
            c.ink.mid,
            0.3 * (1 - near),
        )
        for row in range(3):
            for i in range(5 - row):
                c.disc(
                    x + (crate * 98 + 10 + i * 18 + row * 9) * size,
                    foot - (6 + row * 15) * size,
                    11 * size,
                    mix(paint, c.ink.near, c.rng.uniform(0, 0.22)),
                )
