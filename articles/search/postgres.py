"""Search in PostgreSQL: a weighted tsvector under a GIN index. No extension is needed."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import connection

from articles.search.query import Query

# The text-search configurations PostgreSQL ships, by the language of the site.
CONFIGURATIONS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "id": "indonesian", "it": "italian", "nb": "norwegian", "nl": "dutch",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip

CREATE = """
    CREATE TABLE articles_search (
        article_id bigint PRIMARY KEY,
        document tsvector NOT NULL
    );
    CREATE INDEX articles_search_document ON articles_search USING gin (document);
"""
INDEX = """
    INSERT INTO articles_search (article_id, document) VALUES (
        %(id)s,
        setweight(to_tsvector(%(config)s::regconfig, %(headline)s), 'A')
            || setweight(to_tsvector(%(config)s::regconfig, %(standfirst)s), 'B')
            || setweight(to_tsvector(%(config)s::regconfig, %(about)s), 'B')
            || setweight(to_tsvector(%(config)s::regconfig, %(body)s), 'D')
    )
    ON CONFLICT (article_id) DO UPDATE SET document = excluded.document
"""
# Ranked first, excerpts cut afterwards: making one costs more than finding the story.
FIND = """
    SELECT best.id, ts_headline(
        %(config)s::regconfig, translate(best.body_text, '<', %(less)s), best.question, %(options)s
    )
    FROM (
        SELECT article.id, article.body_text, article.publish_at, question, ts_rank_cd(document, question, 1) AS rank
        FROM articles_search
            JOIN articles_article AS article ON article.id = article_id,
            websearch_to_tsquery(%(config)s::regconfig, %(query)s) AS question
        WHERE document @@ question AND article.state = 'published' AND article.publish_at <= %(now)s
        ORDER BY rank DESC, article.publish_at DESC
        LIMIT %(limit)s OFFSET %(start)s
    ) AS best
    ORDER BY best.rank DESC, best.publish_at DESC
"""
OPTIONS = "StartSel=\x02, StopSel=\x03, MaxFragments=1, MaxWords=36, MinWords=18"
# PostgreSQL takes “<script>” in a text for a tag and overlooks the rest; our texts hold no tags.
LESS = "\x04"
LONGEST_BODY = 300_000  # bytes; a tsvector holds at most 1 MB of distinct words and their places


def configuration() -> str:
    return CONFIGURATIONS.get(settings.LANGUAGE_CODE.split("-")[0], "simple")


def index(article_id: int, document: Sequence[str]) -> None:
    headline, standfirst, about, body = (text.replace("<", LESS) for text in document)
    facts: dict[str, Any] = {"id": article_id, "headline": headline, "standfirst": standfirst, "about": about}
    with connection.cursor() as cursor:
        cursor.execute(INDEX, {**facts, "body": _beginning(body), "config": configuration()})


def _beginning(body: str) -> str:
    return body.encode()[:LONGEST_BODY].decode(errors="ignore")


def forget(article_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_search WHERE article_id = %s", [article_id])


def find(query: Query, now: Any, start: int, limit: int) -> list[tuple[int, str]]:
    asked = {"query": expression(query), "now": now, "start": start, "limit": limit, "less": LESS}
    with connection.cursor() as cursor:
        cursor.execute(FIND, {**asked, "config": configuration(), "options": OPTIONS})
        return [(article_id, excerpt.replace(LESS, "<")) for article_id, excerpt in cursor.fetchall()]


def expression(query: Query) -> str:
    """websearch_to_tsquery's syntax, which cannot be broken by what is typed."""
    return " ".join(f'{"-" * term.excluded}"{term.text.replace("<", LESS)}"' for term in query.terms)
