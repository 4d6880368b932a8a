"""The queue: what waits, with all a moderator needs to judge it, and a button for each verdict."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from articles.search import TakesTooLong
from comments import permissions
from comments.admin import searching
from comments.admin.filters import ByFinding, BySection, ByState
from comments.models import MOVES, Comment, Decision, NotAllowed, Reader, State, VerbRefused
from newsroom.foundations.db import contention
from newsroom.foundations.db.capped_count import ShortPaginator

KNOWS_READERS = "comments.view_reader"
AT_ONCE = 500  # comments one bulk action decides on; each decision is a transaction of its own
NAMED = 10  # refused ones that a message names


def waiting(request: HttpRequest) -> bool:
    """Is the moderator looking at what waits, as the queue does unless asked otherwise?"""
    return request.GET.get("state", State.PENDING) == State.PENDING


def bulk(verb: str) -> Any:
    """The bulk action that does this verb to each of the chosen comments."""

    @admin.action(description=MOVES[verb].label, permissions=["moderate"])
    def act(self: "CommentAdmin", request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self.decide(request, verb, queryset[:AT_ONCE])

    act.__name__ = verb
    return act


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """Comments come from readers and stay: none is added here, and none deleted."""

    list_display = ("name", "received_at")
    list_filter = (ByState, ByFinding, BySection)
    search_fields = ("text",)  # there is a search; what it looks at is said below
    search_help_text = gettext_lazy("Words, name, headline or e-mail")
    list_per_page = 50
    list_max_show_all = 50
    paginator = ShortPaginator
    show_full_result_count = False
    actions = [bulk(verb) for verb in MOVES]
    fields = ()
    view_on_site = False  # the page has its own link

    class Media:
        css = {"all": ["css/admin/moderation.css"]}

    # What is shown

    def get_queryset(self, request: HttpRequest) -> QuerySet[Comment]:
        latest = Decision.objects.select_related("by")
        return (
            super()
            .get_queryset(request)
            .select_related("thread__article__section", "parent", "reader", "contributor", "lead")
            .prefetch_related("findings", Prefetch("decisions", latest))
        )

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """The longest waiting first; of those decided on, the newest."""
        return ["received_at", "pk"] if waiting(request) else ["-received_at", "-pk"]

    def get_search_results(
        self, request: HttpRequest, comments: QuerySet[Comment], search_term: str
    ) -> tuple[QuerySet[Comment], bool]:
        """By their words and names, by the headline above them, or by how the reader's e-mail address begins.

        Of comments that wait all are read for it, else the latest. Who may not know an address may not guess at it.
        """
        if not search_term.split():
            return comments, False
        if "@" in search_term and request.user.has_perm(KNOWS_READERS):
            return comments.filter(reader__in=Reader.objects.beginning(search_term)), False
        read = Comment.objects.awaiting() if waiting(request) else searching.latest()
        said, under = searching.said(read, search_term), list[int]()
        try:
            under = searching.under(search_term)
        except TakesTooLong:
            messages.warning(request, _("Headlines were left out: searching them takes too long just now."))
        return comments.filter(Q(pk__in=said) | Q(thread__in=under)), False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        context = {"title": _("Comments"), "query": request.GET.urlencode(), **self.rights(request)}
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        context = {"title": _("Comment"), "subtitle": None, **self.rights(request)}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def rights(self, request: HttpRequest) -> dict[str, Any]:
        """The buttons this person may press (verb and label), and whether they may know who wrote."""
        verbs = {verb: move.label for verb, move in MOVES.items() if permissions.may(request.user, verb)}
        return {"verbs": verbs, "knows_readers": request.user.has_perm(KNOWS_READERS)}

    # Clicks become verbs

    def get_urls(self) -> list[URLPattern]:
        move = self.admin_site.admin_view(require_POST(self.move))
        return [path("move/<slug:verb>/", move, name="comments_comment_move"), *super().get_urls()]

    def move(self, request: HttpRequest, verb: str) -> HttpResponse:
        """One comment, one verb: the button beside it, or on its own page with a reason."""
        if verb not in MOVES:
            raise Http404
        pk = request.POST.get("comment", "")
        comment = get_object_or_404(Comment, pk=int(pk) if pk.isdecimal() else 0)
        self.decide(request, verb, [comment], reason=request.POST.get("reason", ""))
        if "stay" in request.POST:
            return HttpResponseRedirect(reverse("admin:comments_comment_change", args=[comment.pk]))
        return HttpResponseRedirect(
            f"{reverse('admin:comments_comment_changelist')}?{request.GET.urlencode()}"
        )

    def decide(self, request: HttpRequest, verb: str, comments: Iterable[Comment], reason: str = "") -> None:
        """Do the verb to each as it stood on the page; say how many, and which ones others had decided on since."""
        done, refused = [], []
        for comment in comments:
            expected = request.POST.get(f"shown-{comment.pk}", "")
            try:
                move = partial(getattr(comment, verb), by=request.user, reason=reason, expected=expected)
                contention.repeated(move)
            except NotAllowed as refusal:
                raise PermissionDenied(str(refusal)) from None
            except VerbRefused as refusal:
                refused.append(str(refusal))
            except OperationalError as problem:
                refused.append(contention.explanation(problem))
            else:
                done.append(comment)
        self.tell(request, verb, done, refused)

    def tell(self, request: HttpRequest, verb: str, done: list[Comment], refused: list[str]) -> None:
        label = State(MOVES[verb].end).label
        if done:
            names = ", ".join(str(comment) for comment in done[:NAMED]) + ("…" if len(done) > NAMED else "")
            sentence = ngettext(
                "%(names)s: now %(state)s.", "%(number)d comments: now %(state)s. %(names)s", len(done)
            )
            facts = {"number": len(done), "state": str(label).lower(), "names": names}
            messages.success(request, sentence % facts)
        for sentence in refused[:NAMED]:
            messages.warning(request, _("Left as it is: %s") % sentence)
        if len(refused) > NAMED:
            messages.warning(request, _("%d more were left as they are.") % (len(refused) - NAMED))

    # Who may

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return permissions.may(request.user, "view", obj)

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return permissions.may(request.user, "approve")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
