"""What a body needs to know of the world around it, and what it tells about its conversion. Knows no models."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class OldPicture:
    """A picture of the old site: its id and URL there, and the id it has here if its file was brought along."""

    old_id: str
    url: str
    alt: str = ""
    caption: str = ""
    image_id: int | None = None


class Surroundings:
    """The rest of the old site, as one body sees it. This one stands alone; the import gives a better informed one."""

    footnotes: Sequence[tuple[str, str]] = ()  # (id, HTML), in order
    files_were_given = True  # by the operator, if not each of them

    def picture(self, old_id: str, url: str) -> OldPicture | None:
        """The attachment of this id, else the one whose file, or a resized copy of it, is at this URL."""
        return None

    def whole(self, url: str) -> str:
        """a URL written on a page of the old site as it is read anywhere."""
        return url

    def gallery(self, old_ids: Sequence[str]) -> list[OldPicture]:
        """The pictures of a `[gallery]`: those named, else all that were attached to this story."""
        return []

    def reusable_block(self, ref: str) -> str:
        """The source of a block kept apart from the stories that show it."""
        return ""

    def link(self, url: str) -> str:
        """Where a link should lead from here on."""
        return url


@dataclass
class Notes:
    """What could not be carried over as it was, counted; for the operator's report."""

    counts: Counter = field(default_factory=Counter)

    def left_out(self, what: str) -> None:
        self.counts[f"left out: {what}"] += 1

    def stays_link(self, why: str) -> None:
        """A picture of which only a link is left."""
        self.counts[f"a picture stays a link: {why}"] += 1
