"""Chapter: the list of standing pages, and their places in the footer, which need no publishing."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import StandingPage
from articles.models.status import clock
from newsroom.foundations.conflicts import TellsOfConflicts


class PageList(TellsOfConflicts):
    list_display = ["title", "address", "standing", "in_footer", "order", "updated"]
    list_editable = ["in_footer", "order"]
    search_fields = ["title"]
    show_full_result_count = False
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[StandingPage]:
        return StandingPage.objects.with_latest()

    @admin.display(description=gettext_lazy("where it is"), ordering="state")
    def standing(self, page: StandingPage) -> str:
        """“Published”, and whether something newer has been written."""
        state = page.get_state_display()
        if page.is_public and page.latest_number != page.adopted_number:
            return _("%s, and changed since") % state
        return state

    @admin.display(description=gettext_lazy("last changed"), ordering="updated_at")
    def updated(self, page: StandingPage) -> str:
        return clock(page.updated_at)

    @admin.display(description=gettext_lazy("address"))
    def address(self, page: StandingPage) -> str:
        return page.get_absolute_url()
