"""What the world must be told, and what is too long for the transaction that caused it.

A verb calls a task of django-tasks (`task.enqueue(…)`), and this engine writes a job in the verb's own transaction:
neither can be lost without the other. A worker does the job right after the commit (`worker.py`), or `run_due` does
after a crash. A job may be done twice and never not at all, so each task must bear being done again.
"""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction
from django.db.models import F, Min
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskContext, TaskResult, TaskResultStatus

from newsroom.foundations.text import printable

if TYPE_CHECKING:
    from newsroom.foundations.models import Job

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)  # whoever took a job and has not done it by then is believed dead
MOST_ATTEMPTS = 36  # about a day; then a job waits for somebody who looks after it
LONGEST_PAUSE = 3_600.0  # seconds between two attempts
LONGEST_PAUSE_IN_LINE = 300.0  # a line that has waited goes on soon after its receiver is back
MOST_JOINED = 500  # jobs done by one call
LONGEST_PROBLEM = 500  # characters

Function = TypeVar("Function", bound=Callable[..., Any])
woken = Event()  # set when a job has been committed in this process


class TryLater(Exception):
    """A task cannot be done now, and nothing is wrong with us. `wait` is how many seconds we were asked to wait."""

    def __init__(self, why: str, *, wait: float = 0.0) -> None:
        super().__init__(why)
        self.wait = wait


@dataclass(frozen=True)
class Waiting:
    """What should have been done by now: how many jobs, since when the oldest waits, and what hinders it."""

    number: int
    since: datetime | None
    problem: str

    @property
    def seconds(self) -> int:
        return int((timezone.now() - self.since).total_seconds()) if self.since else 0


class Outbox(BaseTaskBackend):
    """The engine of django-tasks that the setting TASKS names: a job is a row of our own.

    Jobs of the default queue know nothing of each other. Every other queue is a line before one receiver: while a job
    of it is being done, or the receiver asked us to wait, the others of the line wait too, and none is given up.
    """

    supports_defer = True
    supports_priority = True

    def enqueue(self, task: Task[..., Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Write the job in the caller's transaction, and wake this process's worker when it is through."""
        from newsroom.foundations.models import Job

        self.validate_task(task)
        result = _result(task, args, kwargs)
        since = task.run_after or timezone.now()
        job = Job.objects.create(
            task=task.module_path,
            arguments=result.args,
            keywords=result.kwargs,
            queue=task.queue_name,
            bundle=_bundle(task, result.kwargs),
            priority=task.priority,
            since=since,
            due=since,
        )
        transaction.on_commit(woken.set, robust=True)
        return _result(task, args, kwargs, number=job.pk)


def joined(function: Function) -> Function:
    """Mark a task whose jobs are done together, if they differ in positional arguments only: one call has them all."""
    function.joined = True  # type: ignore[attr-defined]
    return function


def take_back(task: Task[..., Any], *args: Any, at: datetime) -> None:
    """The job that was to be done at that moment with these arguments is not to be done, in no queue."""
    from newsroom.foundations.models import Job

    Job.objects.filter(task=task.module_path, arguments=list(args), since=at).delete()


def deliver(*, seconds: float | None = None) -> int:
    """Do what is due, until nothing is or the time is over. How many calls failed: they are made again later."""
    failed, over = 0, monotonic() + seconds if seconds else None
    while (over is None or monotonic() < over) and (jobs := _take()):
        failed += not _do(jobs)
    return failed


def waiting(task: "Task[..., Any] | None" = None) -> Waiting:
    """What is late: all of it, or the jobs of one task. Jobs that were given up are not."""
    from newsroom.foundations.models import Job

    late = Job.objects.filter(failed=False, since__lte=timezone.now())
    late = late.filter(task=task.module_path) if task else late
    problem = late.exclude(problem="").order_by("since").values_list("problem", flat=True).first()
    return Waiting(late.count(), late.aggregate(since=Min("since"))["since"], problem or "")


def next_due() -> datetime | None:
    """When there will be something to do, of what is not due yet."""
    from newsroom.foundations.models import Job

    ahead = Job.objects.filter(failed=False, due__gt=timezone.now())
    due: datetime | None = ahead.aggregate(due=Min("due"))["due"]
    return due


def _take() -> Sequence["Job"]:
    """A job that is due, with those it is joined with, leased so that nobody else does them too. Nothing if none is."""
    from newsroom.foundations.models import Job

    if (
        not Job.objects.due().exists()
    ):  # asked first, for SQLite's one write lock is not for those who find nothing
        return []
    with transaction.atomic():
        first = Job.objects.due().select_for_update(skip_locked=True).first()
        if first is None:
            return []
        alike = Job.objects.due().filter(bundle=first.bundle, queue=first.queue).exclude(pk=first.pk)
        others = alike.select_for_update(skip_locked=True)[: MOST_JOINED - 1] if first.bundle else []
        jobs = [first, *others]
        _these(jobs).update(due=timezone.now() + LEASE, attempts=F("attempts") + 1)
    return jobs


def _do(jobs: Sequence["Job"]) -> bool:
    first = jobs[0]
    try:
        if first.attempts >= MOST_ATTEMPTS and not first.is_in_line:
            raise TryLater(first.problem or "whoever did it died each time")
        _call(first, [argument for job in jobs for argument in job.arguments])
    except Exception as problem:
        _put_off(jobs, problem)
        return False
    _these(jobs).delete()
    return True


def _call(job: "Job", arguments: list[Any]) -> None:
    task: Task[..., Any] = import_string(job.task)
    if task.takes_context:
        running = _result(task, arguments, job.keywords, number=job.pk, attempts=job.attempts + 1)
        task.call(TaskContext(task_result=running), *arguments, **job.keywords)
    else:
        task.call(*arguments, **job.keywords)


def _put_off(jobs: Sequence["Job"], problem: Exception) -> None:
    """Again later and later; or not at all before somebody says so."""
    first, attempts = jobs[0], 1 + max(job.attempts for job in jobs)
    longest = LONGEST_PAUSE_IN_LINE if first.is_in_line else LONGEST_PAUSE
    pause = max(getattr(problem, "wait", 0.0), min(longest, 2.0 ** min(attempts, 30)))
    failed = attempts >= MOST_ATTEMPTS and not first.is_in_line
    _these(jobs).update(due=timezone.now() + timedelta(seconds=pause), failed=failed, problem=_words(problem))
    log.log(
        logging.ERROR if failed or not isinstance(problem, TryLater) else logging.WARNING,
        "%s (%s), %d jobs, not done at attempt %d: %s. %s",
        *(first.task, first.queue, len(jobs), attempts, _words(problem)),
        "Given up; see “manage.py outbox”." if failed else f"Again in {pause:.0f} s.",
        exc_info=None if isinstance(problem, TryLater) else problem,
    )


def _words(problem: Exception) -> str:
    """A reason as it is kept: in one line that any database takes."""
    kind = "" if isinstance(problem, TryLater) else f"{type(problem).__name__}: "
    return printable(" ".join(f"{kind}{problem}".split()))[:LONGEST_PROBLEM]


def _bundle(task: Task[..., Any], kwargs: dict[str, Any]) -> str:
    """What jobs have in common that one call may do together; empty for those done one by one."""
    if not getattr(task.func, "joined", False):
        return ""
    return f"{task.module_path} {json.dumps(kwargs, sort_keys=True)}"


def _these(jobs: Sequence["Job"]) -> Any:
    from newsroom.foundations.models import Job

    return Job.objects.filter(pk__in=[job.pk for job in jobs])


def _result(
    task: Task[..., Any], args: Any, kwargs: Any, *, number: int = 0, attempts: int = 0
) -> TaskResult[Any]:
    """A job in the words of django-tasks."""
    return TaskResult(
        task=task,
        id=str(number),
        status=TaskResultStatus.RUNNING if attempts else TaskResultStatus.READY,
        enqueued_at=timezone.now(),
        started_at=None,
        finished_at=None,
        last_attempted_at=None,
        args=list(args),
        kwargs=dict(kwargs),
        backend=task.backend,
        errors=[],
        worker_ids=[""] * attempts,
    )
