"""The conversations under articles, who speaks in them, and what moderators decided.

Locks are taken in one order everywhere, the thread, then the reader, then the comment, so that nobody waits in a circle.
"""

from comments.models.comments import Comment
from comments.models.decisions import Decision, Finding
from comments.models.errors import (
    AlreadySent,
    CommentRefused,
    Conflict,
    FormUsed,
    IllegalMove,
    NotAllowed,
    NothingSaid,
    ReplyRefused,
    ThreadClosed,
    TooMany,
    VerbRefused,
)
from comments.models.readers import Reader
from comments.models.rules import HouseRules
from comments.models.states import MOVES, State
from comments.models.threads import Thread

__all__ = [
    "MOVES",
    "AlreadySent",
    "Comment",
    "CommentRefused",
    "Conflict",
    "Decision",
    "Finding",
    "FormUsed",
    "HouseRules",
    "IllegalMove",
    "Move",
    "NotAllowed",
    "NothingSaid",
    "Reader",
    "ReplyRefused",
    "State",
    "Thread",
    "ThreadClosed",
    "TooMany",
    "VerbRefused",
]
