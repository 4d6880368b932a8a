"""Pickers with suggestions while typing. Django's own stumbles over a posted value that is not a key; these do not."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.db import models
from django.http import HttpRequest


def key_in(text: Any) -> int:
    """The key that a URL or a form names; 0, which no row has, for anything else."""
    text = str(text)
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 19 else 0


class Picker(AutocompleteSelect):
    def __init__(self, field: Any, **kwargs: Any) -> None:
        super().__init__(field, admin.site, **kwargs)

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list[Any]:
        groups = super().optgroups(name, [one for one in value if key_in(one)], attr)
        for option in groups[0][1]:
            option["label"] = option["label"] or "–"
        return groups

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=[forms.Script("js/admin/named-pickers.js", type="module")])  # type: ignore[list-item]


class WithPickers(admin.ModelAdmin):
    """A ModelAdmin whose autocomplete_fields are these pickers."""

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = Picker(db_field)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Without the cross that deletes what is chosen: it looks like the one that merely chooses nothing."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field
