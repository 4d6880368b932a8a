"""Finding stories by their words. The only room that knows which database is underneath.

The index holds every story: those readers may see by the moment they may, those they may not as if that moment never
came. Nobody waits for a word that stands in half the archive: of the stories that match, the newest are ranked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Protocol, cast

from django.db import connection
from django.utils import timezone

from articles.search import postgres, sqlite
from articles.search.query import Query, TakesTooLong
from articles.search.words import as_written
from newsroom.foundations.db.short_transactions import short_transaction

if TYPE_CHECKING:
    from articles.models import Article

__all__ = ["MOST", "RANKED", "Hit", "Query", "TakesTooLong", "find", "index", "index_all", "matching"]

MOST = 200  # nobody reads further; a deep page would only cost
RANKED = 500  # of the stories that match, so many of the newest are compared
AT_ONCE = 25  # stories indexed by one statement, for SQLite takes some milliseconds for each


@dataclass(frozen=True)
class Hit:
    """One article found, and the passage that shows why: pieces of text, each marked as matching or not."""

    article_id: int
    excerpt: tuple[tuple[str, bool], ...]


class Vendor(Protocol):
    def index(self, keys: Sequence[int]) -> None: ...
    def forget_all(self) -> None: ...
    def find(
        self, query: Query, now: datetime, start: int, limit: int, ranked: int
    ) -> list[tuple[int, str]]: ...
    def matching(self, query: Query, limit: int) -> list[int]: ...


def vendor() -> Vendor:
    return cast(Vendor, {"postgresql": postgres, "sqlite": sqlite}[connection.vendor])


def index(article: "Article") -> None:
    """Make the article findable by what its row says: by readers once they may see it, by the desk at once."""
    vendor().index([article.pk])


def index_all(keys: Iterable[int]) -> int:
    """The same for many, in transactions of a few. Returns how many."""
    done, waiting = 0, iter(keys)
    while some := list(islice(waiting, AT_ONCE)):
        with short_transaction():
            vendor().index(some)
        done += len(some)
    return done


def find(query: Query, *, start: int = 0, limit: int = 20) -> list[Hit]:
    """Public articles holding all the query's words: of the newest five hundred, the best first.

    As many queries for a common word as for a rare one, but for two. Raises TakesTooLong.
    """
    if not query:
        return []
    rows = vendor().find(query, timezone.now(), start, limit, RANKED)
    return [Hit(article_id, _pieces(as_written(excerpt))) for article_id, excerpt in rows]


def matching(query: Query, limit: int) -> list[int]:
    """The keys of articles in any state that hold the query's words: what readers have not seen yet first, then the
    newest. Whoever asks says who may see them. Raises TakesTooLong."""
    return vendor().matching(query, limit) if query else []


def _pieces(marked: str) -> tuple[tuple[str, bool], ...]:
    """“…the \\x02steel\\x03 mills…” taken apart, so that templates can mark and escape."""
    pieces = []
    for number, part in enumerate(marked.split("\x02")):
        match, found, rest = part.partition("\x03")
        pieces += [(match, number > 0 and bool(found)), (rest, False)]
    return tuple((text, hit) for text, hit in pieces if text)


def forget_all() -> None:
    """Empty the index; `manage.py rebuild_search` fills it again."""
    vendor().forget_all()
