"""The desk: Django's admin site under our name."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class Desk(admin.AdminSite):
    site_title = _("Newsroom desk")
    site_header = _("Newsroom desk")
    index_title = _("Desk")
