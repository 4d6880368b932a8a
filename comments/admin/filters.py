"""Which comments a moderator is looking at."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Section
from comments.forms import HASTE, HONEYPOT
from comments.models import Finding, State
from comments.screening import SCREENS

EVERY = "all"


class ByState(admin.SimpleListFilter):
    """Those waiting, unless another state is asked for."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*State.choices, (EVERY, _("All"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset if self.value() == EVERY else queryset.filter(state=self.value())

    def value(self) -> str:
        asked = super().value()
        return asked if asked in {*State.values, EVERY} else State.PENDING


class BySection(admin.SimpleListFilter):
    """Under articles filed in a section or anywhere below it."""

    title = _("section")
    parameter_name = "section"
    unasked = _("All sections")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        sections = Section.objects.order_by("path").only("name", "path")
        return [(section.path, f"{'– ' * section.path.count('/')}{section.name}") for section in sections]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not (path := self.value()):
            return queryset
        section = Section.objects.filter(path=path).first()
        return queryset.filter(thread__article__section__in=section.subtree()) if section else queryset.none()


class ByFinding(admin.SimpleListFilter):
    """Of which a certain screen noticed something."""

    title = _("evidence")
    parameter_name = "evidence"
    unasked = _("With or without")

    labels = {
        HONEYPOT: _("Filled the hidden field"),
        HASTE: _("Sent in haste"),
        "pace": _("Too many at once"),
        "words": _("Listed words"),
        "links": _("Links"),
        "repeats": _("Repeats"),
        "names": _("A name like ours"),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(screen, self.labels[screen]) for screen in (HONEYPOT, HASTE, *SCREENS)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        return queryset.filter(pk__in=Finding.objects.filter(screen=self.value()).values("comment"))
