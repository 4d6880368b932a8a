"""Deleting what may be deleted: what stands in the way is counted and said in sentences, never listed row by row."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest


class DeletedWithReason:
    """A ModelAdmin whose rows are deleted only when `in_the_way()` has nothing to say.

    Django would gather every row that hangs on this one to show them: a section may hold a hundred thousand.
    """

    def in_the_way(self, obj: Any) -> list[str]:
        """Why this row cannot be deleted, in sentences that say what to do; empty when it can."""
        return []

    def get_deleted_objects(self, objs: Iterable[Any], request: HttpRequest) -> tuple[Any, ...]:
        reasons = [reason for obj in objs for reason in self.in_the_way(obj)]
        return [str(obj) for obj in objs], {}, set(), reasons
