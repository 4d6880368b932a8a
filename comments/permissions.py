"""Who may do what to comments. Asked by every verb and by every page of the desk that shows one."""

from typing import Any

SEES = "comments.view_comment"


def may(user: Any, verb: str, comment: Any = None) -> bool:
    """May this person do this to this comment (or, without one, to comments at all)?

    "view" is seeing words, evidence and e-mail at the desk; the rest are the verbs of moderation. What any reader
    may read is not asked here: it is Comment.objects.approved().
    """
    from comments.models.states import MOVES

    if not (user.is_active and user.is_staff):
        return False
    return bool(user.has_perm(SEES if verb == "view" else MOVES[verb].needs))


def speaks_as(user: Any) -> Any:
    """The Contributor this person comments as, with the badge; None for readers and for logins without one."""
    if not (user and user.is_authenticated and user.is_active and user.is_staff):
        return None
    return getattr(user, "contributor", None)
