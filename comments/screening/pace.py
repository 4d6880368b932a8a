"""How fast comments come: from one network address and its neighbours, into one conversation, to the whole paper.

Only those who write too fast are asked to wait. What a flood makes busy, a conversation or the paper, takes everybody's
comments as before, and holds them: see docs/decisions/0027.
"""

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
BUSY_ADDRESSES = 5  # all that as many addresses may send within the hour, their whole network may
NEIGHBOURS = 256  # of an IPv4 address: each may speak once in the hour, however busy the network is
REMARKABLE = 5  # from one address within the hour: moderators should know


def require(ip_hash: str, network_hash: str) -> None:
    """Raise TooMany when these write faster than people do. Asked before any work is done, and without a lock: some
    comments sent at the very same moment may all be taken."""
    if not ip_hash:
        return
    lately, sentence = _lately(), _("Many comments have come from your network within the hour.")
    own = lately.filter(ip_hash=ip_hash)
    _require_room(own, settings.COMMENTS_PER_ADDRESS_PER_HOUR, sentence)
    if network_hash:
        most = _most_of_a_network() + (0 if own.exists() else NEIGHBOURS)
        _require_room(lately.filter(network_hash=network_hash), most, sentence)


def look(comment: Comment, rules: "HouseRules") -> Finding | None:
    """Held while more comes than anybody reads. Many from one address are noted: perhaps a school, perhaps one person
    in a rage."""
    if crowded := _crowded(comment):
        return Finding(verdict=Finding.Verdict.HOLD, detail=crowded)
    if not comment.ip_hash:
        return None
    earlier = _lately().filter(ip_hash=comment.ip_hash).count()
    if earlier < REMARKABLE:
        return None
    detail = _("%(count)d comments have come from this network within the hour.") % {"count": earlier + 1}
    return Finding(verdict=Finding.Verdict.NOTE, detail=detail)


def _crowded(comment: Comment) -> str:
    """What receives more comments than anybody reads, in words for moderators; empty as a rule."""
    lately = _lately()
    if _filling(lately.filter(thread=comment.thread_id), IN_A_THREAD):
        return _("Came while this conversation was flooded with comments.")
    if _filling(lately, TO_THE_PAPER):
        return _("Came while the whole paper was flooded with comments.")
    if comment.network_hash and _filling(
        lately.filter(network_hash=comment.network_hash), _most_of_a_network()
    ):
        return _("Came while many others in this network were sending comments.")
    return ""


def _lately() -> CommentQuerySet:
    return Comment.objects.since(timezone.now() - HOUR)


def _most_of_a_network() -> int:
    return BUSY_ADDRESSES * int(settings.COMMENTS_PER_ADDRESS_PER_HOUR)


def _filling(comments: CommentQuerySet, most: int) -> datetime | None:
    """When the oldest of the newest `most` came, if there are as many. Reads an index no further than that."""
    newest = comments.order_by("-received_at").values_list("received_at", flat=True)
    return next(iter(newest[most - 1 : most]), None)


def _require_room(comments: CommentQuerySet, most: int, sentence: str) -> None:
    """The newest `most` fill the hour: there is room again when the oldest of them is an hour old."""
    if oldest := _filling(comments, most):
        raise TooMany(f"{sentence} {_wait(oldest)}", retry_after=_seconds_to(oldest + HOUR))


def _wait(oldest: datetime) -> str:
    minutes = math.ceil(_seconds_to(oldest + HOUR) / 60)
    return ngettext(
        "Your words are still here; please send them again in a minute.",
        "Your words are still here; please send them again in %(minutes)d minutes.",
        minutes,
    ) % {"minutes": minutes}


def _seconds_to(moment: datetime) -> int:
    return max(1, math.ceil((moment - timezone.now()).total_seconds()))
