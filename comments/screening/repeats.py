"""The same words again, lately: sent twice by mistake, or sent everywhere on purpose."""

import hashlib
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from comments.models.comments import Comment, CommentQuerySet
from comments.models.decisions import Finding
from comments.models.errors import AlreadySent
from comments.screening.words import normalised_words

if TYPE_CHECKING:
    from comments.models.rules import HouseRules

LATELY = timedelta(days=1)
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
NUMBER = re.compile(r"\d+")
SHORTEST = 20  # letters: “I agree” may be said by many


def fingerprint(text: str) -> str:
    """Alike for texts that differ only in case, punctuation, numbers or the addresses they link to.

    Empty for texts too short to be remarkable when two people write them.
    """
    letters = NUMBER.sub("", normalised_words(ADDRESS.sub(" ", text))).split()
    joined = " ".join(letters)
    return hashlib.sha256(joined.encode()).hexdigest() if len(joined) >= SHORTEST else ""


def look(comment: Comment, rules: "HouseRules") -> Finding | None:
    """Holds what has been said alike anywhere."""
    if not comment.fingerprint:
        return None
    alike = _lately().filter(fingerprint=comment.fingerprint).order_by("-pk").only("name").first()
    if not alike:
        return None
    detail = _("Says nearly the same as %(comment)s within the last day.") % {"comment": alike}
    return Finding(verdict=Finding.Verdict.HOLD, detail=detail[:300])


def require_new(comment: Comment) -> None:
    """Raise AlreadySent when this reader has said exactly this here, from the same connection: else whoever knows an
    e-mail address could silence its owner by saying it first."""
    here = {name: getattr(comment, name) for name in ("thread_id", "parent_id", "reader_id", "ip_hash")}
    if _lately().filter(**here, text=comment.text).exists():
        raise AlreadySent(
            _("You have already sent this comment. Once approved, it appears under the article.")
        )


def _lately() -> CommentQuerySet:
    return Comment.objects.since(timezone.now() - LATELY)
