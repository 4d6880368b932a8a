"""What the machine could not do, for administrators: to look at, and to have tried again."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from newsroom.foundations.models import FailedStep, Job


class LookedAt(admin.ModelAdmin):
    """Written by the machine alone."""

    list_display_links = None
    ordering = ["since"]
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Job)
class JobAdmin(LookedAt):
    list_display = ["task", "queue", "since", "attempts", "due", "failed", "problem"]
    list_filter = ["failed"]
    actions = ["retry"]

    @admin.action(description=_("Try again now"))
    def retry(self, request: HttpRequest, jobs: QuerySet[Job]) -> None:
        number = Job.objects.filter(pk__in=jobs.values("pk")).retry()
        said = ngettext("%d job will be tried again.", "%d jobs will be tried again.", number) % number
        self.message_user(request, said, messages.SUCCESS)


@admin.register(FailedStep)
class FailedStepAdmin(LookedAt):
    list_display = ["step", "subject", "since", "attempts", "due", "problem"]
