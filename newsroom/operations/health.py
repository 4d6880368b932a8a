"""Is the paper well? For the monitoring of whoever runs it; says nothing a stranger could use."""

from typing import Any

from django.db import Error
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import Article
from newsroom.foundations import outbox
from newsroom.foundations.models import FailedStep, Job
from newsroom.foundations.pagecache import cdn


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, 503 when not. `late_seconds` is how long the clock's oldest work has waited;
    if it grows beyond a minute or two, `run_due` is not running or cannot do it. `outbox_late_seconds` is the same for
    the jobs of the outbox, and `purges_late_seconds` for those of them that tell the caches in front;
    `outbox_given_up` is how many jobs nobody tries any more. `failed_steps` are the steps of `run_due` that failed when
    they were last tried."""
    try:
        return JsonResponse({"database": True, **lateness(), "failed_steps": failed_steps()})
    except Error:
        return JsonResponse({"database": False}, status=503)


def lateness() -> dict[str, int]:
    return {
        "late_seconds": late_seconds(),
        "outbox_late_seconds": outbox.waiting().seconds,
        "outbox_given_up": Job.objects.filter(failed=True).count(),
        "purges_late_seconds": cdn.waiting().seconds,
    }


def failed_steps() -> list[dict[str, Any]]:
    """Each step once: since when it fails, and in how many things."""
    failed = FailedStep.objects.values("step").annotate(since=Min("since"), failures=Count("pk"))
    return [dict(one) for one in failed.order_by("step")]


def late_seconds() -> int:
    due = Article.objects.due().aggregate(since=Min("publish_at"))["since"]
    replacement = Article.objects.due_replacement().aggregate(since=Min("replacement_at"))["since"]
    now = timezone.now()
    return max(int((now - (since or now)).total_seconds()) for since in (due, replacement))
