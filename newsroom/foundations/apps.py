"""The ground floor keeps one table of its own: which pages were told to go, and when."""

from django.apps import AppConfig


class FoundationsConfig(AppConfig):
    name = "newsroom.foundations"
    label = "foundations"
