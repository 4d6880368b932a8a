"""Logins and the masthead in the admin: who works here, in which role, and what the paper is called."""

from typing import Any

import django.contrib.sites.admin
import taggit.admin
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models.status import clock
from newsroom.foundations.conflicts import TellsOfConflicts
from newsroom.models import Masthead, User
from newsroom.roles import EXPLAINED

admin.site.unregister([Group, django.contrib.sites.admin.Site, taggit.admin.Tag])  # ours to keep, not to edit


class RoleChoice(forms.ModelMultipleChoiceField):
    """Roles by their names, each with what it may do."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Group.objects.filter(name__in=EXPLAINED), label=gettext_lazy("Roles"), **kwargs)

    def label_from_instance(self, role: Group) -> str:
        return f"{role.name}: {EXPLAINED[role.name]}"


class Rolled:
    """A form in which the roles given decide whether somebody may enter the desk at all."""

    def _post_clean(self) -> None:
        super()._post_clean()
        self.instance.is_staff = bool(self.cleaned_data.get("groups")) or self.instance.is_superuser


class LoginForm(Rolled, UserChangeForm):
    groups = RoleChoice(required=False)

    def clean(self) -> dict[str, Any]:
        """Whoever keeps the keys cannot drop them by mistake."""
        cleaned = super().clean() or {}
        roles = {role.name for role in cleaned.get("groups") or ()}
        keeps = cleaned.get("is_active") and (self.instance.is_superuser or "Administrator" in roles)
        if self.instance == self.keeper and not keeps:
            raise ValidationError(_("You cannot take the keys from yourself. Ask another administrator."))
        return cleaned


class NewLoginForm(Rolled, UserCreationForm):
    groups = RoleChoice()


@admin.register(User)
class LoginAdmin(TellsOfConflicts, UserAdmin):
    """Only administrators come here: logins are given, never deleted, for what they did stays signed."""

    form = LoginForm
    add_form = NewLoginForm
    add_form_template = None
    show_facets = admin.ShowFacets.NEVER
    filter_horizontal = ()
    list_display = ["username", "name", "email", "roles", "is_active", "last_seen"]
    list_filter = ["is_active", "groups"]
    show_full_result_count = False
    empty_value_display = gettext_lazy("none")  # the filter's choice of people without a role
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (gettext_lazy("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (gettext_lazy("What they may do"), {"fields": ["groups", "is_active"]}),
        (gettext_lazy("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    add_fieldsets = [
        (None, {"fields": ["username", "first_name", "last_name", "email", "groups"]}),
        (gettext_lazy("Password"), {"fields": ["password1", "password2"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return User.objects.prefetch_related("groups")

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)
        form.keeper = request.user
        return form

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Take the mark “active” away instead: sessions end, and what the person did stays theirs."""
        return False

    @admin.display(description=gettext_lazy("name"), ordering="last_name")
    def name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description=gettext_lazy("last login"), ordering="last_login")
    def last_seen(self, user: User) -> str:
        return clock(user.last_login) if user.last_login else ""

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(role.name for role in user.groups.all())


@admin.register(Masthead)
class MastheadAdmin(TellsOfConflicts):
    """One row, so the list is skipped and the row is made when first asked for."""

    fields = ["name", "tagline", "footer_text", "shows_changes"]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if self.has_change_permission(request):
            Masthead.objects.get_or_create(pk=1)
            return redirect("admin:newsroom_masthead_change", 1)
        return super().changelist_view(request, extra_context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
