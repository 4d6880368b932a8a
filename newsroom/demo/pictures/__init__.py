"""Draws every picture of the demo newsroom, so that a new installation needs no photograph and no download.
The same name always gives the same picture."""

from collections.abc import Callable
from random import Random

from PIL import Image, ImageOps

from . import assemblies, country, port, portraits, railways, rooms, towns, waterside, works
from .canvas import Canvas
from .palettes import PALETTES

# Each scene with the light it may be drawn in; a seed picks one, and one composition.
SCENES: dict[str, tuple[Callable[[Canvas], None], tuple[str, ...]]] = {
    "chamber": (assemblies.chamber, ("ochre", "teal", "dawn")),
    "cinema": (rooms.cinema, ("dusk", "teal", "ember")),
    "city": (towns.city, ("dawn", "sea", "teal", "dusk", "slate")),
    "coast": (waterside.coast, ("sea", "dusk", "slate", "teal")),
    "crossing": (works.crossing, ("ochre", "dusk", "slate")),
    "datahall": (rooms.datahall, ("sea", "teal", "dusk")),
    "delta": (waterside.delta, ("moss", "ochre", "teal")),
    "desert": (country.desert, ("ochre", "dusk", "dawn")),
    "factory": (works.factory, ("ember", "dusk", "slate", "teal")),
    "ferry": (waterside.ferry, ("slate", "sea", "dawn")),
    "field": (country.field, ("moss", "ochre", "sea")),
    "fire": (country.fire, ("ember", "dusk")),
    "forest": (country.forest, ("moss", "slate", "teal", "dawn")),
    "lab": (rooms.lab, ("sea", "dawn", "moss")),
    "library": (rooms.library, ("ochre", "dusk", "moss")),
    "market": (towns.market, ("ochre", "dawn", "sea")),
    "mountains": (country.mountains, ("sea", "dawn", "dusk")),
    "observatory": (country.observatory, ("night",)),
    "parliament": (assemblies.parliament, ("sea", "dawn", "ochre")),
    "port": (port.port, ("dusk", "teal", "dawn", "ember")),
    "rail": (railways.rail, ("dawn", "slate", "moss", "ochre")),
    "railcar": (railways.railcar, ("moss", "dawn", "sea")),
    "solar": (works.solar, ("sea", "ochre", "moss")),
    "stadium": (assemblies.stadium, ("teal", "dusk", "sea")),
    "street": (towns.street, ("dawn", "sea", "ochre")),
}


def draw(scene: str, seed: int, size: tuple[int, int] = (1800, 1200)) -> Image.Image:
    """Draw one scene. Scenes are composed at three by two; another shape is cut from the middle."""
    paint, lights = SCENES[scene]
    width = max(size[0], round(size[1] * 1.5))
    canvas = Canvas(PALETTES[lights[seed % len(lights)]], Random(f"{scene}-{seed}"), width)  # noqa: S311 - not a secret
    paint(canvas)
    picture = canvas.finished()
    return picture if picture.size == size else ImageOps.fit(picture, size)


def draw_portrait(seed: int, size: int = 800) -> Image.Image:
    """Draw one contributor, head and shoulders, on a square sheet."""
    rng = Random(f"portrait-{seed}")  # noqa: S311 - not a secret
    side = portraits.SIDE
    canvas = Canvas(PALETTES[portraits.light_for(seed)], rng, size, units=(side, side))
    portraits.bust(canvas, portraits.sitter(seed, rng))
    return canvas.finished()
