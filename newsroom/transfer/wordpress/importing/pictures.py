"""Attachments become pictures, when the operator gives a folder with their files. Nothing is ever fetched."""

import re
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.files.storage import Storage

from articles import renditions
from articles.models import Image, Rendition
from newsroom.transfer.models import ImportRef
from newsroom.transfer.report import Origin, Outcome, Result, bring, keep, values_of
from newsroom.transfer.wordpress.bodies import OldPicture, to_words
from newsroom.transfer.wordpress.facts import Post
from newsroom.transfer.wordpress.importing.file_urls import attachment_at, file_key, looked_for, whole
from newsroom.transfer.wordpress.importing.job import Job

KIND = "attachments"
PICTURE = re.compile(r"\.(jpe?g|jpe|png|gif|webp|avif)$", re.IGNORECASE)
CARRIED = ("title", "alt", "decorative", "caption", "credit")

Taken = tuple[bytes, renditions.Rendered]


class Nowhere(Storage):
    """Takes files and keeps none: where a dry run puts its pictures."""

    def _save(self, name: str, content: Any) -> str:
        return name

    def exists(self, name: str) -> bool:
        return False

    def delete(self, name: str) -> None:
        """There is nothing to delete."""

    def url(self, name: str | None) -> str:
        return f"/media/{name}"


class FilesNowhere:
    """While it lasts, new pictures are checked and rendered but no file of them is written."""

    def __enter__(self) -> None:
        self.fields = [Image._meta.get_field("original"), Rendition._meta.get_field("file")]
        self.storages = [field.storage for field in self.fields]
        for file_field in self.fields:
            file_field.storage = Nowhere()

    def __exit__(self, *exception: object) -> None:
        for file_field, storage in zip(self.fields, self.storages, strict=True):
            file_field.storage = storage


def carry(job: Job, post: Post) -> Result:
    what, carry_one = post.title or post.attachment_url, partial(_carry_one, job, post)
    return job.report.attempt(KIND, what, carry_one, prepare=partial(_read, job, post))


def find(job: Job, old_id: str, url: str, page: str = "") -> OldPicture | None:
    """The attachment of this id, else the one whose file, or a resized copy of it, is at this URL on this page."""
    ref = job.pointed_at("attachment", old_id) or (attachment_at(job, url, page) if url else None)
    return described(ref) if ref else None


def described(ref: ImportRef) -> OldPicture:
    image = ref.row_among(Image.objects)
    facts = {name: str(ref.facts.get(name, "")) for name in ("url", "alt", "caption")}
    return OldPicture(old_id=ref.old_id, image_id=image.pk if image else None, **facts)


def attached_to(job: Job, post: Post) -> list[OldPicture]:
    """The pictures uploaded for this story, in order of their number: what a bare [gallery] shows."""
    refs = ImportRef.objects.filter(
        source=job.source, kind="attachment", facts__parent=post.id, facts__picture=True
    )
    return [described(ref) for ref in sorted(refs, key=lambda ref: (len(ref.old_id), ref.old_id))]


def _read(job: Job, post: Post) -> tuple[Path | None, Taken | None]:
    """Its file, if the operator gave it; and the picture in it with all its sizes, unless it is here already."""
    url = post.attachment_url or post.guid
    path = _file(job, post, url) if _is_picture(url) else None
    known = ImportRef.objects.of(job.origin_of(post))
    if path is None or (known and known.object_id):
        return path, None
    with path.open("rb") as file:
        content = renditions.read(file)
    return path, (content, renditions.make(content))


def _carry_one(job: Job, post: Post, path: Path | None, taken: Taken | None) -> Result:
    url = post.attachment_url or post.guid
    content = _content(job, post)
    facts = {"url": url, "alt": content["alt"], "caption": content["caption"], "parent": post.parent}
    facts["picture"] = _is_picture(url)
    origin = job.origin_of(post)
    known = ImportRef.objects.of(origin)
    if known is None or known.object_id is None:
        # Known from now on, whether or not its file is here: texts and a later run need to find it.
        keep(origin, None, url=looked_for(file_key(whole(job, url))), facts=facts)
        if not facts["picture"]:
            return Result(Outcome.SKIPPED, reason="not a picture; texts link to it where it was")
        if path is None:
            return Result(Outcome.SKIPPED, reason="its file was not given")
    return _brought(origin, content, taken)


def _brought(origin: Origin, content: dict[str, Any], taken: Taken | None) -> Result:
    def make() -> Image:
        assert taken is not None  # noqa: S101 - read before, as it is not here
        image = Image(**content)
        image.clean()
        image.keep(*taken)
        return image

    def change(image: Image) -> None:
        for name, value in content.items():
            setattr(image, name, value)
        image.full_clean(exclude=["original", "width", "height"])
        image.save()

    return bring(origin, content, Image.objects, make=make, change=change, imprint=values_of(*CARRIED))


def _content(job: Job, post: Post) -> dict[str, Any]:
    """What we keep of a picture. One without alternative text is marked as decorative, and reported."""
    alt = to_words(post.detail("_wp_attachment_image_alt"))[:250]
    title = to_words(post.title) or unquote(urlsplit(post.attachment_url).path.rpartition("/")[2])
    return {
        "title": title[:160] or "–",
        "alt": alt,
        "decorative": not alt,
        "caption": to_words(post.excerpt)[:400],
        "credit": to_words(post.detail("_media_credit"))[:160],
    }


def _is_picture(url: str) -> bool:
    return bool(PICTURE.search(urlsplit(url).path))


def _file(job: Job, post: Post, url: str) -> Path | None:
    """The attachment's file in the operator's folder."""
    names = (post.detail("_wp_attached_file"), unquote(urlsplit(url).path))
    return job.files.find(name for name in names if "\0" not in name) if job.files else None
