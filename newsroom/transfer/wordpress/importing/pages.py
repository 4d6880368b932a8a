"""Pages become standing pages. Ours are flat and always public: what was not public there stays behind."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError

from articles.models import Image, StandingPage, TopLevelPath
from articles.models.page_history import WORDS
from articles.paths import slug_from
from newsroom.transfer.models import ImportRef
from newsroom.transfer.report import Result, Skipped, bring, values_of
from newsroom.transfer.wordpress.facts import Post
from newsroom.transfer.wordpress.importing.former_urls import former_paths, slug_there
from newsroom.transfer.wordpress.importing.job import Job
from newsroom.transfer.wordpress.importing.texts import Text, fitted

KIND = "pages"
CARRIED = ("title", "slug", "body", "in_footer", "order")
LONGEST_TITLE = 160


def carry(job: Job, post: Post) -> Result:
    what = post.title or post.slug or post.id
    return job.report.attempt(KIND, what, partial(_carry_one, job, post), prepare=partial(_read, job, post))


def _read(job: Job, post: Post) -> tuple[Text]:
    """What it says. Raises Skipped when readers could not see it there."""
    if post.status != "publish":
        raise Skipped(f"pages are always public here, and it was {post.status or 'without a status'}")
    if post.password:
        raise Skipped("pages are always public here, and it had a password")
    return (fitted(job, KIND, post, longest_title=LONGEST_TITLE, pictures=Image.objects.figures),)


def _carry_one(job: Job, post: Post, text: Text) -> Result:
    origin = job.origin_of(post)
    ref = ImportRef.objects.of(origin)
    here = ref.row_among(StandingPage.objects) if ref else None
    content = _content(job, post, text, here)
    result = bring(
        origin,
        content,
        StandingPage.objects,
        make=lambda: StandingPage.put_up(**content),
        change=lambda page: _change(page, content),
        imprint=_imprint,
    )
    if result.thing:
        for path in former_paths(job, post):
            job.remember(path, result.thing.get_absolute_url(), kind=KIND, what=post.title)
    return result


def _content(job: Job, post: Post, text: Text, here: StandingPage | None) -> dict[str, Any]:
    if post.parent not in {"", "0"}:
        job.report.note(
            KIND, post.title or post.id, "it was below another page; pages here stand side by side"
        )
    slug = next(slug for slug in _spellings(post) if _is_free(slug, here))
    return {
        "title": text.headline,
        "slug": slug,
        "body": text.body,
        "in_footer": False,
        "order": 100 + post.menu_order,
    }


def _change(page: StandingPage, content: dict[str, Any]) -> None:
    """What the source says now becomes the next version, which readers see at once."""
    words = {name: content[name] for name in WORDS}
    page.stand(by=None, in_footer=content["in_footer"], order=content["order"])
    page.publish(by=None, expected=page.revise(by=None, **words))


def _imprint(page: StandingPage) -> str:
    """Whoever has saved a version of it here has worked on it, though readers may not see that yet."""
    return values_of(*CARRIED)(page.as_written())


def _spellings(post: Post) -> Iterator[str]:
    plain = slug_from(slug_there(post.slug)) or slug_from(post.title, fallback=f"page-{post.id}")
    yield plain
    yield f"{plain[:60]}-page"
    yield from (f"{plain[:60]}-{number}" for number in range(2, 10_000))


def _is_free(slug: str, here: StandingPage | None) -> bool:
    try:
        TopLevelPath.require_free(slug, page=here)
    except ValidationError:
        return False
    return True
