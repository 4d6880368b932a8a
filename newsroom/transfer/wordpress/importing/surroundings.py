"""The old site as one of its texts sees it: its pictures, its galleries, its reusable blocks, its own URLs."""

import json
from collections.abc import Sequence

from articles.paths import spelled
from newsroom.transfer.wordpress.bodies import OldPicture, Surroundings
from newsroom.transfer.wordpress.facts import Post
from newsroom.transfer.wordpress.importing import file_urls, pictures
from newsroom.transfer.wordpress.importing.job import Job


class OldSite(Surroundings):
    def __init__(self, job: Job, post: Post, *, shows_pictures: bool = True) -> None:
        self.job, self.post, self.shows_pictures = job, post, shows_pictures
        self.footnotes = _footnotes(post)
        self.files_were_given = job.files is not None

    def picture(self, old_id: str, url: str) -> OldPicture | None:
        return self._shown(pictures.find(self.job, old_id, url, self.post.link))

    def whole(self, url: str) -> str:
        return file_urls.whole(self.job, url, self.post.link)

    def gallery(self, old_ids: Sequence[str]) -> list[OldPicture]:
        named = [pictures.find(self.job, old_id, "") for old_id in old_ids]
        found = (
            [picture for picture in named if picture]
            if old_ids
            else pictures.attached_to(self.job, self.post)
        )
        return [shown for picture in found if (shown := self._shown(picture))]

    def reusable_block(self, ref: str) -> str:
        return self.job.blocks.get(ref, "")

    def link(self, url: str) -> str:
        """Addresses of the old site that lead somewhere here lose their host, and reach us by their redirects."""
        if self.job.is_here(url) and (path := self.job.path_of(url)) in self.job.former_paths:
            return spelled(path)
        return url

    def _shown(self, picture: OldPicture | None) -> OldPicture | None:
        if picture is None or self.shows_pictures:
            return picture
        return OldPicture(picture.old_id, picture.url, picture.alt, picture.caption)


def _footnotes(post: Post) -> list[tuple[str, str]]:
    """The block editor keeps footnotes beside the text, as JSON."""
    try:
        notes = json.loads(post.detail("footnotes") or "[]")
    except (ValueError, RecursionError):
        return []
    if not isinstance(notes, list):
        return []
    return [(str(n.get("id", "")), str(n.get("content", ""))) for n in notes if isinstance(n, dict)]
