"""The one doorbell: rung after an article's move has been committed, for whoever lives upstairs.

Receivers get `article` and `verb` ("publish", "withdraw", …; "go_live" when a scheduled time has come).
"""

from django.dispatch import Signal

article_moved = Signal()
