"""What readers report: the paragraph beside their words, and a button for each verb."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles import permissions as article_permissions
from comments import permissions
from comments.models import Comment, Lead, LeadEvent, LeadState, NotAllowed, VerbRefused
from comments.models.leads import HANDLES
from newsroom.foundations.db import contention
from newsroom.foundations.db.capped_count import ShortPaginator
from newsroom.foundations.text import cut

OPEN, EVERY = "open", "all"
BUTTONS = ("take", "dismiss")


class ByLeadState(admin.SimpleListFilter):
    """Those nobody has decided on, unless another state is asked for."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(OPEN, gettext_lazy("Open")), *LeadState.choices, (EVERY, gettext_lazy("All"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.value()
        if asked == OPEN:
            return queryset.open()
        return queryset if asked == EVERY else queryset.filter(state=asked)

    def value(self) -> str:
        asked = super().value()
        return asked if asked in {*LeadState.values, EVERY} else OPEN


@admin.register(Lead)
class LeadAdmin(admin.ModelAdmin):
    """Leads come from readers and stay: none is added here, and none deleted."""

    list_display = ("received_at",)
    list_filter = (ByLeadState,)
    list_per_page = 50
    list_max_show_all = 50
    paginator = ShortPaginator
    show_full_result_count = False
    ordering = ("-received_at", "-pk")
    actions = None
    fields = ()
    view_on_site = False

    class Media:
        css = {"all": ["css/admin/moderation.css", "css/admin/leads.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Lead]:
        events = LeadEvent.objects.select_related("by").order_by("-pk")
        return (
            super()
            .get_queryset(request)
            .select_related("article__section", "comment")
            .defer("article__body", "article__body_html", "article__body_text")
            .prefetch_related(Prefetch("events", events), "article__bylines__contributor")
        )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {
            "title": _("What readers report"),
            "query": request.GET.urlencode(),
            "may_handle": request.user.has_perm(HANDLES),
            "buttons": BUTTONS,
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """A lead is read in the list, where its verbs are."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(f"{reverse('admin:comments_lead_changelist')}?state={EVERY}")

    # Clicks become verbs

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        return [
            path("move/<slug:verb>/", guarded(require_POST(self.move)), name="comments_lead_move"),
            path("correct/<int:pk>/", guarded(self.correct), name="comments_lead_correct"),
            path(
                "from-comment/", guarded(require_POST(self.from_comment)), name="comments_lead_from_comment"
            ),
            *super().get_urls(),
        ]

    def move(self, request: HttpRequest, verb: str) -> HttpResponse:
        if verb not in BUTTONS:
            raise Http404
        lead = get_object_or_404(Lead, pk=number(request.POST.get("lead")))
        reason = request.POST.get(f"reason-{lead.pk}", "")[:500]
        self._tried(request, partial(getattr(lead, verb), by=request.user, reason=reason), lead)
        query = request.GET.urlencode()
        return HttpResponseRedirect(f"{reverse('admin:comments_lead_changelist')}?{query}")

    def correct(self, request: HttpRequest, pk: int) -> HttpResponse:
        """On to the note for readers, with the thanks filled in already."""
        lead = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request) or not article_permissions.may(
            request.user, "correct", lead.article
        ):
            raise PermissionDenied
        begun = {"credit": lead.credit, "about": cut(lead.paragraph, 120), "prompted_by": lead.prompted_by}
        return HttpResponseRedirect(
            f"{reverse('admin:articles_article_correct', args=[lead.article_id])}?{urlencode(begun)}"
        )

    def from_comment(self, request: HttpRequest) -> HttpResponse:
        """A moderator hands a comment to the desk."""
        if not permissions.may(request.user, "approve"):
            raise PermissionDenied
        comment = get_object_or_404(Comment, pk=number(request.POST.get("comment")))
        try:
            Lead.objects.of_comment(comment, by=request.user)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from None
        messages.success(request, _("%s: the editors have it among their leads now.") % comment)
        query = request.GET.urlencode()
        return HttpResponseRedirect(f"{reverse('admin:comments_comment_changelist')}?{query}")

    def _tried(self, request: HttpRequest, act: Any, lead: Lead) -> None:
        try:
            contention.repeated(act)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from None
        except VerbRefused as refusal:
            messages.error(request, str(refusal))
        except OperationalError as problem:
            messages.error(request, contention.explanation(problem))
        else:
            state = lead.get_state_display().lower()
            messages.success(request, _("%(lead)s: now %(state)s.") % {"lead": lead, "state": state})

    # Who may

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def number(text: str | None) -> int:
    """The key somebody's form names; 0, which no row has, for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else 0
