"""Where a comment can stand, and which verb leads where."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.foundations.workflow import Move


class State(models.TextChoices):
    PENDING = "pending", _("Waiting")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    SPAM = "spam", _("Spam")


PENDING, APPROVED, REJECTED, SPAM = State


def _from(*states: State) -> frozenset[str]:
    return frozenset(states)


MODERATES = "comments.moderate_comment"
MOVES = {
    "approve": Move(_from(PENDING, REJECTED, SPAM), APPROVED, MODERATES, _("Approve")),
    "reject": Move(_from(PENDING, APPROVED, SPAM), REJECTED, MODERATES, _("Reject")),
    "mark_spam": Move(_from(PENDING, APPROVED, REJECTED), SPAM, MODERATES, _("Mark as spam")),
    "hold": Move(_from(APPROVED, REJECTED, SPAM), PENDING, MODERATES, _("Hold again")),
}
