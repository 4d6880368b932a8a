"""Every address an item ever had on the old site."""

from collections.abc import Iterator
from urllib.parse import quote

from articles.wordpress.facts import Post
from articles.wordpress.importing.job import Job

NUMBERED = {"page": "page_id"}


def former_paths(job: Job, post: Post) -> Iterator[str]:
    """The permalink, the same with every former slug, and the address by number."""
    start = job.below("")
    if post.id.isdecimal():
        yield f"{start}?{NUMBERED.get(post.type, 'p')}={post.id}"
    if not job.is_here(post.link):
        return
    permalink = job.path_of(post.link)
    if "?" in permalink:
        return
    yield permalink
    for slug in post.details("_wp_old_slug"):
        for spelled in {post.slug, quote(post.slug)}:
            if f"/{spelled}/" in permalink:
                yield f"/{slug}/".join(permalink.rsplit(f"/{spelled}/", 1))
