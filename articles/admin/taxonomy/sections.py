"""Sections in the admin: the tree as a list of trails, and a picker that says where each section stands."""

from functools import cached_property
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy, ngettext

from articles.admin.deleting import DeletedWithReason
from articles.models import Section
from newsroom.foundations.conflicts import TellsOfConflicts
from newsroom.foundations.db.contention import take_turns


class SectionChoice(forms.ModelChoiceField):
    """A choice of one section, by its trail. Two queries, however many sections."""

    def __init__(self, queryset: QuerySet[Section] | None = None, **kwargs: Any) -> None:
        super().__init__(Section.objects.order_by("path") if queryset is None else queryset, **kwargs)
        self.widget.attrs["class"] = "filterable"

    @cached_property
    def trails(self) -> dict[int, str]:
        return Section.objects.trail_names()

    def label_from_instance(self, section: Section) -> str:
        return self.trails[section.pk]


class SectionForm(forms.ModelForm):
    parent = SectionChoice(
        required=False,
        label=Section._meta.get_field("parent").verbose_name.capitalize(),
        empty_label=gettext_lazy("(a main section)"),
        help_text=Section._meta.get_field("parent").help_text,
    )

    class Meta:
        model = Section
        fields = ["name", "parent", "slug", "description", "order"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            inside = self.instance.subtree().values("pk")
            self.fields["parent"].queryset = Section.objects.exclude(pk__in=inside).order_by("path")


class OrderForm(forms.ModelForm):
    """A section's place among its neighbours, in its line of the list."""

    class Meta:
        model = Section
        fields = ["order"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order"].widget.attrs["aria-label"] = gettext("Order of %s") % self.instance


@admin.register(Section)
class SectionAdmin(DeletedWithReason, TellsOfConflicts):
    form = SectionForm
    list_display = ["trail", "path", "order"]
    list_editable = ["order"]
    list_per_page = 200
    ordering = ["path"]
    search_fields = ["name", "slug"]
    show_full_result_count = False
    prepopulated_fields = {"slug": ["name"]}
    actions = None

    class Media:
        js = [forms.Script("js/admin/proposed-slug.js", type="module")]

    def hold(self, rows: QuerySet[Section]) -> QuerySet[Section]:
        """Who saves a section takes turns over the tree; so turns come first, and then the rows."""
        take_turns("sections")
        return super().hold(rows)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        shown = super().get_changelist_instance(request)
        trails = Section.objects.trail_names()
        for section in shown.result_list:
            section.trail_shown = trails[section.pk]
        return shown

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[forms.ModelForm]:
        return OrderForm

    @admin.display(description=gettext_lazy("section"))
    def trail(self, section: Section) -> str:
        return section.trail_shown

    def view_on_site(self, section: Section) -> str:
        return section.get_absolute_url()

    def in_the_way(self, section: Section) -> list[str]:
        articles, children = section.articles.count(), section.children.count()
        inside = ngettext(
            "%(count)d section lies inside “%(name)s”. Move it elsewhere or delete it first.",
            "%(count)d sections lie inside “%(name)s”. Move them elsewhere or delete them first.",
            children,
        )
        filed = ngettext(
            "%(count)d article is filed in “%(name)s”. File it elsewhere first.",
            "%(count)d articles are filed in “%(name)s”. File them elsewhere first.",
            articles,
        )
        return [
            sentence % {"count": count, "name": section}
            for sentence, count in ((inside, children), (filed, articles))
            if count
        ]
