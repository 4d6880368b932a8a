"""Who writes to us, and how it has gone so far."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.admin import searching
from comments.models import Comment, Reader
from comments.permissions import may
from newsroom.foundations.db.capped_count import ShortPaginator

LATEST = 50  # comments on a reader's page


@admin.register(Reader)
class ReaderAdmin(admin.ModelAdmin):
    """Readers come with their first comment; their standing follows from decisions. Nothing is edited here."""

    list_display = ("email", "approved", "rejected", "spam", "first_seen")
    search_fields = ("email",)
    search_help_text = gettext_lazy("The beginning of an e-mail address, or a name from a recent comment")
    sortable_by = ()
    ordering = ("-pk",)
    paginator = ShortPaginator
    show_full_result_count = False
    fields = ("email", "first_seen", "approved", "rejected", "spam")

    class Media:
        css = {"all": ["css/admin/moderation.css"]}

    def get_search_results(
        self, request: HttpRequest, readers: QuerySet[Reader], search_term: str
    ) -> tuple[QuerySet[Reader], bool]:
        if not (term := search_term.strip()):
            return readers, False
        at = Reader.objects.beginning(term).values_list("pk", flat=True)[: searching.MOST]
        named = (
            searching.latest()
            .filter(name__icontains=term, reader__isnull=False)
            .values_list("reader", flat=True)
        )
        return readers.filter(pk__in={*at, *named[: searching.MOST]}), False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        pk = int(object_id) if object_id.isdecimal() else 0
        theirs = Comment.objects.filter(reader=pk) if may(request.user, "view") else Comment.objects.none()
        comments = theirs.select_related("thread__article").order_by("-pk")[:LATEST]
        context = {"title": _("Reader"), "subtitle": None, "comments": comments}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
