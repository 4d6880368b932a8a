"""What falls due by the clock, step by step. Each step, and each article within one, fails alone: the failure is logged
and kept (`FailedStep`, which the health page reads), and it is tried again later."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections
from django.utils import timezone

from articles.models import Article, IllegalMove, Presence, UnsavedText
from articles.models.article import ArticleQuerySet
from articles.sweeping import sweep_pictures
from comments.models import Comment, Lead
from newsroom.foundations import outbox
from newsroom.foundations.models import FailedStep
from newsroom.foundations.pagecache import cdn, purges

log = logging.getLogger(__name__)

Say = Callable[[str], Any]
OUTBOX_SECONDS = 50.0  # the clock comes every minute, and what is left is done then


def run(say: Say) -> int:
    """Do every step. How many things could not be done."""
    return sum(_tried(step, lambda do=do: do(say)) for step, do in STEPS.items())  # type: ignore[misc]


def announce(say: Say) -> int:
    return _each(
        "announce", Article.objects.due(), Article.go_live, lambda article: say(_told("Live", article))
    )


def replace(say: Say) -> int:
    due = Article.objects.due_replacement()
    return _each("replace", due, Article.replace, lambda article: say(_told("Replaced", article)))


def _nothing_failed(do: Callable[[], Any]) -> Callable[[Say], int]:
    """A step that is done whole or fails whole."""

    def step(say: Say) -> int:
        do()
        return 0

    return step


# In this order, by the names that the health page and the log say. A step answers how many failed within it.
STEPS: dict[str, Callable[[Say], int]] = {
    "announce": announce,
    "replace": replace,
    "refresh": _nothing_failed(lambda: Article.objects.refresh_some()),
    "forget_ip_addresses": _nothing_failed(lambda: Comment.objects.forget_ip_addresses()),
    "forget_ip_addresses_of_leads": _nothing_failed(lambda: Lead.objects.forget_ip_addresses()),
    "sweep_pictures": _nothing_failed(sweep_pictures),
    "forget_unsaved_texts": _nothing_failed(lambda: UnsavedText.objects.forget_old()),
    "forget_presence": _nothing_failed(lambda: Presence.objects.forget_old()),
    "forget_purges": _nothing_failed(purges.forget_old),
    "forget_purges_in_front": _nothing_failed(cdn.forget_old),
    "outbox": lambda say: outbox.deliver(seconds=OUTBOX_SECONDS),
}


def _tried(step: str, do: Callable[[], int]) -> int:
    try:
        failed = do()
        FailedStep.objects.filter(step=step, subject="").delete()
    except Exception as problem:
        log.exception("run_due failed at the step “%s”", step)
        close_old_connections()  # one that was lost in this step is not to fail the next
        _record(step, "", problem)
        return 1
    return failed


def _each(
    step: str, due: ArticleQuerySet, do: Callable[[Article], None], done: Callable[[Article], Any]
) -> int:
    """Do it to each of these, but for those that failed so lately that it is not their turn. How many failed."""
    known = {row.subject: row for row in FailedStep.objects.filter(step=step).exclude(subject="")}
    failed, still = 0, set()
    for article in due:
        subject = f"article {article.pk}"
        if subject in known and known[subject].due > timezone.now():
            still.add(subject)
            continue
        try:
            do(article)
        except IllegalMove:
            continue  # another run was quicker
        except Exception as problem:
            log.exception("run_due failed at article %s (%s)", article.pk, step)
            _record(step, subject, problem)
            still.add(subject)
            failed += 1
        else:
            done(article)
    FailedStep.objects.filter(step=step, subject__in=known.keys() - still).delete()
    return failed


def _record(step: str, subject: str, problem: Exception) -> None:
    try:
        FailedStep.objects.record(step, subject, problem)
    except Exception:  # the database itself, perhaps: the log has the rest
        log.exception("run_due could not note that “%s” failed", step)


def _told(what: str, article: Article) -> str:
    return f"{what}: {article.headline} ({article.get_absolute_url()})"
