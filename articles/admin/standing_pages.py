"""Standing pages in the admin, with a preview beside the text."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.admin.articles.previewing import framed_by_us, no_preview, too_often
from articles.models import StandingPage
from articles.models.status import clock
from newsroom.foundations import markup
from newsroom.foundations.conflicts import TellsOfConflicts


class StandingPageForm(forms.ModelForm):
    class Meta:
        model = StandingPage
        fields = ["title", "body", "slug", "in_footer", "order"]
        widgets = {"body": forms.Textarea(attrs={"rows": 20})}


@admin.register(StandingPage)
class StandingPageAdmin(TellsOfConflicts):
    form = StandingPageForm
    list_display = ["title", "address", "in_footer", "order", "updated"]
    list_editable = ["in_footer", "order"]
    search_fields = ["title"]
    show_full_result_count = False
    actions = None  # deleting many at once would pass by what a page does when it goes
    prepopulated_fields = {"slug": ["title"]}

    class Media:
        js = [forms.Script("js/admin/proposed-slug.js", type="module")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[StandingPage]:
        return StandingPage.objects.all()

    def get_urls(self) -> list[Any]:
        preview = self.admin_site.admin_view(framed_by_us(require_POST(self.preview)))
        return [path("preview/", preview, name="articles_page_preview"), *super().get_urls()]

    def preview(self, request: HttpRequest) -> HttpResponse:
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        if too_often(request.user):
            return no_preview(request, _("That was many previews in one minute. Wait a moment."), status=429)
        page = StandingPage(title=request.POST.get("title", "")[:200], body=request.POST.get("body", ""))
        try:
            page.body_html = page.rendered().html
        except markup.MarkupRefused as refusal:
            return no_preview(request, str(refusal))
        context = {"page": page, "page_title": page.title, "preview": True}
        return TemplateResponse(request, "articles/standing_page.html", context)

    @admin.display(description=gettext_lazy("last changed"), ordering="updated_at")
    def updated(self, page: StandingPage) -> str:
        return clock(page.updated_at)

    @admin.display(description=gettext_lazy("address"))
    def address(self, page: StandingPage) -> str:
        return page.get_absolute_url()

    def view_on_site(self, page: StandingPage) -> str:
        return page.get_absolute_url()
