"""Scenes people built: city, street, market, parliament, stadium."""

import math

from .canvas import WIDTH, Canvas, Point
from .palettes import Colour, mix, thin
from .terrain import birds, broadleaf, hills, land, person


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
    wall = c.ink.accent if bright else mix(c.rng.choice([c.ink.far, c.ink.mid, c.ink.light, c.ink.depth(0.3)]), c.ink.mid,
                                           c.rng.uniform(0.05, 0.4))  # fmt: skip
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
        person(c, c.rng.uniform(0, WIDTH), c.rng.uniform(880, 930), c.rng.uniform(120, 150), c.ink.depth(c.rng.uniform(0.55, 0.8)))
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
            c.poly([(x + 6, y + 2), (x + 36, y + 4), (x + 21, y + 42)], (c.ink.accent, c.ink.light, c.ink.mid)[i % 3])


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
        c.line([(x, foot - (118 - plank * 30) * size), (x + wide, foot - (118 - plank * 30) * size)], 2, thin(c.ink.near, 0.5))


def _awning(c: Canvas, x: float, y: float, wide: float, size: float, near: float) -> None:
    cloth = mix(c.rng.choice([c.ink.accent, c.ink.mid, c.ink.depth(0.6)]), c.ink.low, 0.25 * (1 - near))
    pale = mix(c.ink.light, c.ink.far, 0.1 + 0.2 * (1 - near))
    strip = wide / 10
    for i in range(10):
        paint, left = (cloth, pale)[i % 2], x + i * strip
        inset = wide * 0.06 * (1 - i / 5), wide * 0.06 * (1 - (i + 1) / 5)
        c.poly([(left + inset[0], y - 74 * size), (left + strip + inset[1], y - 74 * size), (left + strip, y), (left, y)],
               paint, mix(paint, c.ink.near, 0.14))  # fmt: skip
        c.oval(left + strip / 2, y, strip / 2, 20 * size, mix(paint, c.ink.near, 0.18))


def _goods(c: Canvas, x: float, foot: float, size: float, near: float) -> None:
    for crate in range(4):
        paint = mix(c.rng.choice([c.ink.accent, c.ink.light, c.ink.far, c.ink.depth(0.35)]), c.ink.mid, 0.3 * (1 - near))
        for row in range(3):
            for i in range(5 - row):
                c.disc(x + (crate * 98 + 10 + i * 18 + row * 9) * size, foot - (6 + row * 15) * size, 11 * size,
                       mix(paint, c.ink.near, c.rng.uniform(0, 0.22)))  # fmt: skip


def parliament(c: Canvas) -> None:
    """A domed assembly at the head of its steps."""
    c.sky(horizon=0.68)
    c.clouds(11, 60, 520, c.ink.light, 0.3)
    c.sun(c.rng.choice([c.rng.uniform(200, 560), c.rng.uniform(1240, 1600)]), c.rng.uniform(260, 420), 66, 0.75)
    land(c, hills(c.rng, 760, 46), c.ink.depth(0.12), c.ink.depth(0.3))
    stone = mix(c.ink.light, c.ink.far, 0.34)
    for x, w in ((170, 520), (1110, 520)):
        _wing(c, x, w, stone)
    _rotunda(c, 900, 600, stone)
    _portico(c, stone)
    for step in range(9):
        c.box(560 - step * 34, 930 + step * 17, 680 + step * 68, 17, mix(stone, c.ink.near, 0.1 + 0.045 * step))
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
    arc = [(x + 186 * math.cos(a * math.pi / 40), foot - 92 - 196 * math.sin(a * math.pi / 40)) for a in range(41)]
    c.poly(arc, mix(roof, c.ink.light, 0.25), roof)
    for rib in range(-3, 4):
        curve = [(x + rib * 54 * math.cos(a * math.pi / 40), foot - 92 - 196 * math.sin(a * math.pi / 40)) for a in range(21)]
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
    for x in (200, 620, 1180, 1600):
        _floodlight(c, x, 440)
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
    c.poly([(-10, 330), (420, 470), (1380, 470), (1810, 330), (1810, 1200), (-10, 1200)], c.ink.depth(0.72), c.ink.near)
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
                c.disc(x, y, 2.6 + 3.6 * along, mix(c.rng.choice(paints), c.ink.near, c.rng.uniform(0.15, 0.75)))
    c.poly([(-10, 250), (410, 430), (1390, 430), (1810, 250), (1810, 318), (1390, 468), (410, 468), (-10, 318)],
           c.ink.depth(0.9), c.ink.near)  # fmt: skip


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


