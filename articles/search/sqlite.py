"""Search in SQLite: an FTS5 table. English stemming, accents folded; other marks belong to their letters.

FTS5 walks what matches in the order of its rowids, backwards too, and stops when told to. So a story's rowid is its
place in time: the minute it was published in, then its key. To weigh words (bm25) FTS5 counts each in the whole
archive: that is done for questions with few answers. Of many, the newest with the words in their headline come first.
"""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import OperationalError, connection

from articles.search.query import Query, TakesTooLong, Term
from articles.search.words import indexed

PATIENCE = 2.0  # seconds for a question
STEPS = 10_000  # of SQLite's machine between two looks at the clock

CREATE = """
    CREATE VIRTUAL TABLE articles_search USING fts5(
        headline, standfirst, about, body,
        tokenize = "porter unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
    )
"""
CREATE_PLACES = "CREATE TABLE articles_search_places (article_id integer PRIMARY KEY, place integer NOT NULL)"
TABLES = [CREATE, CREATE_PLACES]

KEY_BITS, ANY_KEY = 32, 2**32 - 1  # the lower half of a place
NEVER = 2**31 - 1  # the minute readers will see what they may not see: beyond all others
YEAR_ONE = datetime(1, 1, 1, tzinfo=UTC)
UNTIL_1970 = 62_135_596_800  # seconds since then

FORGET = """
    DELETE FROM articles_search
    WHERE rowid IN (SELECT place FROM articles_search_places WHERE article_id IN (SELECT value FROM json_each(%s)))
"""
FORGET_PLACES = "DELETE FROM articles_search_places WHERE article_id IN (SELECT value FROM json_each(%s))"
TAKE_PLACES = """
    INSERT INTO articles_search_places (article_id, place)
    SELECT id, (CASE state
            WHEN 'published' THEN (CAST(strftime('%%s', publish_at) AS integer) + %s) / 60
            ELSE %s
        END << 32) | id
    FROM articles_article WHERE id IN (SELECT value FROM json_each(%s))
"""
INDEX = """
    INSERT INTO articles_search (rowid, headline, standfirst, about, body)
    SELECT place, as_indexed(headline), as_indexed(standfirst), as_indexed(
        dateline
            || coalesce((SELECT ' ' || group_concat(name, ' ') FROM articles_byline
                JOIN articles_contributor AS person ON person.id = contributor_id WHERE article_id = article.id), '')
            || coalesce((SELECT ' ' || group_concat(name, ' ') FROM articles_taggedarticle
                JOIN articles_tag AS tag ON tag.id = tag_id WHERE content_object_id = article.id), '')
        ), as_indexed(CASE WHEN adopted_id IS NULL THEN body ELSE body_text END)
    FROM articles_search_places JOIN articles_article AS article ON article.id = article_id
    WHERE article_id IN (SELECT value FROM json_each(%s))
"""
NEWEST = """
    SELECT rowid FROM articles_search WHERE articles_search MATCH %s AND rowid BETWEEN %s AND %s
    ORDER BY rowid DESC LIMIT %s
"""
WEIGHED = """
    SELECT rowid FROM articles_search WHERE articles_search MATCH %s AND rowid BETWEEN %s AND %s
    ORDER BY bm25(articles_search, 10.0, 4.0, 5.0, 1.0), rowid DESC LIMIT %s
"""
SHOWN = """
    SELECT articles_search.rowid, article.id, snippet(articles_search, 3, char(2), char(3), '…', 32)
    FROM articles_search JOIN articles_article AS article ON article.id = articles_search.rowid & 4294967295
    WHERE articles_search MATCH %s AND articles_search.rowid IN (SELECT value FROM json_each(%s))
        AND article.state = 'published' AND article.publish_at <= %s
"""


def index(keys: Sequence[int]) -> None:
    these = json.dumps(list(keys))
    with connection.cursor() as cursor:
        connection.connection.create_function("as_indexed", 1, indexed, deterministic=True)
        cursor.execute(FORGET, [these])
        cursor.execute(FORGET_PLACES, [these])
        cursor.execute(TAKE_PLACES, [UNTIL_1970, NEVER, these])
        cursor.execute(INDEX, [these])


def forget_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_search")
        cursor.execute("DELETE FROM articles_search_places")


def find(query: Query, now: datetime, start: int, limit: int, ranked: int) -> list[tuple[int, str]]:
    with patient() as cursor:
        found = _keys(cursor, NEWEST, expression(query), 0, minute(now) << KEY_BITS | ANY_KEY, ranked)
        best = _best(cursor, query, found, start + limit, few=len(found) < ranked)[start:]
        moment = connection.ops.adapt_datetimefield_value(now)
        cursor.execute(SHOWN, [expression(query), json.dumps(best), moment])
        shown = {place: (key, excerpt) for place, key, excerpt in cursor.fetchall()}
    return [shown[place] for place in best if place in shown]


def _best(cursor: Any, query: Query, newest: list[int], count: int, *, few: bool) -> list[int]:
    """Of these places the best, in order: weighed if they are few, else those with the words in their headline first."""
    if not newest:
        return []
    between = newest[-1], newest[0]
    if few:
        return _keys(cursor, WEIGHED, expression(query), *between, count)
    first = _keys(cursor, NEWEST, expression(query, column="headline"), *between, count)
    return [*first, *(place for place in newest if place not in set(first))][:count]


def matching(query: Query, limit: int) -> list[int]:
    """A word that itself stands in as many stories as are asked for is not looked for as a beginning of others: FTS5
    gathers all there are of those before it can say which are the newest."""
    with patient() as cursor:
        places = _keys(cursor, NEWEST, expression(query.whole), 0, 2**63 - 1, limit)
        if len(places) < limit and query != query.whole:
            places = _keys(cursor, NEWEST, expression(query), 0, 2**63 - 1, limit)
    return [place & ANY_KEY for place in places]


def _keys(cursor: Any, sql: str, *asked: Any) -> list[int]:
    cursor.execute(sql, asked)
    return [key for (key,) in cursor.fetchall()]


@contextmanager
def patient() -> Iterator[Any]:
    """A cursor that waits only so long. Raises TakesTooLong."""
    end = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        connection.connection.set_progress_handler(lambda: time.monotonic() > end, STEPS)
        try:
            yield cursor
        except OperationalError as problem:
            if "interrupted" in str(problem):
                raise TakesTooLong from problem
            raise
        finally:
            connection.connection.set_progress_handler(None, 0)


def minute(moment: datetime) -> int:
    """Minutes since the year 1, as places count them."""
    return int((moment - YEAR_ONE).total_seconds()) // 60


def expression(query: Query, column: str = "") -> str:
    """FTS5's own syntax; every term is quoted, so nothing a reader types is an operator."""
    wanted = " AND ".join(_quoted(term) for term in query.wanted)
    unwanted = "".join(f" NOT {_quoted(term)}" for term in query.unwanted)
    return f"({column} : ({wanted})){unwanted}" if column else f"({wanted}){unwanted}"


def _quoted(term: Term) -> str:
    return f'"{term.text}"' + " *" * term.is_beginning
