"""Reading on and speaking up: the rest of a conversation, the comment form, and what we answer to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Article
from articles.paths import here
from comments import ip_addresses, permissions, reading
from comments.form_tokens import FormToken
from comments.forms import ColleagueForm, CommentForm
from comments.models import Comment, CommentRefused, FormUsed, ReplyRefused, Thread, ThreadClosed, TooMany
from newsroom.foundations import pagecache
from newsroom.foundations.db import contention
from newsroom.foundations.http import client_address
from newsroom.foundations.markup import MarkupRefused

RECEIVED = "comments.received"
never_stored = cache_control(private=True, no_store=True)
Page = Callable[..., HttpResponse]


def personal(view: Page) -> Page:
    """A page with a form of the reader's own: kept by no cache, and open to people without a cookie.

    Readers get no cookie, so Django's check of forged requests, which needs one, cannot be asked. What stands in for
    it: the browser's own word that the form was sent from a page of ours (client_address.sent_from_here), and the signed
    form_token. A colleague who is logged in could lose more, their name and badge, and so passes Django's check as well.
    """
    guarded = csrf_protect(view)

    def either(request: HttpRequest, **where: int) -> HttpResponse:
        return (guarded if request.user.is_authenticated else view)(request, **where)

    return csrf_exempt(never_stored(require_http_methods(["GET", "HEAD", "POST"])(either)))


@pagecache.cacheable("after", "page")
@require_safe
def comment_thread(request: HttpRequest, article_id: int) -> HttpResponse:
    """A conversation too long for the article's page, part by part."""
    pagecache.shows(request, f"article:{article_id}", f"thread:{article_id}")
    article = get_object_or_404(Article.objects.published().select_related("section"), pk=article_id)
    part = _part(request, article)
    thread = Thread.for_article(article)
    pagecache.shows(request, "paper", *article.own_keys(), f"section:{article.section_id}")
    reading.say(request, thread, part)
    title = _("Comments: %(headline)s") % {"headline": article.headline}
    description = _("What readers say about “%(headline)s”.") % {"headline": article.headline}
    head = {"page_title": title, "description": description, "canonical": here(request)}
    context = {"article": article, "conversation": reading.Conversation.of(thread, part), **head}
    return render(request, "comments/thread.html", context)


@personal
def comment_new(request: HttpRequest, article_id: int) -> HttpResponse:
    """The form for a comment under an article."""
    return Visit(request, _thread(article_id)).answer()


@personal
def comment_reply(request: HttpRequest, article_id: int, comment_id: int) -> HttpResponse:
    """The form for a reply."""
    thread = _thread(article_id)
    parent = get_object_or_404(
        Comment.objects.under(thread.pk).select_related("thread__article"), pk=comment_id
    )
    return Visit(request, thread, parent).answer()


@never_stored
@require_safe
def comment_received(request: HttpRequest, article_id: int) -> HttpResponse:
    """What became of a comment: shown, or waiting for a moderator. Nobody learns that it was taken for spam, nor
    anything of an article that has been withdrawn since."""
    try:
        pk = signing.loads(request.GET.get("comment", ""), salt=RECEIVED)
    except signing.BadSignature:
        raise Http404 from None
    comment = get_object_or_404(
        Comment.objects.select_related("thread__article__section"), pk=pk, thread=article_id
    )
    if not comment.thread.article.is_live:
        raise Http404
    facts = {
        "article": comment.thread.article,
        "page_title": _("Thank you"),
        "comment": comment,
        "shown": comment.is_approved,
        "draft_key": form_address(comment.thread_id, comment.parent_id),
    }
    return render(request, "comments/held.html", facts)


def _part(request: HttpRequest, article: Article) -> reading.Part:
    """What `?after=` asks for; nothing stands behind the last comment, nor at a place that cannot be."""
    try:
        part = reading.part(article.pk, request.GET.get("after"))
    except ValueError:
        raise Http404 from None
    if "page" in request.GET or ("after" in request.GET and not part.comments):
        raise Http404
    return part


def form_address(article_id: int, parent_id: int | None) -> str:
    if parent_id:
        return reverse("comment_reply", args=[article_id, parent_id])
    return reverse("comment_new", args=[article_id])


def _thread(article_id: int) -> Thread:
    """The conversation of an article, whether or not readers can see it: whoever has its form may send it once more."""
    article = get_object_or_404(Article.objects.select_related("section"), pk=article_id)
    return Thread.for_article(article)


@dataclass
class Visit:
    """One request for one comment form, and everything its page shows."""

    request: HttpRequest
    thread: Thread
    parent: Comment | None = None

    def __post_init__(self) -> None:
        parent = self.parent.pk if self.parent else 0
        self.colleague = permissions.speaks_as(self.request.user)
        self.form_token = FormToken.read(self.request.POST.get("form_token", ""), self.thread.pk, parent)
        self.fresh = FormToken.issue(self.thread.pk, parent)

    def answer(self) -> HttpResponse:
        self.require_seen()
        form = (ColleagueForm if self.colleague else CommentForm)(
            self.request.POST if self.request.method == "POST" else None
        )
        if form.is_bound:
            return self.take(form)
        status = self.status_of_closed if self.thread.closed_sentence() else 200
        return self.page(form, self.fresh, status)

    def require_seen(self) -> None:
        """To somebody never given this form, an article or a comment that readers cannot see does not exist. Whoever
        sends it gets their words back."""
        hidden = not self.thread.article.is_live or (self.parent and not self.parent.is_approved)
        if hidden and not self.form_token:
            raise Http404

    def take(self, form: ColleagueForm) -> HttpResponse:
        """Give the comment to the conversation, or the form back with all that was typed and the reason why."""
        if not client_address.sent_from_here(self.request):
            return self.back(form, _("This form was sent from another site. Please send it from here."), 403)
        if not self.form_token or self.form_token.is_stale:
            return self.back(
                form, _("This form was open for long. Your words are still here: please send again."), 422
            )
        if not form.is_valid():
            return self.page(form, self.form_token, 422)
        try:
            facts = self.facts(form, self.form_token)
            comment = contention.repeated(lambda: self.thread.receive(**facts))
        except MarkupRefused as refusal:
            form.add_error("text", str(refusal))
            return self.page(form, self.form_token, 422)
        except CommentRefused as refusal:
            return self.refused(form, refusal)
        except OperationalError as problem:
            response = self.back(form, contention.explanation(problem), 503, keep=True)
            response.headers["Retry-After"] = str(contention.RETRY_AFTER)
            return response
        return self.thanks(comment)

    def facts(self, form: ColleagueForm, form_token: FormToken) -> dict[str, Any]:
        cleaned = form.cleaned_data
        facts = {"text": cleaned["text"], "key": f"form:{form_token.key}", "parent": self.parent}
        if self.colleague:
            return facts | {"by": self.request.user}
        address = client_address.address(self.request)
        evidence = form.evidence(form_token)
        return facts | {
            "name": cleaned["name"],
            "email": cleaned["email"],
            "ip_hash": ip_addresses.hashed(address),
            "network_hash": ip_addresses.network_hashed(address),
            "findings": evidence,
        }

    def refused(self, form: ColleagueForm, refusal: CommentRefused) -> HttpResponse:
        statuses = {TooMany: 429, ReplyRefused: 409, ThreadClosed: self.status_of_closed}
        response = self.back(
            form, str(refusal), statuses.get(type(refusal), 422), keep=not isinstance(refusal, FormUsed)
        )
        if isinstance(refusal, TooMany):
            response.headers["Retry-After"] = str(refusal.retry_after)
        return response

    @property
    def status_of_closed(self) -> int:
        article = self.thread.article
        return article.gone_status if article.is_withdrawn else 403

    def back(self, form: ColleagueForm, sentence: str, status: int, *, keep: bool = False) -> HttpResponse:
        form.add_error(None, sentence)
        return self.page(form, self.form_token if keep and self.form_token else self.fresh, status)

    def page(self, form: ColleagueForm, form_token: FormToken, status: int) -> HttpResponse:
        is_shown = self.thread.article.is_live and self.parent and self.parent.is_approved
        facts = {
            **self.head(),
            "article": self.thread.article,
            "parent": self.parent if is_shown else None,
            "closed_sentence": self.thread.closed_sentence(),
            "guidelines": self.thread.rules.guidelines,
            "colleague": self.colleague,
            "form": form,
            "form_token": form_token.sealed(),
            "action": self.request.path,
        }
        return render(self.request, "comments/new.html", facts, status=status)

    def head(self) -> dict[str, str]:
        """What the page is, for whoever finds or shares it; of an article readers cannot see, no word of it."""
        article, parent = self.thread.article, self.parent
        about = {"headline": article.headline if article.is_live else _("An article that has been withdrawn")}
        title, description = _("Leave a comment: %(headline)s"), _("What do you say about “%(headline)s”?")
        if parent and parent.is_approved:
            about |= {"name": parent.name, "number": str(parent.number)}
            title = _("Reply to %(name)s, comment %(number)s: %(headline)s")
            description = _("What do you say to %(name)s, who commented on “%(headline)s”?")
        address = here(self.request)
        return {"page_title": title % about, "description": description % about, "canonical": address}

    def thanks(self, comment: Comment) -> HttpResponse:
        query = urlencode({"comment": signing.dumps(comment.pk, salt=RECEIVED)})
        address = f"{reverse('comment_received', args=[self.thread.pk])}?{query}"
        return HttpResponseRedirect(address, status=303)
