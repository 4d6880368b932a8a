"""What a story said before: the versions readers have seen, compared word by word. Never what they have not seen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from articles.comparing import Piece, compared
from articles.models import Article, Revision
from articles.models.events import Seen, seen_by_readers
from newsroom.foundations import markup

A_PAGE = 5  # comparisons
# What readers have read as words of the story. The text is compared as it was laid out: its Markdown may hold remarks
# that no reader has seen.
COMPARED = {
    "kicker": _("Kicker"),
    "headline": _("Headline"),
    "standfirst": _("Standfirst"),
    "dateline": _("Place"),
    "body": _("Text"),
    "picture_caption": _("Caption"),
}


@dataclass(frozen=True)
class Difference:
    """One part of the story that differs: its name, and the newer words with what went out and came in marked."""

    label: Any
    pieces: list[Piece]


@dataclass(frozen=True)
class Change:
    """One change that readers could see, and when they could."""

    at: datetime
    differences: list[Difference]


class Page(NamedTuple):
    """Some of the changes, newest first; `older` is a link, empty at the end."""

    changes: list[Change]
    older: str


def page(article: Article, before: str | None) -> Page:
    """The changes before the event of this number, or the newest. Two queries. Raises Http404 for any other number."""
    seen = seen_by_readers(article.pk)
    ends = {str(each.event): place for place, each in enumerate(seen)}
    if before is not None and not ends.get(before):
        raise Http404
    last = ends[before] + 1 if before is not None else len(seen)
    shown = seen[max(0, last - A_PAGE - 1) : last]
    older = f"?before={shown[0].event}" if last - A_PAGE > 1 else ""
    return Page(list(_changes(shown))[::-1], older)


def _changes(seen: Sequence[Seen]) -> Iterator[Change]:
    """From each version to the next."""
    content = dict(
        Revision.objects.filter(pk__in=[each.revision for each in seen]).values_list("pk", "content")
    )
    words = [_words(content[each.revision]) for each in seen]
    for each, old, new in zip(seen[1:], words, words[1:], strict=False):
        differences = [
            Difference(label, list(compared(old[name], new[name])))
            for name, label in COMPARED.items()
            if old[name] != new[name]
        ]
        if differences:
            yield Change(each.at, differences)


def _words(content: dict[str, Any]) -> dict[str, str]:
    return {
        name: _laid_out(content[name]) if name == "body" else str(content.get(name) or "")
        for name in COMPARED
    }


def _laid_out(body: str) -> str:
    try:
        return markup.article_html(body, pictures=lambda _named: {}).text
    except markup.MarkupRefused:  # a limit lowered since
        return ""
