"""Comments of a WordPress site, put back under the stories they belong to: threaded, dated and judged as they were.

A comment longer than ours may be is put back in parts, the later ones as answers to the first; one whose marks cannot
be rendered is put back as plain words. Network URLs are not carried over at all.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import tzinfo
from functools import partial
from typing import Any

from articles.models import Article
from comments.models import Comment, State, Thread
from newsroom.foundations import markup
from newsroom.foundations.markup.from_html.literal import escaped
from newsroom.transfer.report import Outcome, Report, Result, Skipped
from newsroom.transfer.wordpress.bodies import missing, passages, to_comment, to_words
from newsroom.transfer.wordpress.facts import Comment as OldComment
from newsroom.transfer.wordpress.facts import Post

KIND = "comments"
STATES = {"1": State.APPROVED, "0": State.PENDING, "spam": State.SPAM, "trash": State.REJECTED}
STATES |= {"approve": State.APPROVED, "hold": State.PENDING, "post-trashed": State.REJECTED}
SPOKEN = {"", "comment"}  # the types of comments that somebody wrote
LONGEST_PART = 4_800  # characters; a comment may have 5,000
LONGEST_PIECE = 900  # characters; escaped, at most five times as long
LONGEST_NAME = 120


def put_back(post: Post, article: Article | None, *, source: str, zone: tzinfo, report: Report) -> None:
    """All comments of one item, those that are answered before their answers."""
    kept: dict[str, Comment] = {}
    thread = Thread.for_article(article) if article else None
    for old in _answered_first(post.comments, zone):
        key = _key(source, post, old)
        write = partial(_put_back, old, kept.get(old.parent), key, zone, report)
        read = partial(_read, thread, old, key)
        result = report.attempt(KIND, f"{old.author}: {old.text}", write, prepare=read)
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


def _read(thread: Thread | None, old: OldComment, key: str) -> tuple[Thread, list[str]]:
    """The conversation it belongs to, and its words unless they are here. Raises Skipped when it is not carried over."""
    if old.type not in SPOKEN:
        raise Skipped(f"a {old.type}, which no reader wrote")
    if thread is None:
        raise Skipped("what it was said about did not become a story here")
    if not old.id:
        raise ValueError("it has no number, so it could not be recognised a second time")
    return thread, [] if Comment.objects.keyed(key) else _parts(old)


def _put_back(
    old: OldComment,
    parent: Comment | None,
    key: str,
    zone: tzinfo,
    report: Report,
    thread: Thread,
    parts: list[str],
) -> Result:
    if already := Comment.objects.keyed(key):
        return Result(Outcome.UNCHANGED, already)
    if parent is None and old.parent not in {"", "0"}:
        report.note(KIND, f"{old.author}: {old.text}", "what it answered is not here; it stands by itself")
    facts: dict[str, Any] = {
        "name": to_words(old.author)[:LONGEST_NAME] or "–",
        "email": old.email if "@" in old.email and len(old.email) <= 254 else "",
        "state": STATES.get(old.approved, State.PENDING),
        "received_at": old.moment(zone) or thread.article.publish_at,
    }
    first, *rest = parts
    if not first.strip():
        raise Skipped("it has no words")
    comment = thread.restore(text=first, key=key, parent=parent, **facts)
    for number, part in enumerate(rest, 2):
        thread.restore(text=part, key=f"{key}:{number}", parent=comment, **facts)
    if rest:
        report.note(KIND, f"{old.author}: {old.text}", "too long for one comment; put back in parts")
    return Result(Outcome.CREATED, comment)


def _parts(old: OldComment) -> list[str]:
    """The words in as many comments as they need: with their marks if every part can be rendered, else without."""
    converted = to_comment(old.text)
    marked = list(_packed(converted.markdown.split("\n\n")))
    if not missing(converted.html, "\n".join(map(_shown, marked))) or not passages(converted.html):
        return marked
    pieces = [piece for passage in passages(converted.html) for piece in _pieces(passage)]
    return list(_packed([escaped(piece) for piece in pieces]))


def _packed(paragraphs: Iterable[str]) -> Iterator[str]:
    """Paragraphs joined into as few parts as fit."""
    part = ""
    for paragraph in paragraphs:
        if part and len(part) + len(paragraph) > LONGEST_PART:
            yield part
            part = ""
        part = f"{part}\n\n{paragraph}" if part else paragraph
    yield part


def _pieces(passage: str) -> Iterator[str]:
    """A passage cut at blanks, where it must be cut, so short that no escaping makes it too long."""
    while len(passage) > LONGEST_PIECE:
        cut = passage.rfind(" ", 1, LONGEST_PIECE) + 1 or LONGEST_PIECE
        yield passage[:cut]
        passage = passage[cut:]
    yield passage


def _shown(text: str) -> str:
    """What readers would see of it; nothing when it cannot be rendered."""
    try:
        return markup.comment_html(text).text
    except markup.MarkupRefused:
        return ""
