"""Chapter: an article shown to somebody without a login, by a link that ends."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles import permissions
from articles.models import Article, PreviewLink, Revision, VerbRefused

LASTS = [
    ("1", gettext_lazy("One hour: while you are on the telephone")),
    ("24", gettext_lazy("One day")),
    ("72", gettext_lazy("Three days")),
    ("168", gettext_lazy("Seven days: enough for most who check a text")),
    ("336", gettext_lazy("Fourteen days")),
    ("720", gettext_lazy("Thirty days: the longest there is")),
]  # in hours
A_WEEK = "168"
MOST_LISTED = 100


class ShareForm(forms.Form):
    """For whom, for how long, and whether the link follows the text."""

    label = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=80,
        help_text=gettext_lazy(
            "“Dr Osei, who checks the figures”, say. Your colleagues see it; readers never do."
        ),
    )
    lasts = forms.ChoiceField(
        label=gettext_lazy("How long it opens"),
        choices=LASTS,
        initial=A_WEEK,
        help_text=gettext_lazy("Afterwards it opens nothing. You can revoke it sooner."),
    )
    version = forms.TypedChoiceField(
        label=gettext_lazy("What it shows"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": gettext_lazy("A newer version has been saved meanwhile. Choose again.")
        },
        help_text=gettext_lazy(
            "Only what is saved is ever shown, and neither comments nor notes of the desk."
        ),
    )

    def __init__(self, *args: Any, latest: Revision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest = latest
        fixed = _("Version %d as it is now, whatever is written later") % latest.number
        self.fields["version"].choices = [
            (0, _("The latest version, whenever it is opened")),
            (latest.number, fixed),
        ]
        self.fields["version"].initial = 0

    def arguments(self) -> dict[str, Any]:
        """As PreviewLink.share() takes them. Only of a valid form."""
        return {
            "label": self.cleaned_data["label"],
            "lasts": timedelta(hours=int(self.cleaned_data["lasts"])),
            "revision": self.latest if self.cleaned_data["version"] else None,
        }


class Sharing(admin.ModelAdmin):
    """Chapter: `<article>/share/` and `<article>/share/<link>/revoke/`."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/share/", view(self.share_view), name="articles_article_share"),
            path("<int:pk>/share/<int:link>/revoke/", view(self.revoke_view), name="articles_article_revoke"),
            *super().get_urls(),
        ]

    def open_links(self, request: HttpRequest, article: Article) -> dict[str, Any]:
        """What the article's sheet says of its links. One query, however many there are."""
        may_share = permissions.may(request.user, "share", article)
        return {"links": article.preview_links.open().for_lists(), "may_share": may_share}

    def share_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        article = self.shown(request, pk)
        if not permissions.may(request.user, "share", article):
            raise PermissionDenied
        form = ShareForm(request.POST if request.method == "POST" else None, latest=article.latest_revision)
        made = self._share(request, article, form) if form.is_valid() else None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Share a preview"),
            "opts": self.opts,
            "article": article,
            "form": form,
            "made": made,
            "links": article.preview_links.for_lists()[:MOST_LISTED],
            "may_share": True,
        }
        return TemplateResponse(request, "admin/articles/article/share.html", context)

    def _share(self, request: HttpRequest, article: Article, form: ShareForm) -> PreviewLink | None:
        """The new link, which this page alone can show in full; or None, with the reason on the form."""
        try:
            return PreviewLink.share(article, by=request.user, **form.arguments())
        except VerbRefused as refusal:
            form.add_error(None, str(refusal))
            return None

    @method_decorator(require_POST)
    def revoke_view(self, request: HttpRequest, pk: int, link: int) -> HttpResponse:
        article = self.shown(request, pk)
        found = get_object_or_404(article.preview_links.select_related("made_by"), pk=link)
        try:
            found.revoke(by=request.user)
        except VerbRefused as refusal:
            raise PermissionDenied from refusal
        messages.success(request, _("The link for %s opens nothing any more.") % found)
        return redirect("admin:articles_article_change", pk)
