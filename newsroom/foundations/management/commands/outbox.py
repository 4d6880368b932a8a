"""`manage.py outbox`: what the outbox still has to do, and what it could not do.

`--work` does jobs until it is stopped, on any machine and beside any number of others. `--retry` has those that were
given up tried again, and those that wait for their next attempt at once; `--remove` takes jobs out that nobody wants
done. Both take the jobs' numbers; `--retry` alone means every one.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count, Min
from django.utils import timezone

from newsroom.foundations import worker
from newsroom.foundations.models import Job

SHOWN = 20  # failed jobs


class Command(BaseCommand):
    help = "Show what the outbox still has to do, do it, or have it tried again."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--work", action="store_true", help="do jobs until stopped")
        what.add_argument(
            "--retry", nargs="*", type=int, metavar="NUMBER", help="try these (or all) again now"
        )
        what.add_argument("--remove", nargs="+", type=int, metavar="NUMBER", help="never do these")

    def handle(
        self, *, work: bool, retry: list[int] | None, remove: list[int] | None, **options: Any
    ) -> None:
        if work:
            self._work()
        elif retry is not None:
            tried = self._named(retry).retry() if retry else Job.objects.stuck().retry()
            self.stdout.write(f"{tried} jobs will be tried again now.")
        elif remove:
            self.stdout.write(f"{self._named(remove).delete()[0]} jobs removed.")
        else:
            self._show()

    def _work(self) -> None:
        try:
            worker.work()
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")

    def _named(self, numbers: list[int]) -> Any:
        jobs = Job.objects.filter(pk__in=numbers)
        if missing := set(numbers) - set(jobs.values_list("pk", flat=True)):
            raise CommandError(f"There is no job {', '.join(map(str, sorted(missing)))}; it may be done.")
        return jobs

    def _show(self) -> None:
        now, rows = timezone.now(), Job.objects.order_by("task", "queue").values("task", "queue")
        for row in rows.filter(failed=False).annotate(number=Count("pk"), oldest=Min("since")):
            late = max(0, int((now - row["oldest"]).total_seconds()))
            self.stdout.write(
                f"{row['number']:,} to do, the oldest for {late:,} s: {row['task']} ({row['queue']})"
            )
        if not Job.objects.exists():
            self.stdout.write("Nothing is waiting.")
        for job in Job.objects.stuck().order_by("-failed", "since")[:SHOWN]:
            self.stdout.write(self._told(job))

    def _told(self, job: Job) -> str:
        when = "given up" if job.failed else f"again at {timezone.localtime(job.due):%H:%M:%S}"
        return f"job {job.pk}, {job.task}: {job.attempts} attempts, {when}: {job.problem}"
