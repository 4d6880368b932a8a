"""Posts become articles, in the state and with the dates they had. What readers could not see there, they do not
see here."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.core.validators import URLValidator
from django.utils import timezone

from articles.models import Article, Image, Revision, State
from articles.models.revisions import FIRST, stored
from articles.paths import slug_from
from newsroom.transfer.models import ImportRef
from newsroom.transfer.report import Outcome, Result, Skipped, bring, cut, free_slug
from newsroom.transfer.wordpress.facts import Label, Post
from newsroom.transfer.wordpress.importing import people, sections
from newsroom.transfer.wordpress.importing.former_urls import former_paths, slug_there
from newsroom.transfer.wordpress.importing.job import Job
from newsroom.transfer.wordpress.importing.texts import Text, fitted

KIND = "posts"
LONGEST_HEADLINE = 200
LONGEST_STANDFIRST = 500
PLAIN_FORMATS = {"", "standard", "aside", "status", "link"}


@dataclass(frozen=True)
class Standing:
    """Where a post stood: the verb that brings an article there, the time it takes, and what an editor should know."""

    verb: str = ""
    at: datetime | None = None
    remark: str = ""


def carry(job: Job, post: Post) -> Article | None:
    """The article it became, also when it was here already."""
    what = post.title or post.slug or post.id
    carry_one = partial(_carry_one, job, post, what)
    result = job.report.attempt(KIND, what, carry_one, prepare=partial(_read, job, post))
    article: Article | None = result.thing
    if article and article.is_live:
        for path in former_paths(job, post):
            job.remember(path, article.get_absolute_url(), kind=KIND, what=what)
    return article


def _read(job: Job, post: Post) -> tuple[Text]:
    """What it says. Raises Skipped when it is not to be carried over."""
    if not post.id:
        raise ValueError("it has no number, so it could not be recognised a second time")
    if post.status in {"trash", "auto-draft", "inherit"}:
        raise Skipped(f"its status is “{post.status}”")
    lengths = {"longest_title": LONGEST_HEADLINE, "longest_standfirst": LONGEST_STANDFIRST}
    return (fitted(job, KIND, post, pictures=Image.objects.figures, **lengths),)


def _carry_one(job: Job, post: Post, what: str, text: Text) -> Result:
    origin = job.origin_of(post)
    ref = ImportRef.objects.of(origin)
    moment = post.moment(job.zone)
    standing = _standing(post, moment)
    content = _content(job, post, text, ref.object_id if ref else None, moment)
    if standing.verb == "publish" and not content["body"].strip():
        standing = Standing(
            remark="published there without any text; readers would find nothing, so it is a draft"
        )
    if standing.remark:
        job.report.note(KIND, what, standing.remark)
    result = bring(
        origin,
        {**stored(content), "status": post.status, "moment": moment, "password": bool(post.password)},
        Article.objects,
        make=lambda: _make(job, post, content, standing),
        change=lambda article: _change(article, content, standing),
        imprint=lambda article: f"{article.latest_revision.number} {article.state}",
    )
    if result.outcome is Outcome.CREATED and post.is_sticky:
        job.report.note(KIND, what, "it was sticky; what leads the front page is chosen at the desk")
    return result


def _standing(post: Post, moment: datetime | None) -> Standing:
    """The table of statuses. Nothing becomes public that was not, and nothing by surprise."""
    if post.password:
        return Standing(remark="it had a password; it is a draft here")
    if post.status == "publish" and moment is None:
        return Standing(remark="published there without a readable date; it is a draft here")
    if post.status == "publish":
        return Standing("publish", moment)
    if post.status == "future" and moment and moment > timezone.now():
        return Standing("publish", moment)
    if post.status == "future":
        return Standing(remark="its time came during the move; it is a draft here, to be published by hand")
    if post.status == "pending":
        return Standing("submit")
    if post.status == "draft":
        return Standing()
    return Standing(remark=f"its status was “{post.status}”; it is a draft here")


def _make(job: Job, post: Post, content: dict[str, Any], standing: Standing) -> Article:
    note = f"Imported from {job.source}, number {post.id}. {standing.remark}".strip()
    article = Article.start(by=None, note=cut(note, 200), **content)
    _move(article, FIRST, standing)
    return article


def _change(article: Article, content: dict[str, Any], standing: Standing) -> None:
    if article.state == State.PUBLISHED and standing.verb != "publish":
        raise Skipped("no longer public on the old site; withdraw it here if readers should lose it", article)
    scheduled_for = article.publish_at if article.is_scheduled else standing.at
    written = article.revise(by=None, note="Imported again.", **content)
    _move(article, written, Standing(standing.verb, scheduled_for))


def _move(article: Article, written: Revision | int, standing: Standing) -> None:
    if standing.verb == "submit" and article.can("submit"):
        article.submit(by=None, expected=written)
    if standing.verb == "publish" and not _is_before_readers(article):
        article.publish(by=None, expected=written, at=standing.at, minor=True)


def _is_before_readers(article: Article) -> bool:
    """Readers see all of what was imported: to publish it again would be no update."""
    return article.is_live and not article.has_unpublished_words


def _content(
    job: Job, post: Post, text: Text, article_id: int | None, moment: datetime | None
) -> dict[str, Any]:
    """All an article holds, from all a post says."""
    section, other_categories = sections.section_of(job, post)
    return {
        "headline": text.headline,
        "standfirst": text.standfirst,
        "body": text.body,
        "slug": _slug(job, post, text.headline, moment, article_id),
        "kicker": _format(post),
        "section": section,
        "picture": _lead_picture(job, post),
        "bylines": people.bylines(job, post),
        "tags": _tags(job, post, other_categories),
        "comment_policy": Article.CommentPolicy.DEFAULT
        if post.comment_status == "open"
        else Article.CommentPolicy.CLOSED,
        "seo_title": _seo(post, "_yoast_wpseo_title", "rank_math_title")[:120],
        "seo_description": _seo(post, "_yoast_wpseo_metadesc", "rank_math_description")[:320],
        "canonical_url": _canonical(job, post),
    }


def _slug(job: Job, post: Post, headline: str, moment: datetime | None, article_id: int | None) -> str:
    """The slug it had; with a number when another story of that day has it."""
    plain = slug_from(slug_there(post.slug)) or slug_from(headline, fallback=f"story-{post.id}")
    slug = free_slug(plain, timezone.localdate(moment) if moment else None, article_id)
    if slug != plain:
        job.report.note(
            KIND, post.title or post.id, f"another story of its day is at “{plain}”; it is at “{slug}”"
        )
    return slug


def _format(post: Post) -> str:
    """Post formats (“Gallery”, “Quote”) become the label above the headline."""
    for label in post.labelled("post_format"):
        if label.slug.removeprefix("post-format-") not in PLAIN_FORMATS:
            return label.name[:60]
    return ""


def _lead_picture(job: Job, post: Post) -> Image | None:
    picture = job.became("attachment", post.detail("_thumbnail_id"), Image.objects)
    if picture is None and post.detail("_thumbnail_id"):
        job.report.note(KIND, post.title or post.id, "its lead picture is not here")
    return picture


def _tags(job: Job, post: Post, other_categories: list[Label]) -> list[str]:
    """Its tags, then the categories that did not become its section. Hand-made files do not say which is which."""
    undomained = [label for label in post.labelled("") if label.name.casefold() != sections.DEFAULT]
    if others := ", ".join(label.name for label in (*other_categories, *undomained)):
        job.report.note(KIND, f"{post.title or post.id}: {others}", "further categories became tags")
    return [label.name for label in (*post.labelled("post_tag"), *other_categories, *undomained)]


def _seo(post: Post, *keys: str) -> str:
    """Written by hand; a plugin's pattern such as “%%title%% %%sep%%” means nothing here."""
    value = next((post.detail(key) for key in keys if post.detail(key)), "")
    return "" if "%" in value else " ".join(value.split())


def _canonical(job: Job, post: Post) -> str:
    """Where it was first published, if that was on another site."""
    url = post.detail("_yoast_wpseo_canonical")
    if not url or job.is_here(url) or len(url) > 500 or urlsplit(url).scheme not in {"http", "https"}:
        return ""
    URLValidator()(url)
    return url
