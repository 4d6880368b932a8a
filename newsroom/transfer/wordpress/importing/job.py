"""One export being carried over: where it came from, how the operator wants it, and what is known of it so far."""

from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from django.db import models
from django.utils import timezone

from articles import redirects
from newsroom.foundations.db.short_transactions import short_transaction
from newsroom.transfer.models import ImportRef, Row
from newsroom.transfer.report import Origin, Report
from newsroom.transfer.wordpress.facts import Category, Post, Site
from newsroom.transfer.wordpress.importing.files import Files

LONGEST_ID = 200


@dataclass(frozen=True)
class Options:
    """What the operator asked for."""

    media_dir: Path | None = None
    uncategorised: str = "uncategorized"  # the path of the section for stories without a category


@dataclass
class Job:
    """One file on its way. Kept small: what grows with the file is looked up in the database."""

    site: Site
    report: Report
    options: Options
    categories: dict[str, Category] = field(default_factory=dict)  # by slug
    mentioned: dict[str, str] = field(default_factory=dict)  # categories of posts: name by slug
    blocks: dict[str, str] = field(default_factory=dict)  # reusable ones, by id
    former_paths: set[str] = field(default_factory=set)  # paths of the old site that will lead somewhere here

    @property
    def source(self) -> str:
        return (self.site.url or self.site.link or "wordpress").rstrip("/")[:200]

    @cached_property
    def files(self) -> Files | None:
        return Files(self.options.media_dir) if self.options.media_dir else None

    @property
    def zone(self) -> tzinfo:
        return timezone.get_default_timezone()

    def origin(self, kind: str, old_id: str, guid: str = "") -> Origin:
        return Origin(self.source, kind, old_id[:LONGEST_ID], guid[:255])

    def origin_of(self, post: Post) -> Origin:
        return self.origin(post.type, post.id, post.guid)

    def pointed_at(self, kind: str, old_id: str) -> ImportRef | None:
        return ImportRef.objects.pointed_at(self.source, kind, old_id) if old_id else None

    def became(self, kind: str, old_id: str, rows: models.Manager[Row]) -> Row | None:
        """Our row of what others of the old site mean by this id."""
        ref = self.pointed_at(kind, old_id)
        return ref.row_among(rows) if ref else None

    def foresee(self, post: Post) -> None:
        """Take note of what other items will need of this one before it has been carried over."""
        if post.type == "wp_block":
            self.blocks[post.id] = post.body
        for label in post.labelled("category") if post.type == "post" else ():
            self.mentioned.setdefault(label.slug, label.name)
        if post.type in {"post", "page"} and post.status == "publish" and self.is_here(post.link):
            self.former_paths.add(self.path_of(post.link))

    def is_here(self, url: str) -> bool:
        """Is this an URL of the old site itself, by any scheme?"""
        hosts = {urlsplit(url).netloc for url in (self.site.url, self.site.link) if url}
        return urlsplit(url).netloc in hosts

    def path_of(self, url: str) -> str:
        """Path and query of an URL of the old site."""
        parts = urlsplit(url)
        return redirects.as_requested((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))

    def below(self, path: str) -> str:
        """A path of the old site from one relative to its start, which may lie in a folder of its host."""
        return f"{urlsplit(self.site.url).path.rstrip('/')}/{path}"

    def remember(self, old: str, new: str, *, kind: str, what: str) -> None:
        """From now on the old path leads to the new one; one too long to be kept is reported."""
        if not new:
            return
        with short_transaction():
            is_remembered = redirects.remember(old, new)
        if not is_remembered and len(redirects.as_requested(old)) > redirects.LONGEST:
            self.report.note(kind, what, "its old address is too long to be kept alive")
