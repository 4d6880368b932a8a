"""What changed and when: the log that every page cache reads, on every machine; and what is still to be done about it."""

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks.base import DEFAULT_TASK_QUEUE_NAME

from newsroom.foundations.text import printable

LONGEST_PAUSE = 600.0  # seconds until a step's article is tried again: an editor may have mended it


class Purge(models.Model):
    """One row: pages showing any of these keys are to be made anew, from the moment the row can be read or, if it
    has a date, from that moment on. Written with the change itself, in its transaction; kept for a day."""

    keys = models.TextField(_("keys"))  # separated by blanks
    at = models.DateTimeField(_("from"), null=True)
    written_at = models.DateTimeField(_("written"), auto_now_add=True)
    # PostgreSQL's number of the transaction: rows become readable in another order than they are numbered in.
    transaction = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("purge")
        verbose_name_plural = _("purges")
        default_permissions = ()
        indexes = [
            models.Index(fields=["transaction", "id"], name="purges_in_order"),
            models.Index(fields=["at"], name="purges_by_date", condition=models.Q(at__isnull=False)),
            models.Index(fields=["written_at"], name="purges_by_age"),
        ]

    def __str__(self) -> str:
        return self.keys


class JobQuerySet(models.QuerySet["Job"]):
    def due(self) -> "JobQuerySet":
        """What may be done now, the most urgent first and then the oldest. Nothing of a line that waits."""
        now = timezone.now()
        held = Job.objects.filter(queue=models.OuterRef("queue"), attempts__gt=0, due__gt=now, failed=False)
        free = models.Q(queue=DEFAULT_TASK_QUEUE_NAME) | ~models.Exists(held)
        return self.filter(free, failed=False, due__lte=now).order_by("-priority", "due", "pk")

    def stuck(self) -> "JobQuerySet":
        """What could not be done at its last attempt."""
        return self.exclude(problem="")

    def retry(self) -> int:
        """Try these again at once, as if for the first time. How many there are."""
        return self.update(failed=False, attempts=0, due=timezone.now())


class Job(models.Model):
    """One row: a call of a task that is still to be made, see outbox.py. Written by a verb, in its transaction; gone when
    it is done. One that failed very often is kept until somebody retries or removes it."""

    task = models.CharField(_("task"), max_length=200)  # where its function lies
    arguments = models.JSONField(_("arguments"), default=list)
    keywords = models.JSONField(_("named arguments"), default=dict)
    queue = models.CharField(_("queue"), max_length=250)
    bundle = models.TextField(default="", blank=True)  # equal for those that one call may do together
    priority = models.SmallIntegerField(_("priority"), default=0)
    since = models.DateTimeField(_("waiting since"))  # when it was to be done first
    due = models.DateTimeField(_("next attempt"))  # or when whoever is doing it is believed dead
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    problem = models.TextField(_("problem"), blank=True)  # of the last attempt
    failed = models.BooleanField(_("given up"), default=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["due"], name="jobs_due", condition=models.Q(failed=False)),
            models.Index(fields=["queue", "due"], name="jobs_in_line"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.arguments}"

    @property
    def is_in_line(self) -> bool:
        """Does it wait before a receiver that others wait before, too?"""
        return self.queue != DEFAULT_TASK_QUEUE_NAME


class FailedStepQuerySet(models.QuerySet["FailedStep"]):
    def record(self, step: str, subject: str, problem: Exception) -> None:
        """It failed now, and is tried again later and later."""
        with transaction.atomic():
            row = self.select_for_update().get_or_create(step=step, subject=subject)[0]
            row.attempts += 1
            row.due = timezone.now() + timedelta(seconds=min(LONGEST_PAUSE, 30.0 * 2 ** min(row.attempts, 9)))
            row.problem = printable(f"{type(problem).__name__}: {problem}")[:500]
            row.save()


class FailedStep(models.Model):
    """One row: what `run_due` could not do when it last tried: a step of its round or, with a subject, one article in it.
    Gone as soon as it is done, or need not be done any more."""

    step = models.CharField(_("step"), max_length=60)
    subject = models.CharField(_("subject"), max_length=60, blank=True)
    since = models.DateTimeField(_("failing since"), default=timezone.now)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    due = models.DateTimeField(_("next attempt"), default=timezone.now)
    problem = models.TextField(_("problem"), blank=True)

    objects = FailedStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("failed step")
        verbose_name_plural = _("failed steps")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["step", "subject"], name="one_row_a_failure")]

    def __str__(self) -> str:
        return f"{self.step} {self.subject}".strip()
