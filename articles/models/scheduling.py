"""Chapter: time. Being public is a question about the clock, so no job can miss it (law 5)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import search
from articles.models.days import Day
from articles.models.errors import IllegalMove, NothingNew
from articles.models.moves import PUBLISHED

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.notes import Note
    from articles.models.revisions import Revision
    from newsroom.models import User


class Planned(models.QuerySet[Any]):
    """What will come before readers at a set time."""

    def planned(self) -> Self:
        """Articles that will appear, and live ones whose replacement will. Two sets of keys, each found by an index."""
        articles: Any = self.model._default_manager
        replaced = articles.published().filter(replacement_at__isnull=False).values("pk")
        return self.filter(pk__in=articles.scheduled().values("pk").union(replaced))


NEXT_CHANGE = Coalesce(
    "replacement_at", "publish_at"
)  # of what is planned: when readers will see something new


class Scheduled(models.Model):
    """Chapter: when readers see it. `run_due` does what must be *done* at that time; seeing needs no job."""

    publish_at = models.DateTimeField(gettext_lazy("published"), null=True, editable=False)
    updated_at = models.DateTimeField(gettext_lazy("updated"), null=True, editable=False)
    announced = models.BooleanField(default=False, editable=False)
    replacement = models.ForeignKey(
        "articles.Revision", models.PROTECT, null=True, related_name="+", editable=False
    )
    replacement_at = models.DateTimeField(null=True, editable=False)

    # What readers are told of changes since, see corrections.py
    stored_corrections = models.JSONField(default=list, editable=False)  # denormalised, oldest first
    is_retracted = models.BooleanField(default=False, editable=False)
    has_changes = models.BooleanField(default=False, editable=False)  # readers saw it otherwise before
    changes_hidden = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    # Questions

    @property
    def is_live(self) -> bool:
        return self.state == PUBLISHED and self.publish_at is not None and self.publish_at <= timezone.now()  # type: ignore[attr-defined]

    @property
    def is_scheduled(self) -> bool:
        return self.state == PUBLISHED and not self.is_live  # type: ignore[attr-defined]

    @property
    def will_change(self) -> bool:
        """Readers see it, and a revision is scheduled to replace what they see."""
        return self.is_live and self.replacement_at is not None

    @property
    def was_updated(self) -> bool:
        """Changed in substance since it first appeared, by more than the first minute's repairs; or corrected."""
        if not (self.updated_at and self.publish_at):
            return False
        return bool(self.stored_corrections) or (self.updated_at - self.publish_at).total_seconds() > 60

    # Verbs

    def publish(
        self: "Article",
        *,
        by: "User | None",
        expected: "Revision | int",
        at: datetime | None = None,
        minor: bool = False,
        version: "Revision | int | None" = None,
        keep_planned: bool = False,
        note: "Note | None" = None,
    ) -> None:
        """Put the expected revision before readers, now or at the time given.

        For an article already live, a time to come schedules the revision as its replacement; `minor` leaves the
        “updated” time alone. A time gone by dates a first publication back (imports). `version` may name the revision
        that is scheduled already, to give it another time. `keep_planned` leaves a planned replacement waiting.
        `note` is the correction that goes out with the changed text.
        """
        why = str(note or "")
        with self._moving(
            "publish", by=by, expected=expected, takes_effect=at, reason=why, minor=minor
        ) as latest:
            revision = self._chosen(version or latest, latest)
            if self.is_live and revision == self.adopted:
                raise NothingNew
            self._require_pictures(revision)
            if self.is_live and not keep_planned and (at is None or at <= timezone.now()):
                self._drop_planned(by=by, published=revision)
            if note:
                self._require_correctable(at, minor=minor)
            self._put_before_readers(revision, at or timezone.now(), minor=minor)
            if note:
                self._file_note(note, by=by)

    def unschedule(
        self: "Article", *, by: "User | None", expected: "Revision | int", reason: str = ""
    ) -> None:
        """Take a scheduled article off the schedule; what was to be published stays approved."""
        with self._moving("unschedule", by=by, expected=expected, reason=reason) as latest:
            self.approved = self.adopted
            self._forget_schedule()
            self._show_as_written(latest)

    def cancel_replacement(
        self: "Article", *, by: "User | None", expected: "Revision | int", reason: str = ""
    ) -> None:
        """Leave a live article as readers see it: the revision scheduled to replace it stays in the drawer."""
        with self._moving("cancel_replacement", by=by, expected=expected, reason=reason):
            self._forget_replacement()

    # What they do about time

    def _put_before_readers(self: "Article", revision: "Revision", at: datetime, *, minor: bool) -> None:
        now = timezone.now()
        self._respect_embargo(at)
        if self.is_live and at > now:
            self._replace_later(revision, at)
            return
        if self.is_live:
            self.updated_at = self.updated_at if minor else now
            self.adopt(revision, known_by=self.slug)
            return
        self._appeared(at)
        self.announced, self.approved = at <= now, None
        self.adopt(revision)

    def _appeared(self: "Article", at: datetime) -> None:
        """Its first publication is, was or will be at this time; nothing was updated before."""
        self.publish_at, self.published_on = at, timezone.localdate(at)
        if self.updated_at and self.updated_at < at:
            self.updated_at = None  # type: ignore[assignment]

    def _take_places(self: "Article") -> None:
        """In the lists of its people and its topics, while it is published."""
        at = self.publish_at if self.state == PUBLISHED else None
        self.bylines.update(live_at=at)
        self.tagged.update(live_at=at)

    def _replace_later(self: "Article", revision: "Revision", at: datetime) -> None:
        """Refused now, not in the night, if the revision could not stand before readers."""
        copy = self.working_copy(revision)
        copy._require_readable()
        copy._require_free_url()
        self.replacement, self.replacement_at = revision, at

    def _forget_replacement(self) -> None:
        self.replacement, self.replacement_at = None, None

    def _drop_planned(self: "Article", *, by: "User | None", published: "Revision | None" = None) -> None:
        """Forget the planned replacement and leave an event that names it, unless it is the one just `published`."""
        planned = self.replacement
        self._forget_replacement()
        if planned and planned != published:
            self._leave_event("cancel_replacement", planned, by=by, start=self.state)

    def _forget_schedule(self: "Article") -> None:
        self.publish_at, self.published_on = None, None  # type: ignore[assignment]
        self._adopt_nothing()

    # What the clock does

    def go_live(self: "Article") -> None:
        """Its time has come: tell those upstairs. Readers see it already. Idempotent."""
        with transaction.atomic():
            self._lock()
            if self.announced or not self.is_live:
                return
            self.announced = True
            self.save()
            search.index(self)
            Day.objects.recount(self.published_on)
            self._leave_event("go_live", self.adopted, by=None, start=self.state)
            self._ring("go_live")

    def replace(self: "Article") -> None:
        """Adopt the revision scheduled to replace what readers see, whatever was written since. Idempotent."""
        with self._moving("publish", by=None, expected=None, planned=True, told_as="replace") as planned:
            if not (self.will_change and self.replacement_at and self.replacement_at <= timezone.now()):
                raise IllegalMove(_("No replacement is due."))
            self.updated_at = self.replacement_at
            self.adopt(planned, known_by=self.slug)
            self._forget_replacement()
