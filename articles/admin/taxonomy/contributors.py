"""Contributors in the admin: the people readers see credited."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.deleting import DeletedWithReason
from articles.admin.pickers import WithPickers
from articles.models import Contributor
from articles.models.contributors import check_links
from articles.paths import slug_from
from newsroom.foundations.conflicts import TellsOfConflicts
from newsroom.foundations.db.capped_count import ShortPaginator


class LinkLines(forms.CharField):
    """A contributor's links, one on a line: “Label | https://…”. The label may be left out."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{link['label']} | {link['url']}" for link in value)
        return value

    def to_python(self, value: Any) -> list[dict[str, str]]:
        return [self._link(line) for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def validate(self, value: Any) -> None:
        check_links(value)

    def run_validators(self, value: Any) -> None:
        """check_links has looked at the whole."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != data

    def _link(self, line: str) -> dict[str, str]:
        label, _bar, url = (part.strip() for part in line.rpartition("|"))
        if "\x00" in line:
            raise ValidationError(_("A link cannot hold this character."))
        return {"label": label or re.sub("^(mailto:|https?://)", "", url), "url": url}


class ContributorForm(forms.ModelForm):
    links = LinkLines(
        label=gettext_lazy("Links"),
        required=False,
        max_length=4_000,
        help_text=gettext_lazy("One on a line, as “Mastodon | https://example.social/@ana”."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Contributor
        fields = ["name", "role", "bio", "portrait", "links", "slug", "user"]
        widgets = {"bio": forms.Textarea(attrs={"rows": 4})}

    def clean(self) -> dict[str, Any]:
        """A byline's URL must not tell a stranger somebody's login name."""
        cleaned = super().clean() or {}
        slug = cleaned.get("slug") or slug_from(cleaned.get("name") or "")
        if slug and get_user_model().objects.filter(username__iexact=slug).exists():
            self.add_error(
                "slug", _("“%s” is a login name. Choose another slug, so that nobody can guess it.") % slug
            )
        return cleaned


@admin.register(Contributor)
class ContributorAdmin(DeletedWithReason, TellsOfConflicts, WithPickers):
    form = ContributorForm
    list_display = ["name", "role", "has_login"]
    list_per_page = 100
    paginator = ShortPaginator
    search_fields = ["name", "role"]
    ordering = ["name"]
    show_full_result_count = False
    autocomplete_fields = ["portrait"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contributor]:
        return Contributor.objects.select_related("user")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Whose login it is decides who may open drafts signed by it, so only who gives out logins may say."""
        fields = list(ContributorForm.Meta.fields)
        return fields if request.user.has_perm("newsroom.change_user") else fields[:-1]

    def view_on_site(self, contributor: Contributor) -> str:
        return contributor.get_absolute_url()

    def in_the_way(self, contributor: Contributor) -> list[str]:
        count = contributor.bylines.count()
        sentence = ngettext(
            "%(name)s has signed %(count)d article, which keeps its byline.",
            "%(name)s has signed %(count)d articles, which keep their bylines.",
            count,
        )
        return [sentence % {"name": contributor, "count": count}] if count else []

    @admin.display(description=gettext_lazy("login"), boolean=True)
    def has_login(self, contributor: Contributor) -> bool:
        return contributor.user is not None
