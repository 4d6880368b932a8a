"""The desk's machine as one table: in which states an article can be, and which verb leads where."""

from django.db import models
from django.utils.translation import gettext_lazy

from newsroom.foundations.workflow import STAYS, Move


class State(models.TextChoices):
    DRAFT = "draft", gettext_lazy("Draft")
    IN_REVIEW = "in_review", gettext_lazy("In review")
    APPROVED = "approved", gettext_lazy("Approved")
    PUBLISHED = "published", gettext_lazy("Published")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")


def _from(*states: State) -> frozenset[str]:
    return frozenset(states)


DRAFT, IN_REVIEW, APPROVED, PUBLISHED, WITHDRAWN = State
SEEN, PUBLISHES = _from(PUBLISHED, WITHDRAWN), "articles.publish_article"
MOVES = {
    "submit": Move(_from(DRAFT), IN_REVIEW, "articles.submit_article", gettext_lazy("Submit for review")),
    "recall": Move(_from(IN_REVIEW), DRAFT, "articles.submit_article", gettext_lazy("Take back")),
    "send_back": Move(
        _from(IN_REVIEW, APPROVED), DRAFT, "articles.approve_article", gettext_lazy("Send back")
    ),
    "approve": Move(_from(IN_REVIEW), APPROVED, "articles.approve_article", gettext_lazy("Approve")),
    "reopen": Move(_from(APPROVED), IN_REVIEW, "articles.edit_any_article", gettext_lazy("Review again")),
    "publish": Move(
        _from(DRAFT, IN_REVIEW, APPROVED, PUBLISHED),
        PUBLISHED,
        "articles.publish_article",
        gettext_lazy("Publish"),
    ),
    "unschedule": Move(
        _from(PUBLISHED), APPROVED, "articles.publish_article", gettext_lazy("Take off the schedule")
    ),
    "cancel_replacement": Move(
        _from(PUBLISHED), PUBLISHED, "articles.publish_article", gettext_lazy("Cancel the planned change")
    ),
    "withdraw": Move(_from(PUBLISHED), WITHDRAWN, "articles.publish_article", gettext_lazy("Withdraw")),
    "block": Move(
        _from(PUBLISHED, WITHDRAWN),
        WITHDRAWN,
        "articles.publish_article",
        gettext_lazy("Take down for legal reasons"),
    ),
    "reinstate": Move(_from(WITHDRAWN), PUBLISHED, "articles.publish_article", gettext_lazy("Put back")),
    "redate": Move(_from(PUBLISHED), PUBLISHED, PUBLISHES, gettext_lazy("Correct the date")),
    "embargo": Move(frozenset(State), STAYS, "articles.change_article", gettext_lazy("Embargo")),
    "lift_embargo": Move(frozenset(State), STAYS, "articles.lift_embargo", gettext_lazy("Lift the embargo")),
    "correct": Move(SEEN, STAYS, PUBLISHES, gettext_lazy("Note for readers")),
    "take_back": Move(SEEN, STAYS, PUBLISHES, gettext_lazy("Take a note back")),
    "hide_changes": Move(SEEN, STAYS, PUBLISHES, gettext_lazy("Hide what changed")),
    "show_changes": Move(SEEN, STAYS, PUBLISHES, gettext_lazy("Show what changed")),
}


IS_APPROVED = models.Q(state=APPROVED)
APPROVAL_NAMES_ITS_VERSION = models.CheckConstraint(
    condition=(IS_APPROVED & models.Q(approved__isnull=False))
    | (~IS_APPROVED & models.Q(approved__isnull=True)),
    name="approval_names_its_version",
)
