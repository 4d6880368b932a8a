"""Telling the desk of an error: the form, and thanks."""

from typing import Any

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.paths import here
from comments import ip_addresses
from comments.form_tokens import FormToken
from comments.leads import pace
from comments.leads.forms import LeadForm
from comments.models import Lead, TooMany
from comments.views import never_stored, personal
from newsroom.foundations.db import contention
from newsroom.foundations.http import client_address

NO_COMMENT = -1  # in the place where a comment's form has the comment it answers


@personal
def lead_new(request: HttpRequest, article_id: int) -> HttpResponse:
    """The form. To somebody never given it, an article that readers cannot see does not exist; whoever has it may
    still send it."""
    article = get_object_or_404(Article.objects.select_related("section"), pk=article_id)
    token = FormToken.read(request.POST.get("form_token", ""), article.pk, NO_COMMENT)
    if not article.is_live and not token:
        raise Http404
    form = LeadForm(
        article.body_text if article.is_live else "", request.POST if request.method == "POST" else None
    )
    if not form.is_bound:
        return page(request, article, form, None)
    return take(request, article, form, token)


def take(request: HttpRequest, article: Article, form: LeadForm, token: FormToken | None) -> HttpResponse:
    """Give it to the desk, or the form back with all that was typed and the reason why."""
    if not client_address.sent_from_here(request):
        return back(
            request, article, form, _("This form was sent from another site. Please send it from here."), 403
        )
    if not token or token.is_stale:
        return back(
            request,
            article,
            form,
            _("This form was open for long. Your words are still here: please send again."),
            422,
        )
    if token.is_hasty:
        sentence = _("That was faster than people write. Your words are still here: please send again.")
        return back(request, article, form, sentence, 422, token)
    if not form.is_valid():
        return page(request, article, form, token, 422)
    try:
        receive(request, article, form, token)
    except TooMany as refusal:
        return later(back(request, article, form, str(refusal), 429, token), refusal.retry_after)
    except OperationalError as problem:
        sentence = contention.explanation(problem)
        return later(back(request, article, form, sentence, 503, token), contention.RETRY_AFTER)
    return HttpResponseRedirect(reverse("lead_received", args=[article.pk]), status=303)


def receive(request: HttpRequest, article: Article, form: LeadForm, token: FormToken) -> None:
    address = client_address.address(request)
    hashes = {
        "ip_hash": ip_addresses.hashed(address),
        "network_hash": ip_addresses.network_hashed(address),
    }
    pace.require(**hashes)
    facts: dict[str, Any] = {
        "key": f"form:{token.key}",
        "by_machine": form.is_by_machine,
        **form.words(),
        **hashes,
    }
    contention.repeated(lambda: Lead.objects.receive(article, **facts))


def back(
    request: HttpRequest,
    article: Article,
    form: LeadForm,
    sentence: str,
    status: int,
    token: FormToken | None = None,
) -> HttpResponse:
    form.add_error(None, sentence)
    return page(request, article, form, token, status)


def page(
    request: HttpRequest, article: Article, form: LeadForm, token: FormToken | None, status: int = 200
) -> HttpResponse:
    token = token or FormToken.issue(article.pk, NO_COMMENT)
    about = {"headline": article.headline if article.is_live else _("An article that has been withdrawn")}
    context = {
        "article": article,
        "form": form,
        "form_token": token.sealed(),
        "action": request.path,
        "page_title": _("Tell us of an error: %(headline)s") % about,
        "description": _("What is wrong in “%(headline)s”?") % about,
        "canonical": here(request),
    }
    return render(request, "comments/leads/new.html", context, status=status)


def later(response: HttpResponse, seconds: int) -> HttpResponse:
    response.headers["Retry-After"] = str(seconds)
    return response


@never_stored
@require_safe
def lead_received(request: HttpRequest, article_id: int) -> HttpResponse:
    """Thanks, which say nothing of what became of it."""
    article = Article.objects.published().select_related("section").filter(pk=article_id).first()
    context: dict[str, Any] = {"article": article, "page_title": _("Thank you")}
    return render(request, "comments/leads/received.html", context)
