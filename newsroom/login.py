"""Guessing passwords is slow here. django-axes counts failures in the database, for every machine of the site alike. Each
count belongs to an IP address, so that no stranger can lock a colleague out."""

from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from newsroom.foundations.http import client_address
from newsroom.logged_out import kept_in

TRIES_FROM_ONE_ADDRESS = 40  # at all accounts together; a whole office may share one IP address


class LoginAttempts(AxesDatabaseHandler):
    """Django-axes limits the failures at one account from one IP address; this limits all from one address as well."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        return super().is_locked(request, credentials) or self._is_guessing(request)

    def _is_guessing(self, request: HttpRequest) -> bool:
        """Has this IP address failed too often lately, whichever the accounts?"""
        recent = AccessAttempt.objects.filter(
            ip_address=ip_address(request), attempt_time__gte=get_cool_off_threshold(request)
        )
        failures: int = recent.aggregate(failures=Sum("failures_since_start"))["failures"] or 0
        return failures >= TRIES_FROM_ONE_ADDRESS


def ip_address(request: HttpRequest) -> str | None:
    """The IP address that failures are counted for; None behind a socket that gives none."""
    return client_address.address(request) or None


def account_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The account in one spelling, so that spelling it differently buys no more tries."""
    given = (credentials or {}).get("username") or request.POST.get("username", "")
    return str(given).strip().casefold()[:254]


def too_many_attempts(request: HttpRequest, response: HttpResponse, credentials: Any) -> HttpResponse:
    """What somebody sees who has failed too often: when to try again, and that the account is not locked."""
    wait = settings.AXES_COOLOFF_TIME.seconds
    about = {"title": _("Log in"), "minutes": wait // 60, "kept": kept_in(request)}
    context = {**admin.site.each_context(request), **about}
    refusal = render(request, "admin/login_shut.html", context, status=429)
    refusal.headers["Retry-After"] = str(wait)
    return refusal
