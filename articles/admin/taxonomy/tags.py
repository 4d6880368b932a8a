"""Tags in the admin: suggested while an article is written, renamed, and merged when two mean the same."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import permissions
from articles.admin.deleting import DeletedWithReason
from articles.models import Tag, TaggedArticle
from articles.models.tags import fold
from newsroom.foundations.conflicts import TellsOfConflicts
from newsroom.foundations.db.capped_count import CountUpTo, ShortPaginator, at_most

SUGGESTIONS = 8
MOST_COUNTED = 1000  # stories of a tag


class TagForm(forms.ModelForm):
    class Meta:
        model = Tag
        fields = ["name"]
        help_texts = {
            "name": gettext_lazy("Its address stays, and articles that say the former name mean this tag.")
        }

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if not fold(name):
            raise forms.ValidationError(_("A tag needs a name."))
        if Tag.objects.exclude(pk=self.instance.pk).filter(key=fold(name)).exists():
            raise forms.ValidationError(
                _("There is a tag of this name already. In the list the two can be merged.")
            )
        return name


@admin.register(Tag)
class TagAdmin(DeletedWithReason, TellsOfConflicts):
    form = TagForm
    list_display = ["name", "slug", "articles"]
    list_per_page = 100
    paginator = ShortPaginator
    search_fields = ["name"]
    ordering = ["name"]
    show_full_result_count = False
    actions = ["merge"]

    def get_urls(self) -> list[Any]:
        suggest = self.admin_site.admin_view(self.suggest_view)
        return [path("suggest/", suggest, name="articles_tag_suggest"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        """Everything in this admin starts from what this person may hear of."""
        return Tag.objects.known_to(request.user).order_by(*self.ordering)

    def suggest_view(self, request: HttpRequest) -> JsonResponse:
        """Names that begin like what is being typed; then those that hold it elsewhere."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        typed, known = fold(request.GET.get("q", "")), self.get_queryset(request)
        beginning = known.filter(key__startswith=typed)[:SUGGESTIONS] if typed else []
        inside = (
            known.filter(key__contains=typed).exclude(key__startswith=typed)[:SUGGESTIONS] if typed else []
        )
        names = [tag.name for tag in [*beginning, *inside]][:SUGGESTIONS]
        return JsonResponse({"tags": names})

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Counts the stories of the tags on this page only, and no more than a thousand of each."""
        shown = super().get_changelist_instance(request)
        tags = list(shown.result_list)
        taggings = TaggedArticle.objects.filter(tag=OuterRef("pk"))
        if not request.user.has_perm(permissions.ANYONES):
            taggings = taggings.seen_by(request.user)
        theirs = CountUpTo(MOST_COUNTED, taggings)
        counted = Tag.objects.filter(pk__in=[tag.pk for tag in tags]).annotate(count=theirs)
        counts = dict(counted.order_by().values_list("pk", "count"))
        for tag in tags:
            tag.count = counts.get(tag.pk, 0)
        shown.result_list = tags
        return shown

    @admin.display(description=gettext_lazy("articles"))
    def articles(self, tag: Tag) -> str:
        return at_most(MOST_COUNTED, tag.count)

    @admin.action(description=gettext_lazy("Merge into one"), permissions=["change"])
    def merge(self, request: HttpRequest, tags: QuerySet[Tag]) -> HttpResponse | None:
        """First asks which of them stays; then makes it stand for them all."""
        chosen = list(tags)
        if len(chosen) < 2:
            messages.warning(request, _("Choose two or more tags that mean the same."))
            return None
        stays = next((tag for tag in chosen if str(tag.pk) == request.POST.get("stays")), None)
        if stays is None:
            context = {**self.admin_site.each_context(request), "opts": self.opts, "tags": chosen}
            context["title"] = _("Merge tags")
            return TemplateResponse(request, "admin/articles/tag/merge.html", context)
        moved = stays.absorb(*chosen)
        messages.success(
            request,
            ngettext(
                "They are all “%(name)s” now; %(count)d article got it.",
                "They are all “%(name)s” now; %(count)d articles got it.",
                moved,
            )
            % {"name": stays, "count": moved},
        )
        return None

    def view_on_site(self, tag: Tag) -> str:
        return tag.get_absolute_url()
