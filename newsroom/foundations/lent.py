"""PostgreSQL connections as a pool lends them, one to a request."""

from select import POLLIN, poll
from typing import Any

import psycopg


class Connection(psycopg.Connection[Any]):
    """Knows without asking whether the server has hung up, as it does when it is restarted.

    The pool puts the empty question to each connection it is about to lend (ConnectionPool.check_connection): 25 µs of
    work on one machine, and across a network as long again as a page's own question takes. But on an idle connection the
    server speaks first only to say that something is amiss: while there is nothing to read, nothing need be asked, and
    to look takes 3 µs.
    """

    def execute(self, query: Any, *words: Any, **options: Any) -> Any:
        if query == "" and not self._is_spoken_to():
            return self.cursor()
        return super().execute(query, *words, **options)

    def _is_spoken_to(self) -> bool:
        """Raises psycopg.OperationalError when it is known to be closed."""
        ear = poll()
        ear.register(self.pgconn.socket, POLLIN)
        return bool(ear.poll(0))
