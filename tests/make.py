"""Ready-made rows: everything valid, nothing surprising; a test states what it cares about."""

from datetime import datetime, timedelta
from functools import cache
from io import BytesIO
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, Permission
from PIL import Image as Pillow

from articles.models import Article, Contributor, Image, Note, Section, StandingPage
from articles.paths import slug_from
from comments.models import Comment, Thread
from newsroom.models import User

numbers = count(1)

BODY = "The paper is eleven pages long and has no letterhead.\n\n## What it says\n\nIt lists what each would refuse."


def user(role: str = "editor", **fields: Any) -> User:
    """A member of staff in this role."""
    number = next(numbers)
    names = {"username": f"{role}-{number}", "first_name": role.capitalize(), "last_name": str(number)}
    person = User.objects.create_user(**{**names, "is_staff": True, "password": "correct horse", **fields})
    person.groups.add(Group.objects.get(name=role.capitalize()))
    return person


def subeditor() -> User:
    """Somebody who changes every article and publishes none."""
    person = user("contributor")
    person.user_permissions.add(Permission.objects.get(codename="edit_any_article"))
    return person


def section(path: str = "world/americas", **fields: Any) -> Section:
    """The section at this path, made with its ancestors where missing."""
    parent = None
    for slug in path.split("/"):
        own = fields if path.endswith(slug) else {}
        parent = Section.objects.filter(parent=parent, slug=slug).first() or Section.objects.create(
            parent=parent, slug=slug, **{"name": slug.replace("-", " ").title(), **own}
        )
    assert parent is not None
    return parent


def contributor(name: str = "", **fields: Any) -> Contributor:
    return Contributor.objects.create(name=name or f"Reporter {next(numbers)}", **fields)


def article(
    state: str = "published",
    *,
    section: str = "world/americas",
    at: datetime | None = None,
    by: User | None = None,
    **fields: Any,
) -> Article:
    """An article in this state ("scheduled" needs `at` in the future), published now unless `at` says otherwise.

    Started by `by`; what follows nobody in particular has done.
    """
    number = next(numbers)
    by_default = {
        "headline": f"Ports reopen after strike {number}",
        "body": BODY,
        "standfirst": "Both coasts.",
    }
    started = Article.start(by=by, section=globals()["section"](section), **{**by_default, **fields})
    if state in {"in_review", "approved"}:
        started.submit(by=None, expected=1)
    if state == "approved":
        started.approve(by=None, expected=1)
    if state in {"published", "scheduled", "withdrawn"}:
        started.publish(by=None, expected=1, at=at)
    if state == "withdrawn":
        started.withdraw(by=None, expected=1, reason="It rested on a forged document.")
    return started


def corrected_article(*, hidden: bool = False, kind: str = "correction", **fields: Any) -> Article:
    """Live, changed since it first appeared, with one note for readers; `hidden` keeps what changed from them."""
    changed = article(**fields)
    revision = changed.revise(by=None, body=f"{BODY}\n\nThe pier is 80 metres long.")
    note = Note(kind, "The pier is 80 metres long, not 90.", about="the length of the pier")
    changed.publish(by=None, expected=revision, note=note)
    if hidden:
        changed.hide_changes(by=None, expected=revision, reason="It named a minor.")
    return changed


@cache
def picture_bytes(width: int = 640, height: int = 400, format: str = "JPEG") -> bytes:
    target = BytesIO()
    Pillow.new("RGB", (width, height), "steelblue").save(target, format)
    return target.getvalue()


def image(**fields: Any) -> Image:
    return Image.add(
        picture_bytes(), **{"title": "Harbour", "alt": "Cranes over stacked containers", **fields}
    )


def page(**fields: Any) -> StandingPage:
    """A standing page that readers see; its words are what `fields` say of them."""
    number = next(numbers)
    return StandingPage.put_up(**{"title": f"Page {number}", "slug": f"page-{number}", **fields})


def comment(text: str = "", state: str = "approved", *, article: Any = None, **fields: Any) -> Comment:
    """A reader's comment in this state, under a new article unless one is given."""
    number = next(numbers)
    by_default = {"name": f"Reader {number}", "email": f"reader-{number}@mail.example"}
    thread = Thread.for_article(article or globals()["article"]())
    words = text or f"The harbour master told us this for years, number {number}."
    return thread.restore(text=words, state=state, **{**by_default, **fields})


def hours(number: float) -> Any:
    """A span of time; `timezone.now() - make.hours(2)` reads as it should."""
    return timedelta(hours=number)


def slug(words: str) -> str:
    return slug_from(words)
