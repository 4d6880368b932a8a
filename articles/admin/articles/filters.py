"""How the desk narrows its list of articles. A filter that makes no sense finds nothing; it never fails."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from articles.admin.pickers import Picker, key_in
from articles.models import Article, Byline, Contributor, Section


class Filter(admin.SimpleListFilter):
    """One field of the form above the list. An empty one filters nothing."""

    control = "select"

    def has_output(self) -> bool:
        return True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return []

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Article]:
        value = self.value()
        return self.narrowed(request, queryset, value) if value else queryset

    def narrowed(self, request: HttpRequest, articles: Any, value: str) -> QuerySet[Article]:
        raise NotImplementedError


class ByState(Filter):
    title, parameter_name = _("state"), "state"

    STATES = {
        "draft": (_("Drafts"), lambda articles: articles.drafts()),
        "in_review": (_("In review"), lambda articles: articles.in_review()),
        "approved": (_("Approved"), lambda articles: articles.approved()),
        "scheduled": (_("Scheduled"), lambda articles: articles.planned()),
        "live": (_("Live"), lambda articles: articles.published()),
        "today": (_("Live since today"), lambda articles: articles.live_today()),
        "withdrawn": (_("Withdrawn"), lambda articles: articles.withdrawn()),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(value, words) for value, (words, _narrow) in self.STATES.items()]

    def narrowed(self, request: HttpRequest, articles: Any, value: str) -> QuerySet[Article]:
        if value not in self.STATES:
            raise IncorrectLookupParameters
        return self.STATES[value][1](articles)


class ByKind(Filter):
    title, parameter_name = _("kind"), "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return Article.Kind.choices

    def narrowed(self, request: HttpRequest, articles: Any, value: str) -> QuerySet[Article]:
        return articles.filter(kind=value)


class BySection(Filter):
    """A section and everything below it."""

    title, parameter_name = _("section"), "section"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(pk), trail) for pk, trail in Section.objects.trail_names().items()]

    def narrowed(self, request: HttpRequest, articles: Any, value: str) -> QuerySet[Article]:
        section = Section.objects.filter(pk=key_in(value)).first()
        return articles.under(section) if section else articles.none()


class ByBylineForm(forms.Form):
    by = forms.ModelChoiceField(
        Contributor.objects.all(), required=False, widget=Picker(Byline._meta.get_field("contributor"))
    )


class ByByline(Filter):
    title, parameter_name, control = _("byline"), "by", "contributor"

    def narrowed(self, request: HttpRequest, articles: Any, value: str) -> QuerySet[Article]:
        contributor = Contributor.objects.filter(pk=key_in(value)).first()
        return articles.by(contributor) if contributor else articles.none()

    @property
    def widget(self) -> str:
        """The contributor's name with suggestions while typing, however many there are."""
        return str(ByBylineForm({"by": self.value()}, auto_id="filter-%s")["by"])


class Whose(Filter):
    title, parameter_name = _("whose"), "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mine", _("Mine"))]

    def narrowed(self, request: HttpRequest, articles: Any, value: str) -> QuerySet[Article]:
        return articles.of(request.user)


class Since(Filter):
    """Published on this day or later."""

    title, parameter_name, control = _("published from"), "from", "date"

    def narrowed(self, request: HttpRequest, articles: Any, value: str) -> QuerySet[Article]:
        return articles.filter(published_on__gte=day(value))


class Until(Filter):
    """Published on this day or earlier."""

    title, parameter_name, control = _("to"), "until", "date"

    def narrowed(self, request: HttpRequest, articles: Any, value: str) -> QuerySet[Article]:
        return articles.filter(published_on__lte=day(value))


FILTERS = [ByState, ByKind, BySection, ByByline, Whose, Since, Until]


def day(text: str) -> date:
    try:
        parsed = parse_date(text)
    except ValueError:
        parsed = None
    if parsed is None or not 1900 < parsed.year < 9999:
        raise IncorrectLookupParameters
    return parsed
