"""Is the paper well? For the monitoring of whoever runs it; says nothing a stranger could use."""

from django.db import Error
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import Article
from newsroom.foundations.pagecache import in_front


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 while the database answers, 503 when not. `late_seconds` is how long the clock's oldest work has waited;
    if it grows beyond a minute or two, `run_due` is not running or cannot do it. `purges_late_seconds` is the same for
    what the caches in front have yet to be told."""
    try:
        lateness = {"late_seconds": late_seconds(), "purges_late_seconds": in_front.waiting().seconds}
        return JsonResponse({"database": True, **lateness})
    except Error:
        return JsonResponse({"database": False}, status=503)


def late_seconds() -> int:
    due = Article.objects.due().aggregate(since=Min("publish_at"))["since"]
    replacement = Article.objects.due_replacement().aggregate(since=Min("replacement_at"))["since"]
    now = timezone.now()
    return max(int((now - (since or now)).total_seconds()) for since in (due, replacement))
