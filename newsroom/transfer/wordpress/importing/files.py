"""The old site's files, in the folder the operator gives: its uploads folder, or one that holds it."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from unicodedata import normalize


class Files:
    """Found by their names on the old site. One letter may be written in two ways (`é` as one character or as two),
    and an export and a disk often differ in that."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.accented: dict[
            Path, dict[str, str]
        ] = {}  # names beyond ASCII in each folder, by their composed form

    def find(self, names: Iterable[str]) -> Path | None:
        for name in names:
            steps = [step for step in name.split("/") if step not in {"", ".", ".."}]
            for start in range(len(steps)):
                path = self._at(steps[start:])
                if path and path.is_relative_to(self.folder):  # nothing outside, by dots or by links
                    return path
        return None

    def _at(self, steps: list[str]) -> Path | None:
        path = self.folder.joinpath(*steps)
        if not path.is_file() and not all(map(str.isascii, steps)):
            path = self.folder.joinpath(*self._as_on_disk(steps))
        return path.resolve() if path.is_file() else None

    def _as_on_disk(self, steps: list[str]) -> Iterator[str]:
        folder = self.folder
        for step in steps:
            yield (step := self._accented_in(folder).get(normalize("NFC", step), step))
            folder /= step

    def _accented_in(self, folder: Path) -> dict[str, str]:
        if folder not in self.accented:
            found = (entry.name for entry in folder.iterdir()) if folder.is_dir() else ()
            self.accented[folder] = {normalize("NFC", name): name for name in found if not name.isascii()}
        return self.accented[folder]
