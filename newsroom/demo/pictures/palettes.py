"""Colours: nine moods of light, each from sky to foreground, and how to mix them."""

from dataclasses import dataclass

Colour = tuple[int, ...]


def rgb(text: str) -> Colour:
    """`"#f3d9b1"` as three numbers."""
    return tuple(bytes.fromhex(text.removeprefix("#")))


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with `share` (0 to 1) of `other` stirred in."""
    return tuple(round(a + (b - a) * share) for a, b in zip(one[:3], other[:3], strict=True))


def thin(colour: Colour, opacity: float) -> Colour:
    """The same colour, see-through: 0 is invisible, 1 is solid."""
    return (*colour[:3], round(opacity * 255))


@dataclass(frozen=True)
class Palette:
    """One mood. `far` to `near` are the ground's colours from the horizon to the viewer's feet."""

    sky: Colour
    low: Colour
    sun: Colour
    far: Colour
    mid: Colour
    near: Colour
    accent: Colour
    light: Colour

    @classmethod
    def of(cls, *colours: str) -> "Palette":
        return cls(*map(rgb, colours))

    def depth(self, nearness: float) -> Colour:
        """The ground's colour at a distance: 0 on the horizon, 1 at the viewer's feet."""
        if nearness < 0.5:
            return mix(self.far, self.mid, nearness * 2)
        return mix(self.mid, self.near, nearness * 2 - 1)


#                      sky        low        sun        far        mid        near       accent     light
PALETTES = {
    "dusk": Palette.of(
        "#54497a", "#f3b088", "#fde6bd", "#b98289", "#6d4569", "#1f1830", "#d8603c", "#ffdfa6"
    ),
    "dawn": Palette.of(
        "#b9cbdc", "#f8dfcf", "#fff5e4", "#d8b4b1", "#926579", "#2b2039", "#bd4f47", "#fff0dc"
    ),
    "sea": Palette.of("#8fc0cf", "#e8f1ea", "#fffbe9", "#8ab4c1", "#41768d", "#0f2737", "#d5653b", "#f8f0dc"),
    "moss": Palette.of(
        "#cddccf", "#f6eed8", "#fff9e2", "#b4c19c", "#68855a", "#1a2c26", "#c56f38", "#fcf4dc"
    ),
    "ochre": Palette.of(
        "#e2c592", "#fbeed6", "#fff7e2", "#dbb27a", "#ad653b", "#3f211e", "#2c6b70", "#fff1d3"
    ),
    "night": Palette.of(
        "#0a1430", "#35507c", "#f4ecd6", "#2c4269", "#1a2a4a", "#070c1a", "#e6a556", "#ffe2a4"
    ),
    "slate": Palette.of(
        "#8795a1", "#dde0de", "#f0f1ee", "#a0adb5", "#586c7a", "#1c2731", "#c5853a", "#f4ead2"
    ),
    "teal": Palette.of(
        "#20515f", "#f2cda4", "#ffebcd", "#7aa19c", "#2e636e", "#0b222d", "#e2714a", "#ffde9c"
    ),
    "ember": Palette.of(
        "#3a2a3f", "#f0a15c", "#ffd89a", "#a5634f", "#5a3440", "#190f1a", "#f2682c", "#ffd07a"
    ),
}
