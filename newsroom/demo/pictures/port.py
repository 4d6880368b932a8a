"""A container port at the end of the day."""

from .canvas import WIDTH, Canvas, Point
from .palettes import Colour, mix, thin
from .terrain import hills, land


def port(c: Canvas) -> None:
    """A container port: ship, quay, cranes against a low sun."""
    c.sky(horizon=0.52)
    c.clouds(9, 90, 480, mix(c.ink.low, c.ink.sun, 0.5), 0.3)
    sun = c.rng.uniform(480, 1250)
    c.sun(sun, c.rng.uniform(470, 530), 74, 0.85)
    land(c, hills(c.rng, 590, 34), c.ink.depth(0.05), mix(c.ink.far, c.ink.low, 0.45))
    land(c, hills(c.rng, 640, 20), c.ink.depth(0.25), mix(c.ink.far, c.ink.low, 0.25))
    for x, size in ((180, 0.5), (390, 0.46), (1490, 0.48), (1680, 0.54)):
        _crane(c, x + c.rng.uniform(-30, 30), 668, size, c.ink.depth(0.34), lit=False)
    c.box(0, 664, WIDTH, 330, mix(c.ink.low, c.ink.mid, 0.35), c.ink.depth(0.8))
    c.mirror(664, 250, 0.35)
    c.path_of_light(sun, 668, 940, c.ink.sun)
    c.ripples(690, 960, c.ink.light, 70, 0.16)
    _ship(c, c.rng.uniform(120, 300), 800)
    _quay(c)


def _quay(c: Canvas) -> None:
    c.box(0, 930, WIDTH, 270, c.ink.depth(0.9), c.ink.near)
    c.box(0, 930, WIDTH, 9, mix(c.ink.near, c.ink.light, 0.3))
    for x in (190, 900, 1520):
        _crane(c, x + c.rng.uniform(-70, 70), 1010, c.rng.uniform(1.08, 1.24), c.ink.near)
    _stacks(c, 1090)


def _stacks(c: Canvas, foot: float) -> None:
    """Containers in the foreground, ribbed, higher at both edges so that the ship stays in view."""
    paints = [
        c.ink.accent,
        c.ink.mid,
        c.ink.far,
        mix(c.ink.accent, c.ink.near, 0.5),
        mix(c.ink.mid, c.ink.light, 0.3),
    ]
    for column in range(-1, 12):
        x, away = column * 158 + c.rng.uniform(-4, 4), abs(column - 5.5) / 6
        for row in range(1, c.rng.randint(1, 2) + round(away * 2)):
            paint = mix(c.rng.choice(paints), c.ink.near, 0.25 + 0.12 * row)
            _container(c, x, foot + 62 - row * 66, 152, 62, paint)
    c.box(0, foot + 62, WIDTH, 60, c.ink.near)


def _container(c: Canvas, x: float, y: float, w: float, h: float, paint: Colour) -> None:
    c.box(x, y, w, h, paint, mix(paint, c.ink.near, 0.3))
    for rib in range(1, round(w / 12)):
        c.line([(x + rib * 12, y + 5), (x + rib * 12, y + h - 5)], 2, thin(c.ink.near, 0.28))
    c.box(x, y, w, 3.5, thin(c.ink.light, 0.4))


def _crane(c: Canvas, x: float, foot: float, size: float, paint: Colour, lit: bool = True) -> None:
    """A ship-to-shore crane, its boom reaching left over the water."""

    def at(dx: float, dy: float) -> Point:
        return x + dx * size, foot - dy * size

    for start, end, width in (
        ((0, 0), (12, 330), 13),
        ((130, 0), (118, 330), 13),
        ((0, 110), (130, 110), 10),
        ((4, 112), (126, 236), 6),
        ((126, 112), (4, 236), 6),
        ((12, 235), (118, 235), 9),
        ((-330, 330), (235, 330), 17),
        ((12, 330), (66, 470), 9),
        ((118, 330), (66, 470), 9),
        ((66, 470), (-300, 336), 5),
        ((66, 470), (-150, 336), 5),
        ((66, 470), (225, 336), 5),
    ):
        c.line([at(*start), at(*end)], width * size, paint)
    trolley = c.rng.uniform(-280, -90)
    c.box(*at(trolley - 26, 324), 52 * size, 14 * size, paint)
    drop = c.rng.uniform(60, 150)
    for side in (-20, 20):
        c.line([at(trolley + side, 320), at(trolley + side, 320 - drop)], 2.4 * size, paint)
    c.box(*at(trolley - 46, 320 - drop), 92 * size, 36 * size, mix(c.ink.accent, paint, 0.35))
    c.box(*at(-60, 318), 44 * size, 34 * size, paint)
    if lit:
        c.glow(*at(66, 470), 46 * size, c.ink.light, 0.7)
        c.disc(*at(66, 470), 5 * size, c.ink.light)


def _ship(c: Canvas, x: float, waterline: float) -> None:
    hull = mix(c.ink.mid, c.ink.near, 0.45)
    shadow = [
        (x + 60, waterline + 20),
        (x + 1290, waterline + 20),
        (x + 1200, waterline + 96),
        (x + 150, waterline + 96),
    ]
    c.poly(shadow, thin(c.ink.near, 0.3))
    c.poly(
        [
            (x, waterline - 84),
            (x + 1330, waterline - 70),
            (x + 1290, waterline + 22),
            (x + 70, waterline + 22),
        ],
        hull,
        c.ink.depth(0.95),
    )
    c.poly(
        [
            (x + 62, waterline + 6),
            (x + 1297, waterline + 6),
            (x + 1290, waterline + 22),
            (x + 70, waterline + 22),
        ],
        mix(c.ink.accent, c.ink.near, 0.25),
    )
    paints = [c.ink.accent, c.ink.far, c.ink.depth(0.3), c.ink.mid, mix(c.ink.light, c.ink.mid, 0.4)]
    for bay in range(14):
        left = x + 96 + bay * 76
        for tier in range(c.rng.randint(2, 4)):
            paint = mix(c.rng.choice(paints), c.ink.mid, 0.3)
            c.box(left, waterline - 112 - tier * 31, 71, 29, paint, mix(paint, c.ink.near, 0.25))
    bridge = x + 1180
    c.box(bridge, waterline - 258, 74, 186, mix(c.ink.light, c.ink.mid, 0.35), mix(c.ink.far, c.ink.mid, 0.3))
    for row in range(4):
        c.box(bridge + 8, waterline - 244 + row * 32, 58, 8, thin(c.ink.near, 0.65))
    c.line([(bridge + 36, waterline - 258), (bridge + 36, waterline - 312)], 5, hull)
