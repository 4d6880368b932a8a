"""Faces for the contributors: head and shoulders in flat colour, without features, each from its own seed."""

import math
from dataclasses import dataclass
from random import Random

from .canvas import Canvas, Point
from .palettes import PALETTES, Colour, mix, rgb, thin

SIDE = 1000
SKINS = [rgb(c) for c in ("#f2cdb0", "#e5b48f", "#d29b73", "#b57a52", "#8f5a3b", "#6a4130")]
HAIRS = [rgb(c) for c in ("#1d1a1f", "#3a2622", "#6b4227", "#a5713c", "#8f8c8c", "#d9d4cc")]
COATS = [rgb(c) for c in ("#26384d", "#7a3440", "#3d5a4c", "#b56a3a", "#4b4468", "#2d2f36", "#c9b48c")]
CUTS = ("short", "long", "bob", "bun", "curls", "cropped", "parted", "scarf")


@dataclass(frozen=True)
class Sitter:
    """How one person looks."""

    skin: Colour
    hair: Colour
    coat: Colour
    cut: str
    glasses: bool = False
    beard: bool = False


def sitter(seed: int, rng: Random) -> Sitter:
    """Neighbouring seeds get different cuts and complexions."""
    return Sitter(
        skin=SKINS[(seed * 5 + rng.randrange(2)) % len(SKINS)],
        hair=rng.choice(HAIRS),
        coat=COATS[seed % len(COATS)],
        cut=CUTS[seed % len(CUTS)],
        glasses=rng.random() < 0.35,
        beard=rng.random() < 0.3,
    )


def bust(c: Canvas, who: Sitter) -> None:
    """Background, hair behind, shoulders, neck, head, hair in front."""
    c.sky(horizon=1.0)
    c.glow(c.rng.uniform(250, 750), 360, 620, c.ink.sun, 0.6)
    _hair_behind(c, who)
    _shoulders(c, who)
    _head(c, who)
    _hair_in_front(c, who)


def _shoulders(c: Canvas, who: Sitter) -> None:
    edge: list[Point] = [(500 + 400 * math.sin(a), 1000 - 270 * math.cos(a) ** 0.6) for a in _arc(-1.5, 1.5)]
    c.poly([*edge, (900, 1010), (100, 1010)], who.coat, mix(who.coat, (0, 0, 0), 0.25))
    shade = mix(who.skin, (60, 20, 20), 0.22)
    c.poly([(420, 560), (580, 560), (592, 748), (500, 830), (408, 748)], shade)
    c.poly([(408, 730), (500, 838), (438, 900), (352, 748)], mix(who.coat, (255, 255, 255), 0.16))
    c.poly([(592, 730), (500, 838), (562, 900), (648, 748)], mix(who.coat, (255, 255, 255), 0.1))


def _head(c: Canvas, who: Sitter) -> None:
    for side in (-1, 1):
        c.oval(500 + side * 158, 460, 26, 44, mix(who.skin, (60, 20, 20), 0.12))
    face = [
        (500 + 156 * math.sin(a), 440 - (200 if math.cos(a) > 0 else 212) * math.cos(a))
        for a in _arc(-math.pi, math.pi)
    ]
    c.poly(face, who.skin)
    c.poly(
        [*[(x, y) for x, y in face if x >= 500], (500, 652), (548, 440)],
        thin(mix(who.skin, (60, 20, 20), 0.5), 0.2),
    )
    c.poly([(492, 440), (476, 520), (510, 524)], thin(mix(who.skin, (60, 20, 20), 0.6), 0.28))
    if who.beard and who.cut in ("short", "cropped", "parted", "curls"):
        _beard(c, who)
    if who.glasses:
        _glasses(c)


def _beard(c: Canvas, who: Sitter) -> None:
    jaw = [(500 + 160 * math.sin(a), 440 - 222 * math.cos(a)) for a in _arc(1.75, 2 * math.pi - 1.75)]
    c.poly([*jaw, (378, 520), (430, 556), (570, 556), (622, 520)], who.hair)
    c.oval(500, 582, 40, 13, mix(who.skin, (150, 50, 50), 0.35))


def _glasses(c: Canvas) -> None:
    frame = (32, 28, 34)
    for x in (430, 570):
        ring = [(x + 54 * math.cos(a), 452 + 42 * math.sin(a)) for a in _arc(0, 2 * math.pi)]
        c.poly(ring, thin((255, 255, 255), 0.22))
        c.line([*ring, ring[0]], 8, frame)
    c.line([(482, 448), (518, 448)], 8, frame)
    for x, end in ((376, 344), (624, 656)):
        c.line([(x, 446), (end, 436)], 7, frame)


def _hair_behind(c: Canvas, who: Sitter) -> None:
    dark = mix(who.hair, (0, 0, 0), 0.18)
    if who.cut == "long":
        c.soft(312, 262, 376, 560, 150, dark)
    elif who.cut == "bob":
        c.soft(306, 250, 388, 400, 150, dark)
    elif who.cut == "bun":
        c.disc(500, 196, 92, dark)
    elif who.cut == "curls":
        for a in _arc(-2.2, 2.2, 17):
            c.disc(500 + 190 * math.sin(a), 400 - 190 * math.cos(a), 72, dark)
    elif who.cut == "scarf":
        c.poly(
            [(316, 420), (500, 196), (684, 420), (706, 850), (294, 850)], mix(who.coat, (255, 255, 255), 0.3)
        )


def _hair_in_front(c: Canvas, who: Sitter) -> None:
    draw = {"curls": _curls, "scarf": _scarf, "cropped": _cropped, "parted": _parted, "short": _parted}
    draw.get(who.cut, _fringe)(c, who)


def _cap(low: float, lift: float = 0) -> list[Point]:
    """The outline of the crown, from ear to ear."""
    return [(500 + 172 * math.sin(a), 432 - (214 + lift) * math.cos(a)) for a in _arc(-low, low)]


def _cropped(c: Canvas, who: Sitter) -> None:
    c.poly([*_cap(1.42), (652, 380), (610, 312), (500, 290), (390, 312), (348, 380)], who.hair)


def _parted(c: Canvas, who: Sitter) -> None:
    c.poly(
        [*_cap(1.62, 14), (660, 436), (640, 348), (560, 318), (430, 346), (372, 322), (352, 372), (340, 436)],
        who.hair,
    )
    c.poly(
        [(372, 322), (430, 250), (590, 240), (640, 340), (560, 318), (430, 346)],
        mix(who.hair, (255, 255, 255), 0.1),
    )


def _fringe(c: Canvas, who: Sitter) -> None:
    """Hair swept from a centre parting, framing the face."""
    for side in (-1, 1):
        c.poly(
            [
                (500 + side * x, y)
                for x, y in (
                    (-6, 216),
                    (92, 232),
                    (166, 316),
                    (186, 430),
                    (180, 540),
                    (150, 500),
                    (132, 402),
                    (70, 326),
                    (-6, 286),
                )
            ],
            mix(who.hair, (255, 255, 255), 0.08 if side < 0 else 0),
        )


def _curls(c: Canvas, who: Sitter) -> None:
    for i, a in enumerate(_arc(-1.25, 1.25, 12)):
        c.disc(
            500 + 150 * math.sin(a),
            420 - 172 * math.cos(a),
            58,
            mix(who.hair, (255, 255, 255), 0.06 * (i % 3)),
        )


def _scarf(c: Canvas, who: Sitter) -> None:
    cloth = mix(who.coat, (255, 255, 255), 0.3)
    brim = [(500 + 140 * math.sin(a), 452 - 172 * math.cos(a)) for a in _arc(-2.2, 2.2)]
    outer = [(500 + 196 * math.sin(a), 446 - 234 * math.cos(a)) for a in _arc(-2.3, 2.3)]
    c.poly([*outer, *reversed(brim)], cloth)
    c.poly(
        [brim[0], (500, 660), brim[-1], outer[-1], (650, 800), (500, 860), (350, 800), outer[0]],
        cloth,
        mix(cloth, (0, 0, 0), 0.2),
    )


def _arc(start: float, end: float, steps: int = 48) -> list[float]:
    return [start + (end - start) * i / steps for i in range(steps + 1)]


def light_for(seed: int) -> str:
    """The palette behind a sitter."""
    return [name for name in PALETTES if name not in ("night", "ember")][seed * 3 % 7]
