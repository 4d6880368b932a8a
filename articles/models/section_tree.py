"""The tree of sections in memory: every page shows some of it, and it changes a few times a year."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from articles.models.sections import Section, steps_to
from newsroom.foundations import pagecache


class Heading(NamedTuple):
    """A main section in the menu, and the sections directly inside it."""

    section: Section
    below: list[Section]


class Tree:
    """All sections, in the desk's order. They are shared by every request: to be read, never changed."""

    def __init__(self, sections: Iterable[Section]) -> None:
        self.sections = {section.pk: section for section in sections}
        self._at = {section.path: section for section in self.sections.values()}
        self._inside: dict[int | None, list[Section]] = defaultdict(list)
        for section in self.sections.values():
            self._inside[section.parent_id].append(section)
        self.menu = [Heading(section, self.inside(section)) for section in self.main()]
        self.tops = {each.pk: top.pk for top in self.main() for each in (top, *self.below(top))}

    def section(self, key: int) -> Section:
        """The section of this key; asked of the database if it was made a moment ago on another machine."""
        return self.sections.get(key) or Section.objects.get(pk=key)

    def at(self, path: str) -> Section | None:
        return self._at.get(path)

    def main(self) -> list[Section]:
        return self._inside.get(None, [])

    def inside(self, section: Section) -> list[Section]:
        """Those directly inside it."""
        return self._inside.get(section.pk, [])

    def below(self, section: Section) -> list[Section]:
        """Those inside it, at any depth."""
        return [deeper for child in self.inside(section) for deeper in (child, *self.below(child))]

    def trail(self, section: Section) -> list[Section]:
        """From the main section down to this one, itself last."""
        above = [self._at[step] for step in steps_to(section.path)[:-1] if step in self._at]
        return [*above, section]

    def trail_names(self) -> list[tuple[str, str]]:
        """The path of every section, in order, and “World › Americas” as its name."""
        names = {path: " › ".join(step.name for step in self.trail(here)) for path, here in self._at.items()}
        return sorted(names.items())


@pagecache.cached_until_purged("sections")
def tree() -> Tree:
    """The tree of this moment. One query, when anything about any section has changed since the last."""
    return Tree(Section.objects.all())
