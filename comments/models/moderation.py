"""Chapter: moderation. A comment's state changes only through a verb, and every verb is in one table."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments import permissions
from comments.models.decisions import Decision
from comments.models.errors import Conflict, IllegalMove, NotAllowed
from comments.models.readers import Reader
from comments.models.states import APPROVED, MOVES, State
from newsroom.foundations import pagecache
from newsroom.foundations.workflow import lock

if TYPE_CHECKING:
    from django.db.models import ForeignKey
    from django_stubs_ext.db.models.manager import RelatedManager

    from newsroom.models import User


class Moderated(models.Model):
    """Chapter: `state` and the verbs that change it.

    Each takes `expected`, the state the moderator had on the page: when another has decided since, Conflict.
    """

    state = models.CharField(
        gettext_lazy("state"), max_length=12, choices=State, default=State.PENDING, editable=False
    )

    if TYPE_CHECKING:
        reader: "ForeignKey[Reader | None, Reader | None]"
        decisions: "RelatedManager[Decision]"
        reader_id: int | None
        thread_id: int

    class Meta:
        abstract = True

    # Questions

    def can(self, verb: str) -> bool:
        """Does this verb lead anywhere from here? (Whether *you* may is permissions.may.)"""
        return self.state in MOVES[verb].start

    @property
    def is_approved(self) -> bool:
        return self.state == APPROVED

    # Verbs

    def approve(self, *, by: "User | None", reason: str = "", expected: str = "") -> None:
        """Let readers see it."""
        self._move("approve", by=by, reason=reason, expected=expected)

    def reject(self, *, by: "User | None", reason: str = "", expected: str = "") -> None:
        """Keep it from readers: it breaks the house rules."""
        self._move("reject", by=by, reason=reason, expected=expected)

    def mark_spam(self, *, by: "User | None", reason: str = "", expected: str = "") -> None:
        """Keep it from readers: nobody meant it as a comment."""
        self._move("mark_spam", by=by, reason=reason, expected=expected)

    def hold(self, *, by: "User | None", reason: str = "", expected: str = "") -> None:
        """Put it back into the queue, to be judged again."""
        self._move("hold", by=by, reason=reason, expected=expected)

    # How a move is made

    def _move(self, verb: str, *, by: "User | None", reason: str, expected: str) -> None:
        """One transaction: lock, compare, ask the table and the policy, decide, recount the reader."""
        with self._locked():
            start = self.state
            self._require(verb, by, expected)
            self.state = MOVES[verb].end
            self.save(update_fields=["state"])
            self.decide(verb, by=by, reason=reason, start=start)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One transaction that holds the reader, then the comment: the order of comments/models/__init__.py."""
        with transaction.atomic():
            if self.reader_id:
                # The reader first: two moderators deciding on two comments of one reader would otherwise each count
                # without the other's decision, and the second would write down the smaller number.
                Reader.objects.lock(self.reader_id)
            lock(self, fields=["state"])
            yield

    def _require(self, verb: str, by: "User | None", expected: str) -> None:
        if by is not None and not permissions.may(by, verb, self):
            raise NotAllowed(_("You may not moderate comments."))
        if expected and self.state != expected:
            raise Conflict(self, self.decisions.select_related("by").first())
        if not self.can(verb):
            raise IllegalMove(
                _("“%(verb)s” is not possible: %(comment)s is %(state)s.")
                % {"verb": MOVES[verb].label, "comment": self, "state": self.get_state_display().lower()}
            )

    def decide(self, verb: str, *, by: "User | None", reason: str = "", start: str = "") -> None:
        """Leave the decision that brought the comment into the state it is in now."""
        Decision.objects.create(
            comment_id=self.pk, verb=verb, by=by, reason=reason.strip(), start=start, end=self.state
        )
        if APPROVED in (start, self.state):
            pagecache.purge(f"thread:{self.thread_id}")
        if self.reader:
            self.reader.recount()
