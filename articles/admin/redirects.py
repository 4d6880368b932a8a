"""Redirects in the admin: former paths that verbs remember by themselves, and those somebody adds by hand."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles import redirects
from articles.models import FormerPath
from newsroom.foundations.conflicts import TellsOfConflicts
from newsroom.foundations.db.capped_count import ShortPaginator


class RedirectForm(forms.ModelForm):
    class Meta:
        model = FormerPath
        fields = ["old_path", "new_path"]

    def clean_old_path(self) -> str:
        path = redirects.as_requested(self.cleaned_data["old_path"])
        if not path.startswith("/") or path == "/":
            raise ValidationError(
                _("Give a path of this site that begins with a slash, but not the front page.")
            )
        return path

    def clean_new_path(self) -> str:
        path = redirects.as_requested(self.cleaned_data["new_path"])
        if path and not path.startswith(("/", "https://", "http://")):
            raise ValidationError(
                _("Give a path that begins with a slash, or a URL that begins with https://.")
            )
        return path


@admin.register(FormerPath)
class RedirectAdmin(TellsOfConflicts):
    """The page cache is told of each."""

    form = RedirectForm
    list_display = ["old_path", "new_path"]
    search_fields = ["old_path", "new_path"]
    paginator = ShortPaginator
    show_full_result_count = False

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: FormerPath, *args: Any) -> None:
        former = FormerPath.objects.filter(pk=obj.pk).values_list("old_path", flat=True)
        redirects.look_again(obj.old_path, *former)
        super().save_model(request, obj, *args)

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: FormerPath) -> None:
        redirects.look_again(obj.old_path)
        super().delete_model(request, obj)

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[FormerPath]) -> None:
        redirects.look_again(*queryset.values_list("old_path", flat=True))
        super().delete_queryset(request, queryset)
