"""How a thread and a moderator's verb say no. Each message is for the person who asked, and says what to do."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from newsroom.foundations.workflow import IllegalMove, NotAllowed, VerbRefused

if TYPE_CHECKING:
    from comments.models.comments import Comment
    from comments.models.decisions import Decision
    from comments.models.moderation import Moderated


__all__ = [
    "AlreadySent",
    "CommentRefused",
    "Conflict",
    "FormUsed",
    "IllegalMove",
    "NotAllowed",
    "NothingSaid",
    "ReplyRefused",
    "ThreadClosed",
    "TooMany",
    "VerbRefused",
]


class CommentRefused(Exception):
    """A thread did not take the comment; nothing was stored, and the writer still has the words."""


class ThreadClosed(CommentRefused):
    """This conversation takes no comments, or none any more."""


class ReplyRefused(CommentRefused):
    """The comment being answered is not one readers can see."""


class NothingSaid(CommentRefused):
    """Formatting marks without a word, or letters nobody can see."""


class AlreadySent(CommentRefused):
    """The same words from the same reader are already in this thread."""


class FormUsed(CommentRefused):
    """This form has already brought a comment, with other words; `comment` is that one."""

    def __init__(self, comment: "Comment") -> None:
        self.comment = comment
        super().__init__(
            _(
                "A comment has already been sent from this form. Send it again to post these words as another one."
            )
        )


class TooMany(CommentRefused):
    """Comments come faster than people write; `retry_after` is in seconds."""

    def __init__(self, sentence: str, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(sentence)


class Conflict(VerbRefused):
    """Somebody decided on the comment after the page was shown; `decision` is theirs."""

    def __init__(self, comment: "Moderated", decision: "Decision | None") -> None:
        self.decision = decision
        super().__init__(
            _("%(comment)s is already %(state)s: %(who)s decided while you were reading.")
            % {
                "comment": comment,
                "state": comment.get_state_display().lower(),
                "who": (decision and decision.by) or _("the site"),
            }
        )
