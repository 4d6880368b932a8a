"""Standing pages in the admin: the form with a preview, the versions, and the verbs."""

from django.contrib import admin

from articles.admin.standing_pages.form import Form
from articles.admin.standing_pages.history import PageHistory
from articles.admin.standing_pages.list import PageList
from articles.admin.standing_pages.moving import PageMoving
from articles.models import StandingPage

__all__ = ["StandingPageAdmin"]


@admin.register(StandingPage)
class StandingPageAdmin(Form, PageMoving, PageHistory, PageList):
    """Nothing with versions is deleted: a page is taken off the site."""

    def has_delete_permission(self, request: object, obj: object = None) -> bool:
        return False
