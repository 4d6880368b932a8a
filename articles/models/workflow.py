"""Chapter: the desk's workflow. State changes only through a verb, and every verb is in one table."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions, search
from articles.models import snapshots
from articles.models.days import Day
from articles.models.errors import IllegalMove, NotAllowed, NothingNew, NotReady, Unread
from articles.models.events import ArticleEvent, Held
from articles.models.moves import MOVES, WITHDRAWN, State
from articles.models.snapshots import Snapshot
from articles.signals import article_moved
from newsroom.foundations.workflow import lock

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.revisions import Revision
    from newsroom.models import User


class Workflow(models.Model):
    """Chapter: `state` and the verbs that change it.

    Each verb takes `expected`: the revision, or its number, that the person was looking at. The verb acts on that
    revision. It raises Unread when a newer one exists, so that nothing happens to words nobody has read.
    """

    state = models.CharField(
        gettext_lazy("state"),
        max_length=12,
        choices=State,
        default=State.DRAFT,
        editable=False,
    )
    approved = models.ForeignKey(
        "articles.Revision", models.PROTECT, null=True, related_name="+", editable=False
    )
    withdrawn_reason = models.TextField(editable=False, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="started_articles", editable=False
    )

    class Meta:
        abstract = True

    # Questions

    def can(self, verb: str) -> bool:
        """Does this verb lead anywhere from here? (Whether *you* may is permissions.may.)"""
        if self.state not in MOVES[verb].start:
            return False
        article: Any = self  # the whole article, which has the other chapters too
        if verb == "publish":
            return not article.is_live or article.has_unpublished_words
        asked = {
            "unschedule": article.is_scheduled,
            "cancel_replacement": article.will_change,
            "withdraw": article.is_live,
            "redate": article.is_live,
            "correct": article.is_live or article.is_withdrawn,
            "take_back": bool(article.stored_corrections),
            "hide_changes": article.has_changes and not article.changes_hidden,
            "show_changes": article.changes_hidden,
            "embargo": not article.is_live,
            "lift_embargo": article.is_embargoed,
            "block": article.is_live or (article.is_withdrawn and not article.blocked),
        }
        return bool(asked.get(verb, True))

    def needs(self, verb: str) -> str:
        """The permission a person must have for this verb."""
        return MOVES[verb].needs

    @property
    def is_withdrawn(self) -> bool:
        return self.state == WITHDRAWN

    # Verbs

    def submit(self, *, by: "User | None", expected: "Revision | int", reason: str = "") -> None:
        """Hand the draft to the desk."""
        with self._moving("submit", by=by, expected=expected, reason=reason):
            self._require_words()  # type: ignore[attr-defined]

    def approve(self, *, by: "User | None", expected: "Revision | int", reason: str = "") -> None:
        """The desk has read this revision and is content."""
        with self._moving("approve", by=by, expected=expected, reason=reason) as revision:
            self.approved = revision

    def reopen(self, *, by: "User | None", expected: "Revision | int", reason: str = "") -> None:
        """Take an approval back: the desk reads the article again."""
        with self._moving("reopen", by=by, expected=expected, reason=reason):
            self.approved = None

    def send_back(self, *, by: "User | None", expected: "Revision | int", reason: str) -> None:
        """Return it to its writer, saying why."""
        if not reason.strip():
            raise NotReady(_("Say what should change, so that the writer knows."))
        with self._moving("send_back", by=by, expected=expected, reason=reason):
            self.approved = None

    def withdraw(self: "Article", *, by: "User | None", expected: "Revision | int", reason: str) -> None:
        """Take a live article away from readers, who are told the reason (410)."""
        if not reason.strip():
            raise NotReady(_("Give the reason readers will see in its place."))
        with self._moving("withdraw", by=by, expected=expected, reason=reason):
            self._forget_block()
            self.withdrawn_reason = reason.strip()
            self._drop_planned(by=by)

    def reinstate(
        self: "Article",
        *,
        by: "User | None",
        expected: "Revision | int",
        reason: str = "",
        version: "Revision | int | None" = None,
    ) -> None:
        """Put a withdrawn article back where it was: as it was, or as the latest `version` corrects it."""
        with self._moving("reinstate", by=by, expected=expected, reason=reason) as latest:
            self.withdrawn_reason = ""
            corrected = self._chosen(version or self.adopted, latest)
            if corrected != self.adopted:
                self._require_pictures(corrected)
                self.updated_at = timezone.now()
                self.adopt(corrected, known_by=self.slug)
            self._respect_embargo(self.publish_at or timezone.now())

    # How a move is made

    @contextmanager
    def _moving(
        self,
        verb: str,
        *,
        by: "User | None",
        expected: "Revision | int | None",
        reason: str = "",
        takes_effect: datetime | None = None,
        planned: bool = False,
        told_as: str = "",
        minor: bool = False,
    ) -> Iterator["Revision"]:
        """One transaction: lock the stored row, ask the table and the policy, act, leave the event, ring.

        Yields the revision the verb is about: the one expected, or the one `planned` to replace what readers see. Event
        and doorbell call the verb by its own name, or as `told_as` says.
        """
        with transaction.atomic():
            self._lock()
            start, before = self.state, Snapshot.of(self)  # type: ignore[arg-type]
            held = Held.by(self)  # type: ignore[arg-type]
            if not planned:  # the clock asks by itself whether the time has come
                self._require(verb, by)
            revision = self.replacement if planned else self._as_expected(expected)  # type: ignore[attr-defined]
            yield revision
            self.state = MOVES[verb].end or self.state
            self.has_changes |= held.is_rewritten(self) and not minor  # type: ignore[arg-type, attr-defined]
            self.save()
            self._take_places()  # type: ignore[attr-defined]
            verb = told_as or verb
            acted_on = held.acted_on(verb, self, revision)  # type: ignore[arg-type]
            replaced = held.replaced(verb, self, acted_on)  # type: ignore[arg-type]
            facts = {"reason": reason.strip(), "takes_effect": takes_effect, "replaced": replaced}
            self._leave_event(verb, acted_on, by=by, start=start, minor=minor, **facts)
            search.index(self)  # type: ignore[arg-type]
            Day.objects.recount(before.published_on, self.published_on)  # type: ignore[attr-defined]
            snapshots.purge_difference(before, Snapshot.of(self))  # type: ignore[arg-type]
            self._ring(verb)

    def _lock(self) -> None:
        self._require_stored()  # type: ignore[attr-defined]
        self.__dict__.pop("_known_latest", None)
        lock(self)

    def _require(self, verb: str, by: "User | None") -> None:
        if by is not None and not permissions.may(by, verb, self):  # type: ignore[arg-type]
            raise NotAllowed(
                _("You may not %(verb)s this article.") % {"verb": str(MOVES[verb].label).lower()}
            )
        if verb == "publish" and self.is_live and not self.can(verb):  # type: ignore[attr-defined]
            raise NothingNew
        if not self.can(verb):
            raise IllegalMove(
                _("“%(verb)s” is not possible: the article is now %(state)s.")
                % {"verb": MOVES[verb].label, "state": str(State(self.state).label).lower()}
            )

    def _as_expected(self, expected: "Revision | int | None") -> "Revision":
        """The latest revision, if it is the one expected. Asked under the row lock, so none comes in between."""
        latest: Revision = self.latest_revision  # type: ignore[attr-defined]
        if expected not in (latest, latest.number):
            raise Unread(latest)
        return latest

    def _chosen(self: "Article", version: "Revision | int | None", latest: "Revision") -> "Revision":
        """The one named: the latest, or the one that is adopted already. No other can go before readers."""
        for revision in (latest, self.adopted):
            if revision and version in (revision, revision.number):
                return revision
        raise NotReady(_("Choose the latest version, or the one that was to go out."))

    def _leave_event(
        self, verb: str, revision: "Revision | None", *, by: "User | None", start: str, **facts: Any
    ) -> None:
        ArticleEvent.objects.create(
            article_id=self.pk,
            verb=verb,
            by=by,
            start=start,
            end=self.state,
            revision=revision,
            shown=self.adopted if self.is_live else None,  # type: ignore[attr-defined]
            **facts,
        )

    def _ring(self, verb: str) -> None:
        article_moved.send(sender=type(self), article=self, verb=verb)
