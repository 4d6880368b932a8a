"""The ground floor keeps tables of its own: which pages were told to go, and what is still to be done."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FoundationsConfig(AppConfig):
    name = "newsroom.foundations"
    label = "foundations"
    verbose_name = _("The machine")
