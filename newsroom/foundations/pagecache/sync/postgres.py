"""News from PostgreSQL: a thread listens and looks twice a second; who has not looked for a second trusts nothing."""

import select
from collections.abc import Callable
from math import inf
from threading import Event, Thread
from time import monotonic, sleep, time
from typing import Any

import psycopg
from psycopg import sql

from newsroom.foundations.pagecache.sync import ALL, ASLEEP, Bell, News

CHANNEL = "newsroom_purge"
TRUSTED = 1.0  # seconds: how old the last look at the table may be
LOOKS = 0.4  # seconds between two looks when nobody calls
# Transactions end in another order than they are numbered in. Every one below `horizon` had ended at the last look, so
# what they wrote was read then; of those above, what is in `seen` was.
READ_ON = """
    WITH news AS (
        SELECT id, transaction, keys FROM foundations_purge
        WHERE transaction >= %(horizon)s AND (at IS NULL OR at <= to_timestamp(%(now)s)) AND NOT id = ANY(%(seen)s)
        UNION ALL
        SELECT id, transaction, keys FROM foundations_purge
        WHERE at > to_timestamp(%(before)s) AND at <= to_timestamp(%(now)s) AND transaction < %(horizon)s
    )
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon,
           extract(epoch FROM (SELECT min(at) FROM foundations_purge WHERE at > to_timestamp(%(now)s)))::float8,
           news.id, news.transaction, news.keys
    FROM (SELECT 1) AS always LEFT JOIN news ON true
    ORDER BY news.id
"""


class PostgresNews(News):
    """Looks at once when the bell of this machine rings, when a notice comes from another, and else now and then.

    `parameters` are psycopg's; `wait` may put another messenger in the place of LISTEN (Redis): it returns after a
    notice or after so many seconds.
    """

    def __init__(
        self, parameters: dict[str, Any], bell: Bell, wait: Callable[[float], None] | None = None
    ) -> None:
        super().__init__()
        limits = {"connect_timeout": 2, "tcp_user_timeout": 1000, "keepalives_idle": 2, "autocommit": True}
        self._parameters = {
            **parameters,
            **limits,
            "application_name": "newsroom purges",
            "prepare_threshold": 2,
        }
        self._bell, self._wait = bell, wait or self._listen
        self._base: psycopg.Connection[Any] | None = None
        self._rung, self._looked, self._failed = b"", -inf, -inf
        self._horizon, self._before, self._seen = 0, time(), dict[int, int]()
        self._stopped = Event()
        self._read()
        self._thread = Thread(target=self._keep_looking, name="newsroom-purges", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stopped.set()
        self._thread.join(TRUSTED * 2)
        if self._base is not None:
            self._base.close()

    def _has_changed(self) -> bool:
        return self._bell.heard() != self._rung or monotonic() - self._looked > TRUSTED

    def _read(self) -> bool:
        rung, began = self._bell.heard(), monotonic()
        if rung == self._rung and time() < self.next_due and began - self._looked < LOOKS / 4:
            return True  # another thread has just done it
        if began - self._failed < LOOKS:
            return False  # not every reader shall wait for a server that does not answer
        try:
            self._read_on()
        except (psycopg.Error, OSError) as problem:
            self._lost(problem)
            self._hang_up()
            return False
        self._rung, self._looked = rung, began
        return self._found(True)

    def _read_on(self) -> None:
        now = max(time(), self._before)
        asked = {"horizon": self._horizon, "now": now, "before": self._before, "seen": list(self._seen)}
        rows = self._connection().execute(READ_ON, asked).fetchall()
        if now - self._before > ASLEEP:
            self.tell([ALL])
        for _horizon, _due, number, transaction, keys in rows:
            if number is not None:
                self._seen[number] = transaction
                self.tell(keys.split())
        self._horizon, due = rows[0][:2]
        self._seen = {number: by for number, by in self._seen.items() if by >= self._horizon}
        self._before, self.next_due = now, inf if due is None else due

    def _connection(self) -> "psycopg.Connection[Any]":
        if self._base is None:
            self._base = psycopg.connect(**self._parameters)
            self._base.execute("SET statement_timeout = 1000")
            self._base.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
        return self._base

    def _hang_up(self) -> None:
        self._looked, self._failed = -inf, monotonic()
        if self._base is not None:
            self._base.close()
            self._base = None

    def _keep_looking(self) -> None:
        while not self._stopped.is_set():
            self._wait(LOOKS)
            with self.lock:
                self._looked = min(
                    self._looked, monotonic() - LOOKS
                )  # a notice is a reason to look, however soon
                self._read()

    def _listen(self, seconds: float) -> None:
        """Until anything comes over the connection, or so long."""
        base = self._base
        try:
            if base is None or base.closed:
                sleep(seconds)
            else:
                select.select([base.fileno()], [], [], seconds)
        except (OSError, ValueError, psycopg.Error):  # hung up meanwhile
            sleep(seconds)
