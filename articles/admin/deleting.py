"""Deleting what may be deleted: what stands in the way is counted and said in sentences, never listed row by row."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _


class DeletedWithReason:
    """A ModelAdmin whose rows are deleted only when `in_the_way()` has nothing to say.

    Django would gather every row that hangs on this one to show them: a section may hold a hundred thousand.
    """

    def in_the_way(self, obj: Any) -> list[str]:
        """Why this row cannot be deleted, in sentences that say what to do; empty when it can."""
        return []

    def get_deleted_objects(self, objs: Iterable[Any], request: HttpRequest) -> tuple[Any, ...]:
        reasons = [reason for obj in objs for reason in self.in_the_way(obj) or held_by(obj)]
        return [str(obj) for obj in objs], {}, set(), reasons


def held_by(obj: Any) -> list[str]:
    """What else, on whatever floor, cannot be without this row."""
    holding = [
        relation.related_model._meta.verbose_name_plural
        for relation in obj._meta.related_objects
        if relation.on_delete is models.PROTECT
        and relation.related_model._base_manager.filter(**{relation.field.name: obj}).exists()
    ]
    sentence = _("%(name)s is needed by %(others)s, which keep it.")
    return [sentence % {"name": obj, "others": others} for others in holding]
