"""The one doorbell: rung at the end of an article's move, inside its transaction, for whoever lives upstairs.

Receivers get `article` and `verb` ("publish", "withdraw", …; "go_live" when a scheduled time has come, "replace" when a
planned change of a live article is made). They may write rows of this database, which stand or fall with the move: a
receiver that raises undoes it. What the world must be told they write into the outbox (a task's `enqueue`), for nobody
knows yet whether the transaction will be committed.
"""

from django.dispatch import Signal

article_moved = Signal()
