"""Search in SQLite: an FTS5 table whose rowid is the article's. English stemming, accents folded."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from articles.search.query import Query

CREATE = """
    CREATE VIRTUAL TABLE articles_search USING fts5(
        headline, standfirst, about, body, tokenize = 'porter unicode61 remove_diacritics 2'
    )
"""
FIND = """
    SELECT article.id, snippet(articles_search, 3, char(2), char(3), '…', 32)
    FROM articles_search JOIN articles_article AS article ON article.id = articles_search.rowid
    WHERE articles_search MATCH %s AND article.state = 'published' AND article.publish_at <= %s
    ORDER BY bm25(articles_search, 10.0, 4.0, 5.0, 1.0), article.publish_at DESC
    LIMIT %s OFFSET %s
"""


def index(article_id: int, document: Sequence[str]) -> None:
    forget(article_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO articles_search (rowid, headline, standfirst, about, body) VALUES (%s, %s, %s, %s, %s)",
            [article_id, *document],
        )


def forget(article_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_search WHERE rowid = %s", [article_id])


def find(query: Query, now: Any, start: int, limit: int) -> list[tuple[int, str]]:
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(FIND, [expression(query), moment, limit, start])
        return cursor.fetchall()


def expression(query: Query) -> str:
    """FTS5's own syntax; every term is quoted, so nothing a reader types is an operator."""
    wanted = " AND ".join(f'"{term.text}"' for term in query.terms if not term.excluded)
    unwanted = "".join(f' NOT "{term.text}"' for term in query.terms if term.excluded)
    return f"({wanted}){unwanted}"
