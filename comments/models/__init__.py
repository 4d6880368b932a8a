"""The conversations under articles, who speaks in them, and what moderators decided.

Locks are taken in one order everywhere, the thread, then the reader, then the comment, so that nobody waits in a circle;
a lead is held alone, or after its article.
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
from comments.models.leads import LEAD_MOVES, Lead, LeadEvent, LeadState
from comments.models.readers import Reader
from comments.models.rules import HouseRules
from comments.models.states import MOVES, State
from comments.models.threads import Thread

__all__ = [
    "LEAD_MOVES",
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
    "Lead",
    "LeadEvent",
    "LeadState",
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
