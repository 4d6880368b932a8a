"""Search in PostgreSQL: a weighted tsvector under a GIN index. No extension is needed.

A GIN index has no order, and a common word is in half of it. So a document holds, beside its words, the month and the
year it was published in, which no word can be: a question asked of the latest months first is answered by the index
alone, at the cost of those months. Beside the index the table is small; the documents themselves, which are read only
to rank, lie outside it.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from articles.search.query import Query, TakesTooLong, Term
from articles.search.words import indexed

# The text-search configurations PostgreSQL ships, by the language of the site.
CONFIGURATIONS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "id": "indonesian", "it": "italian", "nb": "norwegian", "nl": "dutch",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip

PATIENCE = 2000  # milliseconds for each statement of a question
LOOKED_AT = 4  # times as many stories hold the words of a phrase as are asked for the phrase
RARE = 0.05  # of the stories wanted; a word with fewer in two months has few in all
STOPPED = "57014"  # PostgreSQL's code for a statement that was cancelled

CREATE = """
    CREATE TABLE articles_search (
        article_id bigint PRIMARY KEY,
        seen_from timestamptz NOT NULL,
        document tsvector NOT NULL
    ) WITH (toast_tuple_target = 128);
    CREATE INDEX articles_search_document ON articles_search USING gin (document) WITH (gin_pending_list_limit = 256);
"""
TABLES = [CREATE]
# PostgreSQL takes “<script>” in a text for a tag and overlooks the rest; our texts hold no tags.
LESS = "\x04"
# A tsvector holds at most 1 MB of distinct words and their places; 300,000 bytes of text never make more.
MOST_BYTES = 300_000

UNSEEN = "#unseen"  # at the time of indexing, which is repeated when that changes
DOCUMENTS = """
    SELECT article.id, headline, standfirst,
        concat_ws(' ',
            (SELECT string_agg(name, ' ') FROM articles_byline JOIN articles_contributor AS person
                ON person.id = contributor_id WHERE article_id = article.id),
            dateline,
            (SELECT string_agg(name, ' ') FROM articles_taggedarticle JOIN articles_tag AS tag
                ON tag.id = tag_id WHERE content_object_id = article.id)
        ) AS about,
        CASE WHEN adopted_id IS NULL THEN body ELSE body_text END
    FROM articles_article AS article WHERE id = ANY(%s)
"""
INDEX = """
    INSERT INTO articles_search (article_id, seen_from, document)
    SELECT article.id, seen_from,
        setweight(to_tsvector(%(config)s::regconfig, written.headline), 'A')
            || setweight(to_tsvector(%(config)s::regconfig, written.standfirst), 'B')
            || setweight(to_tsvector(%(config)s::regconfig, written.about), 'B')
            || setweight(to_tsvector(%(config)s::regconfig, written.body), 'D')
            || array_to_tsvector(
                CASE WHEN isfinite(seen_from) THEN ARRAY[
                    to_char(seen_from AT TIME ZONE 'UTC', '"#"YYYY'), to_char(seen_from AT TIME ZONE 'UTC', '"#"YYYY-MM')
                ] ELSE ARRAY[]::text[] END
                || CASE WHEN seen_from > %(now)s THEN ARRAY[%(unseen)s] ELSE ARRAY[]::text[] END
            )
    FROM unnest(%(keys)s::bigint[], %(headlines)s::text[], %(standfirsts)s::text[], %(about)s::text[], %(bodies)s::text[])
            AS written (id, headline, standfirst, about, body)
        JOIN articles_article AS article ON article.id = written.id,
        LATERAL (SELECT CASE state WHEN 'published' THEN publish_at ELSE 'infinity' END AS seen_from) AS readers
    ON CONFLICT (article_id) DO UPDATE SET seen_from = excluded.seen_from, document = excluded.document
"""
# Each setting ends with the transaction. Reading the whole table looks cheap to a planner that knows how small it is
# and forgets that the documents lie elsewhere.
GUARD = """
    SELECT set_config('statement_timeout', %s, true), set_config('enable_seqscan', 'off', true),
        set_config('jit', 'off', true)
"""
UNDERSTAND = """
    SELECT websearch_to_tsquery(%s::regconfig, asked)::text FROM unnest(%s::text[]) WITH ORDINALITY AS it (asked, place)
    ORDER BY place
"""
NEWEST = """
    SELECT article_id FROM articles_search
    WHERE document @@ %s::tsquery AND seen_from <= %s::timestamptz
    ORDER BY seen_from DESC, article_id DESC LIMIT %s
"""
# Ranked first, excerpts cut afterwards: making one costs more than finding the story.
FIND = """
    SELECT article.id, article.body_text
    FROM articles_search JOIN articles_article AS article ON article.id = article_id
    WHERE article_id = ANY(%(keys)s) AND article.state = 'published' AND article.publish_at <= %(now)s
        AND (%(is_enough)s OR document @@ %(exact)s::tsquery)
    ORDER BY ts_rank_cd(document, %(exact)s::tsquery, 1) DESC, article.publish_at DESC
    LIMIT %(limit)s OFFSET %(start)s
"""
EXCERPTS = """
    SELECT ts_headline(%(config)s::regconfig, text, %(exact)s::tsquery, %(options)s)
    FROM unnest(%(texts)s::text[]) WITH ORDINALITY AS best (text, place) ORDER BY place
"""
HOLDING = """
    SELECT article_id FROM articles_search WHERE article_id = ANY(%s) AND document @@ %s::tsquery
"""
OPTIONS = "StartSel=\x02, StopSel=\x03, MaxFragments=1, MaxWords=36, MinWords=18"


@dataclass(frozen=True)
class Question:
    """A query in PostgreSQL's terms. `wide` can be answered by the index alone and finds no less than `exact`: the
    index does not know which words stand side by side."""

    wide: str
    exact: str

    @property
    def is_enough(self) -> bool:
        return self.wide == self.exact

    def candidates(self, count: int) -> int:
        """How many to look at for so many."""
        return count if self.is_enough else count * LOOKED_AT


def configuration() -> str:
    return CONFIGURATIONS.get(settings.LANGUAGE_CODE.split("-")[0], "simple")


def index(keys: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(DOCUMENTS, [list(keys)])
        documents = cursor.fetchall()
        ids, *texts = zip(*documents, strict=True) if documents else [()] * 5
        names = ("headlines", "standfirsts", "about", "bodies")
        written = {name: list(map(held, column)) for name, column in zip(names, texts, strict=True)}
        fixed: dict[str, Any] = {"config": configuration(), "now": timezone.now(), "unseen": UNSEEN}
        cursor.execute(INDEX, {"keys": list(ids), **written, **fixed})


def held(text: str) -> str:
    """The text as a document may hold it."""
    words = indexed(text).replace("<", LESS)
    if len(words) * 4 > MOST_BYTES and len(words.encode()) > MOST_BYTES:
        return words.encode()[:MOST_BYTES].decode(errors="ignore")
    return words


def forget_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE articles_search")


def find(query: Query, now: datetime, start: int, limit: int, ranked: int) -> list[tuple[int, str]]:
    with patient() as cursor:
        question = understood(cursor, query)
        keys = newest(cursor, question, now, question.candidates(ranked))
        asked = {"exact": question.exact, "is_enough": question.is_enough, "keys": keys, "now": now}
        cursor.execute(FIND, asked | {"start": start, "limit": limit})
        best = cursor.fetchall()
        texts = {"texts": [held(text) for _, text in best], "options": OPTIONS, "config": configuration()}
        cursor.execute(EXCERPTS, asked | texts)
        excerpts = [excerpt.replace(LESS, "<") for (excerpt,) in cursor.fetchall()]
        return [(article_id, excerpt) for (article_id, _), excerpt in zip(best, excerpts, strict=True)]


def matching(query: Query, limit: int) -> list[int]:
    with patient() as cursor:
        question = understood(cursor, query)
        keys = newest(cursor, question, timezone.now(), question.candidates(limit), unseen=True)
        if question.is_enough:
            return keys
        cursor.execute(HOLDING, [keys, question.exact])
        holding = {key for (key,) in cursor.fetchall()}
        return [key for key in keys if key in holding][:limit]


@contextmanager
def patient() -> Iterator[Any]:
    """A cursor that waits only so long. Raises TakesTooLong.

    What is set for it is forgotten with its transaction, which writes nothing and is rolled back.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(GUARD, [str(PATIENCE)])
            yield cursor
            transaction.set_rollback(True)
    except OperationalError as problem:
        if getattr(problem.__cause__, "sqlstate", "") == STOPPED:
            raise TakesTooLong from problem
        raise


def understood(cursor: Any, query: Query) -> Question:
    """The query with its words in their basic form. Empty when all that is wanted are words too common to index."""
    cursor.execute(UNDERSTAND, [configuration(), [typed(term.text) for term in query.terms]])
    meant = dict(zip(query.terms, (text for (text,) in cursor.fetchall()), strict=True))
    wanted = [f"({begun(meant[term], term)})" for term in query.wanted if meant[term]]
    unwanted = [f"!({begun(meant[term], term)})" for term in query.unwanted if meant[term]]
    if not wanted:
        return Question("", "")
    side_by_side = re.compile(r"<(?:-|\d+)>")
    wide = [side_by_side.sub("&", term) for term in wanted]
    wide += [term for term in unwanted if not side_by_side.search(term)]
    return Question(" & ".join(wide), " & ".join(wanted + unwanted))


def typed(text: str) -> str:
    """As websearch_to_tsquery takes a term, whatever is in it."""
    return f'"{text.replace("<", LESS)}"'


def begun(meant: str, term: Term) -> str:
    """The words, or any that begin like the last of them where that is asked for."""
    if not term.is_beginning:
        return meant
    return f"{meant}:*" if " " in term.text else f"{meant} | '{term.text.casefold()}':*"


def newest(cursor: Any, question: Question, now: datetime, count: int, *, unseen: bool = False) -> list[int]:
    """The keys of the newest stories the index finds: all that a rare word has, and of a common one no more than are
    needed. With `unseen`, those that readers cannot see yet come first."""
    if not question.wide:
        return []
    until, ahead = ("infinity", [UNSEEN]) if unseen else (now, [])

    def asked(span: list[str]) -> list[int]:
        within = " | ".join(f"'{lexeme}'" for lexeme in span + ahead)
        cursor.execute(NEWEST, [f"({question.wide}) & ({within})" if span else question.wide, until, count])
        return [key for (key,) in cursor.fetchall()]

    keys = asked(months(now))
    if count * RARE < len(keys) < count:
        keys = asked(years(now, range(-2, 1)))
    return keys if len(keys) == count else asked([])


def months(now: datetime) -> list[str]:
    """The lexemes of this month and the one before."""
    last = now.replace(day=1) - timedelta(days=1)
    return [f"#{last:%Y-%m}", f"#{now:%Y-%m}"]


def years(now: datetime, distances: range) -> list[str]:
    return [f"#{now.year + distance}" for distance in distances]
