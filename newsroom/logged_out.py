"""A form of the desk whose log-in had ended, or whose token was out of date: it is not done, and its words are not lost.
They go along through the log-in, and are offered to be sent again."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views import csrf

from newsroom.foundations.http.client_address import sent_from_here
from newsroom.foundations.http.sent_forms import SentForm, asked_by_script

KEPT = "kept"  # the field of the log-in form in which another form travels


def log_in_first(request: HttpRequest) -> HttpResponse:
    """The log-in page, which carries what was sent; a script is told in a sentence."""
    if asked_by_script(request):
        said = _("Your log-in has ended. Log in in another window, then save here again.")
        return _plain(said, status=401)
    return log_in_page(request, SentForm.of(request))


def kept_in(request: HttpRequest) -> SentForm | None:
    """The form that this log-in carries."""
    sealed = request.POST.get(KEPT, "")
    return SentForm.unsealed(sealed) if sealed else None


def offer(request: HttpRequest, sent: SentForm, *, out_of_date: bool = False) -> HttpResponse:
    """A page that shows what was sent, with a button that sends it again as it was. 403 if it stands for a refusal."""
    title = _("Not sent yet")
    about = {"title": title, "sent": sent, "out_of_date": out_of_date, "back": _back(request)}
    context = {**admin.site.each_context(request), **about}
    page = TemplateResponse(request, "admin/send_again.html", context, status=403 if out_of_date else 200)
    add_never_cache_headers(page)
    return page


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token was not accepted. The desk's own are offered again; what another site sent is not."""
    desk = reverse("admin:index")
    if not request.path.startswith(desk) or not sent_from_here(request):
        return csrf.csrf_failure(request, reason)
    may_enter = admin.site.has_permission(request)
    if request.path == reverse("admin:login"):
        kept = kept_in(request)
        if not may_enter:
            return log_in_page(request, kept)
        return offer(request, kept) if kept else redirect(desk)
    if not may_enter:
        return log_in_first(request)
    if asked_by_script(request):
        said = _("You have logged in anew since this page was opened. Save it by its button.")
        return _plain(said, status=403)
    return offer(request, SentForm.of(request), out_of_date=True)


def log_in_page(request: HttpRequest, kept: SentForm | None) -> HttpResponse:
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Log in"),
        "app_path": reverse("admin:login"),
        "username": request.user.get_username(),
        "form": AdminAuthenticationForm(request),
        "next": _back(request),
        "kept": kept,
    }
    page = TemplateResponse(request, "admin/login.html", context, status=403)
    add_never_cache_headers(page)
    return page


def _back(request: HttpRequest) -> str:
    """The page of the desk from which a form was sent; the desk's first if it did not say."""
    referer, desk = request.headers.get("Referer", ""), reverse("admin:index")
    here = f"{request.scheme}://{request.get_host()}"
    path = referer.removeprefix(here)
    from_desk = referer.startswith(here) and path.startswith(desk) and path != request.path
    return path if from_desk and not path.startswith(reverse("admin:login")) else desk


def _plain(sentence: str, status: int) -> HttpResponse:
    answer = HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    add_never_cache_headers(answer)
    return answer
