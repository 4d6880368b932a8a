"""The front door introduces itself, and puts our desk in place of Django's stock admin site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Newsroom")
    default = True

    def ready(self) -> None:
        from newsroom import checks, roles  # noqa: F401  (both register themselves)


class DeskConfig(admin_apps.AdminConfig):
    default = False
    default_site = "newsroom.desk.Desk"
