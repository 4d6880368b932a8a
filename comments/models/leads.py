"""Leads: readers' words about errors in a story, and what the desk made of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from comments.models.errors import IllegalMove, NotAllowed, VerbRefused
from comments.models.ip_hashes import WithIpHashes
from newsroom.foundations.text import cut, printable
from newsroom.foundations.workflow import Event, Move, lock

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from comments.models.comments import Comment
    from newsroom.models import User

LONGEST = 2_000  # characters of what is wrong
LONGEST_PARAGRAPH = 1_000  # of the paragraph kept beside it
PREFIX = "lead:"  # a correction's `prompted_by` names its lead so


class LeadState(models.TextChoices):
    NEW = "new", gettext_lazy("New")
    TAKEN = "taken", gettext_lazy("Taken")
    CORRECTED = "corrected", gettext_lazy("Corrected")
    DISMISSED = "dismissed", gettext_lazy("Dismissed")


NEW, TAKEN, CORRECTED, DISMISSED = LeadState
HANDLES = "comments.handle_lead"
LEAD_MOVES = {
    "take": Move(frozenset({NEW, DISMISSED}), TAKEN, HANDLES, gettext_lazy("Take")),
    "dismiss": Move(frozenset({NEW, TAKEN}), DISMISSED, HANDLES, gettext_lazy("Dismiss")),
    "settle": Move(frozenset({NEW, TAKEN, DISMISSED}), CORRECTED, HANDLES, gettext_lazy("Corrected")),
}


class LeadQuerySet(WithIpHashes["Lead"]):
    def open(self) -> "LeadQuerySet":
        """Nobody has decided yet; the longest waiting first."""
        return self.filter(state__in=[NEW, TAKEN]).order_by("received_at", "pk")

    def untaken(self) -> "LeadQuerySet":
        return self.filter(state=NEW)

    def since(self, moment: Any) -> "LeadQuerySet":
        return self.filter(received_at__gte=moment)

    def receive(self, article: Article, *, key: str, by_machine: bool = False, **words: str) -> "Lead":
        """Take what a reader says is wrong. One form brings one lead, however often it is sent. What a machine sent is
        kept, and waits for nobody."""
        with transaction.atomic():
            if known := self.filter(key=key).first():
                return known
            try:
                with transaction.atomic():
                    lead = self.create(article=article, key=key, **_fitting(words))
            except IntegrityError:
                return self.get(key=key)  # the same form, sent twice at one moment
            if by_machine:
                lead.dismiss(by=None, reason=_("Filled in the field that people do not see."))
        return lead

    def of_comment(self, comment: "Comment", *, by: "User | None") -> "Lead":
        """Make a lead of what a comment says; the one there is already, if somebody has. Raises NotAllowed."""
        if by is not None and not (by.is_active and by.has_perm("comments.moderate_comment")):
            raise NotAllowed(_("You may not moderate comments."))
        words = {"text": comment.text, "name": comment.name}
        facts = {"article_id": comment.thread_id, **_fitting(words)}
        return self.get_or_create(comment=comment, defaults=facts)[0]


def _fitting(words: dict[str, str]) -> dict[str, str]:
    """In printable characters, and no longer than they are kept."""
    longest = {"text": LONGEST, "paragraph": LONGEST_PARAGRAPH}
    return {name: cut(printable(said), longest.get(name, 254)) for name, said in words.items()}


class Lead(models.Model):
    """One row is one reader's word that something in an article is wrong. Never deleted; the words never change.

    `paragraph` is the one it is about, as it stood then. `comment` is the one it was made of, if it was.
    """

    article = models.ForeignKey(
        Article, models.PROTECT, related_name="+", verbose_name=gettext_lazy("article")
    )
    paragraph = models.TextField(gettext_lazy("paragraph"), blank=True)
    text = models.TextField(gettext_lazy("what is wrong"))
    name = models.CharField(gettext_lazy("name"), max_length=254, blank=True)
    email = models.CharField(gettext_lazy("e-mail"), max_length=254, blank=True)
    comment = models.OneToOneField(
        "comments.Comment",
        models.PROTECT,
        null=True,
        related_name="lead",
        verbose_name=gettext_lazy("comment"),
    )
    state = models.CharField(
        gettext_lazy("state"), max_length=12, choices=LeadState, default=LeadState.NEW, editable=False
    )
    received_at = models.DateTimeField(gettext_lazy("received"), default=timezone.now)
    key = models.CharField(max_length=120, unique=True, null=True, editable=False)  # noqa: DJ001  (NULLs are no twins)
    ip_hash = models.CharField(max_length=64, blank=True, editable=False)
    network_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = LeadQuerySet.as_manager()

    if TYPE_CHECKING:
        events: RelatedManager["LeadEvent"]

    class Meta:
        verbose_name = gettext_lazy("lead")
        verbose_name_plural = gettext_lazy("leads")
        default_permissions = ("view",)
        permissions = [("handle_lead", "Can take and dismiss what readers report")]
        indexes = [
            models.Index(fields=["state", "received_at", "id"], name="leads_by_state"),
            models.Index(fields=["ip_hash", "received_at"], name="leads_from_address"),
            models.Index(fields=["network_hash", "received_at"], name="leads_from_network"),
        ]

    def __str__(self) -> str:
        return _("Lead %d") % self.pk

    # Questions

    def can(self, verb: str) -> bool:
        return self.state in LEAD_MOVES[verb].start

    @property
    def credit(self) -> str:
        """How a correction would thank whoever spotted it."""
        return _("Spotted by %s") % self.name if self.name else _("Spotted by a reader")

    @property
    def prompted_by(self) -> str:
        """Its name in the correction it becomes."""
        return f"{PREFIX}{self.pk}"

    # Verbs

    def take(self, *, by: "User | None", reason: str = "") -> None:
        """Somebody looks into it; colleagues need not."""
        self._move("take", by=by, reason=reason)

    def dismiss(self, *, by: "User | None", reason: str) -> None:
        """Nothing is wrong, or it is no report."""
        if not reason.strip():
            raise VerbRefused(_("Say why it is dismissed, for colleagues."))
        self._move("dismiss", by=by, reason=reason)

    def settle(self, *, by: "User | None", reason: str = "") -> None:
        """It has become a correction."""
        self._move("settle", by=by, reason=reason)

    # How

    def _move(self, verb: str, *, by: "User | None", reason: str) -> None:
        with self._locked():
            if by is not None and not (by.is_active and by.has_perm(LEAD_MOVES[verb].needs)):
                raise NotAllowed(_("You may not handle what readers report."))
            if not self.can(verb):
                state = self.get_state_display().lower()
                raise IllegalMove(
                    _("%(lead)s is %(state)s already. Load the list again.") % {"lead": self, "state": state}
                )
            start, self.state = self.state, LEAD_MOVES[verb].end
            self.save(update_fields=["state"])
            LeadEvent(lead=self, verb=verb, by=by, reason=reason.strip(), start=start, end=self.state).save()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with transaction.atomic():
            lock(self, fields=["state"])
            yield


class LeadEvent(Event):
    """One row: somebody did one verb to one lead. Append-only."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.verb} ({self.by or _('the site')}, {self.at:%Y-%m-%d %H:%M})"

    @property
    def past(self) -> str:
        """“taken”: where the verb led."""
        return str(LeadState(self.end).label).lower()
