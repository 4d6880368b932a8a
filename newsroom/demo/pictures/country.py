"""Scenes of open country: fields, forest, fire, mountains, desert, and the night sky."""

import math

from .canvas import HEIGHT, WIDTH, Canvas
from .palettes import Colour, mix, thin
from .terrain import (
    birds,
    broadleaf,
    conifer,
    height_at,
    hills,
    land,
    peaks,
    poplar,
    receding_hills,
    stars,
)


def field(c: Canvas) -> None:
    """Ploughed land running to a farm under a big sky."""
    c.sky(horizon=0.55)
    c.clouds(12, 80, 500, c.ink.light, 0.4)
    c.sun(c.rng.uniform(300, 1500), c.rng.uniform(300, 470), 60, 0.6)
    receding_hills(c, 590, 660, 3, 36)
    vanish = c.rng.uniform(600, 1250)
    c.box(0, 690, WIDTH, 510, c.ink.depth(0.35), c.ink.depth(0.72))
    for i in range(-34, 35):
        x = vanish + i * 30
        near, next_ = vanish + i * 235, vanish + (i + 0.5) * 235
        c.poly([(x, 690), (x + 15, 690), (next_, HEIGHT), (near, HEIGHT)], thin(c.ink.near, 0.3))
    c.haze(640, 700, c.ink.low, 0.25)
    for i in range(9):
        poplar(c, 60 + i * 46 + c.rng.uniform(-8, 8), 704, c.rng.uniform(110, 165), c.ink.depth(0.66))
    _farm(c, vanish + c.rng.choice([-420, 330]), 712)
    broadleaf(c, 1640, 800, 300, c.ink.depth(0.86), c.ink.depth(0.6))
    birds(c, 7, vanish, 380, c.ink.depth(0.8))


def _farm(c: Canvas, x: float, foot: float) -> None:
    wall, roof = mix(c.ink.light, c.ink.mid, 0.12), mix(c.ink.accent, c.ink.near, 0.2)
    c.box(x, foot - 74, 150, 74, wall, mix(wall, c.ink.mid, 0.3))
    c.poly([(x - 12, foot - 72), (x + 22, foot - 122), (x + 130, foot - 122), (x + 162, foot - 72)], roof)
    for window in (22, 64, 106):
        c.box(x + window, foot - 52, 18, 22, c.ink.depth(0.9))
    c.poly(
        [
            (x + 186, foot),
            (x + 186, foot - 100),
            (x + 250, foot - 142),
            (x + 314, foot - 100),
            (x + 314, foot),
        ],
        roof,
        mix(roof, c.ink.near, 0.4),
    )
    c.box(x + 226, foot - 58, 48, 58, c.ink.depth(0.95))
    c.box(x + 336, foot - 176, 54, 176, mix(c.ink.far, c.ink.light, 0.4), c.ink.depth(0.4))
    c.oval(x + 363, foot - 176, 27, 24, mix(c.ink.far, c.ink.light, 0.4))


def forest(c: Canvas) -> None:
    """Ridges of spruce with mist between them."""
    c.sky(horizon=0.5)
    c.sun(c.rng.uniform(400, 1400), c.rng.uniform(240, 380), 70, 0.7)
    land(c, peaks(c.rng, 560, 240, 0.5), mix(c.ink.far, c.ink.low, 0.35), mix(c.ink.far, c.ink.low, 0.7))
    _wooded(c, (0.06, 0.28, 0.5, 0.74, 1.0))


def _wooded(c: Canvas, distances: tuple[float, ...]) -> None:
    """Ridge upon wooded ridge; each veils the foot of the one behind it."""
    for near in distances:
        skyline, colour = hills(c.rng, 540 + 430 * near, 60), c.ink.depth(near)
        land(c, skyline, colour, mix(colour, c.ink.low, 0.3 * (1 - near)))
        for _ in range(round(190 - 140 * near)):
            x = c.rng.uniform(-30, WIDTH + 30)
            tall = (36 + 220 * near**1.4) * c.rng.uniform(0.6, 1.15)
            conifer(
                c,
                x,
                height_at(skyline, x) + 14 + 40 * near,
                tall,
                mix(colour, c.ink.near, c.rng.uniform(0, 0.16)),
            )
        if near < 0.9:
            c.haze(540 + 430 * near, 740 + 400 * near, c.ink.low, 0.3 * (1 - near))


def fire(c: Canvas) -> None:
    """A planned burn: a low line of flame in a wooded valley, and its smoke."""
    c.sky(horizon=0.58)
    c.sun(c.rng.uniform(1150, 1500), 300, 62, 0.6)
    land(c, peaks(c.rng, 540, 220, 0.5), mix(c.ink.far, c.ink.low, 0.3), mix(c.ink.far, c.ink.low, 0.6))
    _wooded(c, (0.1, 0.34))
    source = c.rng.uniform(420, 800)
    _smoke(c, source, 780)
    skyline = hills(c.rng, 800, 40)
    land(c, skyline, c.ink.depth(0.6), c.ink.depth(0.8))
    _flames(c, [(x, y) for x, y in skyline if source - 380 < x < source + 520])
    _wooded(c, (0.72, 1.0))


def _smoke(c: Canvas, x: float, foot: float) -> None:
    for i in range(44):
        rise = i / 44
        puff = 26 + 210 * rise
        grey = mix(c.ink.far, c.ink.sky, 0.3 + 0.5 * rise)
        drift = x + 520 * rise**1.5 + c.rng.uniform(-0.5, 0.5) * puff
        c.glow(drift, foot - 730 * rise, puff, grey, 0.6 * (1 - rise * 0.7))


def _flames(c: Canvas, edge: list[tuple[float, float]]) -> None:
    for x, y in edge[::3]:
        c.glow(x, y + 6, 80, c.ink.accent, 0.5)
    for x, y in edge * 3:
        x, tall = x + c.rng.uniform(-8, 8), c.rng.uniform(10, 52)
        c.poly([(x - 8, y + 16), (x + c.rng.uniform(-9, 9), y + 12 - tall), (x + 8, y + 16)], c.ink.accent)
        c.poly(
            [(x - 4, y + 16), (x + c.rng.uniform(-4, 4), y + 14 - tall * 0.5), (x + 4, y + 16)], c.ink.light
        )


def mountains(c: Canvas) -> None:
    """Snow peaks doubled in a lake."""
    c.sky(horizon=0.5)
    c.clouds(7, 60, 330, c.ink.light, 0.32)
    c.sun(c.rng.uniform(250, 1550), c.rng.uniform(150, 260), 52, 0.6)
    land(
        c, peaks(c.rng, 520, 330, 0.52), mix(c.ink.far, c.ink.low, 0.3), mix(c.ink.far, c.ink.low, 0.75), 720
    )
    _snowy_range(c)
    land(c, hills(c.rng, 668, 22), c.ink.depth(0.62), c.ink.depth(0.7), 724)
    for _ in range(110):
        conifer(c, c.rng.uniform(0, WIDTH), c.rng.uniform(690, 716), c.rng.uniform(34, 78), c.ink.depth(0.8))
    c.box(0, 712, WIDTH, 488, mix(c.ink.low, c.ink.mid, 0.5), c.ink.depth(0.7))
    c.mirror(712, 420, 0.7, 0.8)
    c.ripples(730, 1150, c.ink.light, 70, 0.14)
    land(c, hills(c.rng, 1140, 26), c.ink.depth(0.9), c.ink.near)
    for _ in range(9):
        x = c.rng.choice([c.rng.uniform(0, 420), c.rng.uniform(1450, 1800)])
        conifer(c, x, 1180, c.rng.uniform(200, 430), c.ink.near)


def _snowy_range(c: Canvas) -> None:
    """Three summits, each a lit and a shaded side under a broken edge of snow."""
    rock, shade, snow = c.ink.depth(0.4), c.ink.depth(0.66), mix(c.ink.light, c.ink.sky, 0.06)
    spread = sorted(c.rng.sample(range(180, 1650, 60), 3), key=lambda x: abs(x - 900), reverse=True)
    for x, top in zip(spread, (330, 300, 190), strict=True):
        left, right = x - 620 + top * 0.4, x + 640 - top * 0.4
        ridge_x = x + c.rng.uniform(-30, 30)
        c.poly([(left, 720), (x, top), (right, 720)], rock, mix(rock, c.ink.low, 0.3))
        fold: list[tuple[float, float]] = [(x, top)]
        while fold[-1][1] < 700:
            fold.append((ridge_x + c.rng.uniform(-46, 46), fold[-1][1] + 46))
        c.poly([*fold, (fold[-1][0], 720), (right, 720)], shade, mix(shade, c.ink.low, 0.22))
        for edge, paint in ((left, snow), (right, mix(snow, c.ink.mid, 0.3))):
            _snowcap(c, (x, top), edge, fold, paint)


def _snowcap(
    c: Canvas, top: tuple[float, float], edge: float, fold: list[tuple[float, float]], paint: Colour
) -> None:
    x, y = top
    reach = 0.42
    brink = [(x + (edge - x) * reach, y + (720 - y) * reach)]
    for step in range(1, 7):
        share = step / 7
        inner = fold[min(4, len(fold) - 1)]
        spot = brink[0][0] + (inner[0] - brink[0][0]) * share, brink[0][1] + (inner[1] - brink[0][1]) * share
        brink.append((spot[0], spot[1] + (46 if step % 2 else -40) * c.rng.uniform(0.6, 1.2)))
    c.poly([top, *brink, *reversed(fold[:5])], paint)


def desert(c: Canvas) -> None:
    """Dunes before mesas; an odd seed finds a lake among them."""
    c.sky(horizon=0.55)
    c.sun(c.rng.uniform(300, 1500), c.rng.uniform(220, 400), 78, 0.75)
    for base, near in ((560, 0.04), (600, 0.18)):
        _mesas(c, base, near)
    c.haze(480, 680, c.ink.low, 0.5)
    for row in range(5):
        _dune(c, 660 + row * 118, 0.12 + row * 0.18)
        if row == 2 and c.rng.random() < 0.5:
            _pool(c)


def _mesas(c: Canvas, base: float, near: float) -> None:
    paint, x = c.ink.depth(near), -60.0
    while x < WIDTH:
        wide, high = c.rng.uniform(120, 420), c.rng.uniform(30, 170)
        c.poly(
            [(x, base + 90), (x + 26, base - high), (x + wide - 26, base - high), (x + wide, base + 90)],
            paint,
            mix(paint, c.ink.low, 0.4),
        )
        x += wide + c.rng.uniform(-40, 160)
    c.box(0, base + 60, WIDTH, 700, mix(paint, c.ink.low, 0.4))


def _dune(c: Canvas, base: float, near: float) -> None:
    """Swells of sand; from each summit an edge winds down, and the ground beyond it lies in shade."""
    skyline = hills(c.rng, base, 46 + 46 * near, 10)
    lit = mix(c.ink.depth(near * 0.62), c.ink.light, 0.22)
    land(c, skyline, lit, mix(lit, c.ink.mid, 0.2))
    shade = c.ink.depth(near * 0.4 + 0.42)
    for i in range(12, len(skyline) - 30):
        if skyline[i][1] == min(y for _, y in skyline[i - 12 : i + 13]):
            _lee(c, skyline[i : i + c.rng.randint(46, 70)], 150 + 130 * near, shade)


def _lee(c: Canvas, slope: list[tuple[float, float]], drop: float, shade: Colour) -> None:
    x, y = slope[0]
    edge = [(x + 120 * math.sin(s * 5) * s - 40 * s, y + drop * s) for s in (i / 20 for i in range(21))]
    end = slope[-1]
    hem = [
        (edge[-1][0] + (end[0] - edge[-1][0]) * s, edge[-1][1] + (end[1] - edge[-1][1]) * s**2.2)
        for s in (i / 20 for i in range(21))
    ]
    c.poly([*edge, *hem, *reversed(slope)], shade, mix(shade, c.ink.light, 0.2))


def _pool(c: Canvas) -> None:
    x, y, water = c.rng.uniform(500, 1200), 960, mix((96, 158, 170), c.ink.low, 0.3)
    c.oval(x, y, 620, 62, mix(water, c.ink.mid, 0.55))
    c.oval(x + 16, y + 6, 584, 50, water)
    c.oval(x + 60, y + 16, 470, 32, mix(water, c.ink.light, 0.3))
    c.ripples(y - 20, y + 40, c.ink.light, 12, 0.3)


def observatory(c: Canvas) -> None:
    """A dome on a ridge under the Milky Way; some nights bring a comet."""
    c.sky(horizon=0.72)
    _milky_way(c)
    stars(c, 950, 860, c.ink.sun)
    if c.rng.random() < 0.5:
        _comet(c, c.rng.uniform(1100, 1450), c.rng.uniform(210, 330))
    c.glow(c.rng.uniform(300, 1500), 930, 620, c.ink.light, 0.28)
    for base, near in ((830, 0.1), (900, 0.45)):
        land(c, peaks(c.rng, base, 150, 0.48), c.ink.depth(near), c.ink.depth(near + 0.2))
    land(c, hills(c.rng, 1010, 36), c.ink.depth(0.85), c.ink.near)
    _dome(c, c.rng.uniform(420, 720), 1000, 1.0)
    _dome(c, c.rng.uniform(1180, 1380), 985, 0.46)


def _milky_way(c: Canvas) -> None:
    lean = c.rng.uniform(0.5, 0.9)
    for i in range(110):
        along = i / 110
        x, y = 150 + 1500 * along, 880 - 880 * along * lean - 60
        off = c.rng.gauss(0, 62)
        c.glow(x + off * 0.5, y + off, c.rng.uniform(40, 150), mix(c.ink.low, c.ink.sun, 0.35), 0.13)


def _comet(c: Canvas, x: float, y: float) -> None:
    for i in range(70):
        along = i / 70
        c.glow(
            x + 460 * along, y - 230 * along + 40 * along**2, 16 + 62 * along, c.ink.sun, 0.22 * (1 - along)
        )
    c.glow(x, y, 74, c.ink.sun, 0.95)
    c.disc(x, y, 8, c.ink.sun)


def _dome(c: Canvas, x: float, foot: float, size: float) -> None:
    pale = mix(c.ink.low, c.ink.light, 0.45)
    wall, radius = mix(pale, c.ink.near, 0.35), 150 * size
    c.box(x - radius, foot - 130 * size, radius * 2, 150 * size, wall, mix(wall, c.ink.near, 0.5))
    arc = [
        (
            x + radius * 1.06 * math.cos(a * math.pi / 40),
            foot - 130 * size - radius * 1.06 * math.sin(a * math.pi / 40),
        )
        for a in range(41)
    ]
    c.poly(arc, pale, mix(pale, c.ink.near, 0.42))
    c.poly(
        [spot for spot in arc if spot[0] > x + radius * 0.34] + [(x + radius * 0.5, foot - 130 * size)],
        thin(c.ink.near, 0.3),
    )
    slit = [arc[i] for i in range(15, 23)]
    c.poly([*slit, (slit[-1][0] - 4 * size, foot - 165 * size), (slit[0][0], foot - 165 * size)], c.ink.near)
    c.box(x - radius * 1.1, foot - 140 * size, radius * 2.2, 15 * size, c.ink.near)
    c.box(x - 20 * size, foot - 58 * size, 40 * size, 70 * size, c.ink.accent)
    c.glow(x, foot - 20 * size, 120 * size, c.ink.accent, 0.4)
