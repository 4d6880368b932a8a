"""Comments of a WordPress site, put back under the stories they belong to: threaded, dated and judged as they were.

A comment longer than ours may be is put back in parts, the later ones as answers to the first; one whose marks cannot
be rendered is put back as plain words. Network addresses are not carried over at all.
"""

import hashlib
from collections.abc import Iterator
from datetime import tzinfo
from functools import partial

from articles.imports import Outcome, Report, Result, Skipped
from articles.models import Article
from articles.wordpress.bodies import missing, to_comment, to_words
from articles.wordpress.bodies.escaping import escaped
from articles.wordpress.facts import Comment as OldComment
from articles.wordpress.facts import Post
from comments.models import Comment, State, Thread
from newsroom.foundations import markup

KIND = "comments"
STATES = {"1": State.APPROVED, "0": State.PENDING, "spam": State.SPAM, "trash": State.REJECTED}
STATES |= {"approve": State.APPROVED, "hold": State.PENDING, "post-trashed": State.REJECTED}
SPOKEN = {"", "comment"}  # the types of comments that somebody wrote
PART = 4_000  # characters of a comment too long to be kept in one; our limit, with room for what escaping adds
LONGEST_NAME = 120


def put_back(post: Post, article: Article | None, *, source: str, zone: tzinfo, report: Report) -> None:
    """All comments of one item, those that are answered before their answers."""
    kept: dict[str, Comment] = {}
    thread = Thread.for_article(article) if article else None
    for old in _answered_first(post.comments, zone):
        step = partial(_put_back, thread, old, kept.get(old.parent), _key(source, post, old), zone, report)
        result = report.attempt(KIND, f"{old.author}: {old.text}", step)
        if result.thing:
            kept[old.id] = result.thing


def _answered_first(comments: tuple[OldComment, ...], zone: tzinfo) -> Iterator[OldComment]:
    """Oldest first, but no answer before what it answers. Those in a circle come last, as they are."""
    waiting: dict[str, list[OldComment]] = {}
    numbers = {comment.id for comment in comments}
    in_order = sorted(comments, key=lambda one: (str(one.moment(zone)), len(one.id), one.id))
    for comment in in_order:
        answered = comment.parent if comment.parent in numbers and comment.parent != comment.id else ""
        waiting.setdefault(answered, []).append(comment)
    ready = waiting.pop("", [])
    for comment in ready:  # grows while it is walked
        yield comment
        ready += waiting.pop(comment.id, [])
    for circle in waiting.values():
        yield from circle


def _key(source: str, post: Post, old: OldComment) -> str:
    told = "\n".join([source, post.guid or post.id, old.id])
    return f"wordpress:{hashlib.sha256(told.encode()).hexdigest()}"


def _put_back(
    thread: Thread | None, old: OldComment, parent: Comment | None, key: str, zone: tzinfo, report: Report
) -> Result:
    if old.type not in SPOKEN:
        raise Skipped(f"a {old.type}, which no reader wrote")
    if thread is None:
        raise Skipped("what it was said about did not become a story here")
    if not old.id:
        raise ValueError("it has no number, so it could not be recognised a second time")
    if already := Comment.objects.keyed(key):
        return Result(Outcome.UNCHANGED, already)
    if parent is None and old.parent not in {"", "0"}:
        report.note(KIND, f"{old.author}: {old.text}", "what it answered is not here; it stands by itself")
    facts = {
        "name": to_words(old.author)[:LONGEST_NAME] or "–",
        "email": old.email if "@" in old.email and len(old.email) <= 254 else "",
        "state": STATES.get(old.approved, State.PENDING),
        "received_at": old.moment(zone),
    }
    first, *rest = _parts(old)
    comment = thread.restore(text=first, key=key, parent=parent, **facts)
    for number, part in enumerate(rest, 2):
        thread.restore(text=part, key=f"{key}:{number}", parent=comment, **facts)
    if rest:
        report.note(KIND, f"{old.author}: {old.text}", "too long for one comment; put back in parts")
    return Result(Outcome.CREATED, comment)


def _parts(old: OldComment) -> list[str]:
    """The words in as many comments as they need, with their marks if these can be rendered, else without."""
    converted = to_comment(old.text)
    if len(converted.markdown) <= markup.COMMENT.characters and _shows_all(converted.markdown, converted.html):
        return [converted.markdown]
    words = "\n\n".join(escaped(line) for line in to_words_by_line(converted.html))
    return list(_pieces(words))


def _shows_all(text: str, html: str) -> bool:
    try:
        return not missing(html, markup.comment_html(text).text)
    except markup.MarkupRefused:
        return False


def to_words_by_line(html: str) -> list[str]:
    raise NotImplementedError
