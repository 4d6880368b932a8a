"""Every URL an item ever had on the old site."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from articles.redirects import as_requested
from newsroom.transfer.wordpress.facts import Post
from newsroom.transfer.wordpress.importing.job import Job

NUMBERED = {"page": "page_id"}
HALF_A_BYTE = re.compile(r"%[0-9A-Fa-f]?$")


def slug_there(written: str) -> str:
    """A slug of the old site, in letters. WordPress keeps it percent-encoded in 200 bytes and cuts it where these end,
    inside a letter too: what is left of that letter is dropped."""
    return unquote(HALF_A_BYTE.sub("", written), errors="ignore")


def archive_paths(job: Job, path: str) -> set[str]:
    """The path of an archive below the old site's start, “category/world/asia/”, as it was and with no slug cut."""
    mended = "/".join(map(slug_there, path.split("/")))
    return {as_requested(job.below(path)), as_requested(job.below(mended))}


def former_paths(job: Job, post: Post) -> Iterator[str]:
    """The permalink, the same with every former slug, and the URL by number. Where a slug was cut inside a letter,
    the permalink also without the rest of it, as people mend it when they type it."""
    start = job.below("")
    if post.id.isdecimal():
        yield f"{start}?{NUMBERED.get(post.type, 'p')}={post.id}"
    if not job.is_here(post.link):
        return
    permalink = job.path_of(post.link)
    if "?" in permalink:
        return
    yield permalink
    slug = as_requested(f"/{post.slug}/")
    if slug not in permalink:
        return
    for former in post.details("_wp_old_slug"):
        yield as_requested(f"/{former}/").join(permalink.rsplit(slug, 1))
    if (mended := f"/{slug_there(post.slug)}/") != slug:
        yield mended.join(permalink.rsplit(slug, 1))
