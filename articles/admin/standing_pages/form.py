"""Chapter: the form of a standing page, with a preview beside the text. Saving it writes a version; readers see what was
published."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.admin.articles.previewing import framed_by_us
from articles.admin.standing_pages.history import PageHistory
from articles.models import StandingPage
from articles.models.page_history import WORDS

PLACE = ("in_footer", "order")  # in the footer, which is no part of a version


class StandingPageForm(forms.ModelForm):
    class Meta:
        model = StandingPage
        fields = [*WORDS, *PLACE]
        widgets = {"body": forms.Textarea(attrs={"rows": 20})}


class Form(PageHistory):
    form = StandingPageForm
    fieldsets = [
        (None, {"fields": list(WORDS)}),
        (
            gettext_lazy("In the footer"),
            {
                "fields": list(PLACE),
                "description": gettext_lazy(
                    "Takes effect when you save, without publishing. A page that is not published is not linked."
                ),
            },
        ),
    ]
    prepopulated_fields = {"slug": ["title"]}

    class Media:
        js = [forms.Script("js/admin/proposed-slug.js", type="module")]

    def get_urls(self) -> list[Any]:
        preview = self.admin_site.admin_view(framed_by_us(require_POST(self.preview)))
        return [path("preview/", preview, name="articles_page_preview"), *super().get_urls()]

    def preview(self, request: HttpRequest) -> HttpResponse:
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        typed = StandingPage(title=request.POST.get("title", "")[:200], body=request.POST.get("body", ""))
        return self.laid_out(request, typed)

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> StandingPage | None:
        """The page as it was last written: what the form starts from."""
        page: StandingPage | None = super().get_object(request, object_id, from_field)
        return page and page.as_written()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        key = unquote(object_id)
        page = StandingPage.objects.with_latest().filter(pk=key).first() if key.isdecimal() else None
        return super().change_view(request, object_id, form_url, {"page": page, **(extra_context or {})})

    def save_model(self, request: HttpRequest, obj: StandingPage, form: Any, change: bool) -> None:
        """The stamp of the form has been compared already, under the row's lock."""
        words = {name: form.cleaned_data[name] for name in WORDS if name in form.cleaned_data}
        place = {name: form.cleaned_data[name] for name in PLACE if name in form.cleaned_data}
        if not change:
            obj.pk = StandingPage.start(by=request.user, **words, **place).pk
        elif obj.is_working_copy:
            page = StandingPage.objects.get(pk=obj.pk)
            page.stand(by=request.user, **place)
            page.revise(by=request.user, **words)
        else:  # a line of the list
            StandingPage.objects.get(pk=obj.pk).stand(by=request.user, **place)

    def response_add(self, request: HttpRequest, obj: StandingPage, post_url_continue: Any = None) -> Any:
        return self._after_saving(request, obj)

    def response_change(self, request: HttpRequest, obj: StandingPage) -> HttpResponse:
        return self._after_saving(request, obj)

    def _after_saving(self, request: HttpRequest, obj: StandingPage) -> HttpResponse:
        page = StandingPage.objects.with_latest().get(pk=obj.pk)
        messages.success(request, _("Saved as version %d.") % page.latest_number)
        if "_publish" in request.POST:
            return redirect("admin:articles_standingpage_move", page.pk, "publish")
        if page.latest_number != page.adopted_number or not page.is_public:
            messages.info(request, _("Readers do not see this version until it is published."))
        return redirect("admin:articles_standingpage_change", page.pk)

    def view_on_site(self, page: StandingPage) -> str | None:
        """Its URL for readers, if they see it: as it is, and not as it is written in the form."""
        shown = StandingPage.objects.published().filter(pk=page.pk).first()
        return shown and shown.get_absolute_url()
