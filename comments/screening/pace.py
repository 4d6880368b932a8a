"""How fast comments come: from one network address, into one conversation, to the whole paper."""

import math
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.models.comments import Comment, CommentQuerySet
from comments.models.decisions import Finding
from comments.models.errors import TooMany

if TYPE_CHECKING:
    from comments.models.rules import HouseRules

HOUR = timedelta(hours=1)
IN_A_THREAD = 300  # an hour; a live debate on a front page stays well below
TO_THE_PAPER = 2_000  # an hour: more than a desk can read, so more is a flood
REMARKABLE = 5  # from one address within the hour: moderators should know


def require(article_id: int, address_hash: str) -> None:
    """Raise TooMany when the next comment would come faster than people write. Asked before any work is done."""
    hour_ago = timezone.now() - HOUR
    lately = Comment.objects.since(hour_ago)
    if address_hash:
        _require_room(
            lately.filter(address_hash=address_hash),
            settings.COMMENTS_PER_ADDRESS_PER_HOUR,
            _("Many comments have come from your network within the hour."),
        )
    _require_room(lately.filter(thread=article_id), IN_A_THREAD, _("This conversation is very busy."))
    _require_room(lately, TO_THE_PAPER, _("We are receiving more comments than we can read."))


def _require_room(comments: CommentQuerySet, most: int, sentence: str) -> None:
    """The newest `most` fill the hour: there is room again when the oldest of them is an hour old."""
    newest = comments.order_by("-received_at").values_list("received_at", flat=True)
    if len(full := list(newest[most - 1 : most])):
        raise TooMany(f"{sentence} {_wait(full[0])}", retry_after=_seconds_to(full[0] + HOUR))


def _wait(oldest: datetime) -> str:
    minutes = math.ceil(_seconds_to(oldest + HOUR) / 60)
    return ngettext(
        "Your words are still here; please send them again in a minute.",
        "Your words are still here; please send them again in %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}


def _seconds_to(moment: datetime) -> int:
    return max(1, math.ceil((moment - timezone.now()).total_seconds()))


def look(comment: Comment, rules: "HouseRules") -> Finding | None:
    """Many from one address within the hour: perhaps a school, perhaps one person in a rage."""
    if not comment.address_hash:
        return None
    earlier = Comment.objects.since(timezone.now() - HOUR).filter(address_hash=comment.address_hash).count()
    if earlier < REMARKABLE:
        return None
    detail = _("%(count)d comments have come from this network within the hour.") % {"count": earlier + 1}
    return Finding(verdict=Finding.Verdict.NOTE, detail=detail)
