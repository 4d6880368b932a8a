"""Finding stories by their words. The only room that knows which database is underneath."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

from django.db import connection
from django.utils import timezone

from articles.search import postgres, sqlite
from articles.search.query import Query

if TYPE_CHECKING:
    from articles.models import Article

__all__ = ["MOST", "Hit", "Query", "find", "forget", "index"]

MOST = 200  # nobody reads further; a deep page would only cost


@dataclass(frozen=True)
class Hit:
    """One article found, and the passage that shows why: pieces of text, each marked as matching or not."""

    article_id: int
    excerpt: tuple[tuple[str, bool], ...]


class Vendor(Protocol):
    def index(self, article_id: int, document: Sequence[str]) -> None: ...
    def forget(self, article_id: int) -> None: ...
    def find(self, query: Query, now: Any, start: int, limit: int) -> list[tuple[int, str]]: ...


def vendor() -> Vendor:
    return cast(Vendor, {"postgresql": postgres, "sqlite": sqlite}[connection.vendor])


def index(article: "Article") -> None:
    """Make the article findable by what its row says (whether it is public yet is asked when searching)."""
    names = [byline.contributor.name for byline in article.bylines.select_related("contributor")]
    about = " ".join([*names, article.dateline, *article.tags.values_list("name", flat=True)])
    vendor().index(article.pk, (article.headline, article.standfirst, about, article.body_text))


def forget(article: "Article") -> None:
    vendor().forget(article.pk)


def find(query: Query, *, start: int = 0, limit: int = 20) -> list[Hit]:
    """Public articles holding all the query's words, best first. Two queries at most, none for an empty question."""
    if not query:
        return []
    rows = vendor().find(query, timezone.now(), start, limit)
    return [Hit(article_id, _pieces(excerpt)) for article_id, excerpt in rows]


def _pieces(marked: str) -> tuple[tuple[str, bool], ...]:
    """“…the \\x02steel\\x03 mills…” taken apart, so that templates can mark and escape."""
    pieces = []
    for number, part in enumerate(marked.split("\x02")):
        match, found, rest = part.partition("\x03")
        pieces += [(match, number > 0 and bool(found)), (rest, False)]
    return tuple((text, hit) for text, hit in pieces if text)


def forget_all() -> None:
    """Empty the index; `manage.py rebuild_search` fills it again."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_search")
