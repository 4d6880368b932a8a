"""The house rules: one row, edited in place."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comments.models import HouseRules
from newsroom.foundations.conflicts import TellsOfConflicts


@admin.register(HouseRules)
class HouseRulesAdmin(TellsOfConflicts):
    fieldsets = [
        (_("Open or closed"), {"fields": ["open", "close_after_days"]}),
        (_("What readers are told"), {"fields": ["guidelines"]}),
        (_("What is held"), {"fields": ["trust_after", "most_links", "held_words", "spam_words"]}),
    ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:comments_houserules_change", args=[1]))

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> HouseRules | None:
        return (HouseRules.objects.filter(pk=1).first() or HouseRules(pk=1)) if object_id == "1" else None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
