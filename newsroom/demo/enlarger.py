"""Draws one picture of the demo and encodes its sizes."""

from articles import renditions
from newsroom.demo.pictures import draw, draw_portrait

SIZE = (1440, 960)
PORTRAIT_SIZE = (640, 640)


def size_of(name: str) -> tuple[int, int]:
    return PORTRAIT_SIZE if name.startswith("portrait-") else SIZE


def developed(name: str) -> tuple[str, bytes, list[renditions.Made]]:
    """The picture called “port-3” or “portrait-3”: its name, its original as a JPEG, and every size of it."""
    scene, _, seed = name.rpartition("-")
    size = size_of(name)
    drawn = draw_portrait(int(seed), size[0]) if scene == "portrait" else draw(scene, int(seed), size)
    original = renditions.encoded(drawn, "JPEG", quality=92)
    return name, original, renditions.make(original).renditions
