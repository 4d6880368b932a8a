"""All that people do to an article, chapter by chapter; who may, and what the database refuses whoever asks."""

from typing import Any

from articles.models.blocking import Blocked
from articles.models.embargo import NOBODY_READS_EARLIER, Embargoed
from articles.models.moves import APPROVAL_NAMES_ITS_VERSION
from articles.models.redating import Redated
from articles.models.submitting import Submitted
from articles.models.workflow import Workflow

PERMISSIONS: list[tuple[str, Any]] = [
    ("submit_article", "Can submit articles to the desk"),
    ("approve_article", "Can approve articles and send them back"),
    ("publish_article", "Can publish, schedule and withdraw articles"),
    ("lift_embargo", "Can lift an embargo"),
    ("edit_any_article", "Can see and change articles of others"),
]
CONSTRAINTS = [APPROVAL_NAMES_ITS_VERSION, NOBODY_READS_EARLIER]


class Verbs(Workflow, Submitted, Blocked, Embargoed, Redated):
    """Chapter: the sum of the verbs' chapters."""

    class Meta:
        abstract = True
