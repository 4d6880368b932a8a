"""Counting only as far as anybody reads: the desk's lists may lie over a million rows."""

from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import IntegerField, QuerySet, Subquery

MOST_LISTED = 1000  # rows that a list's page numbers lead to; beyond, the desk narrows the list


def count_up_to(most: int, rows: QuerySet) -> int:
    """How many there are; one more than `most` stands for any number beyond."""
    return rows.order_by()[: most + 1].count()


class CountUpTo(Subquery):
    """The same as an annotation, of the rows that belong to each."""

    output_field = IntegerField()
    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS few)"

    def __init__(self, most: int, rows: QuerySet) -> None:
        super().__init__(rows.order_by().values("pk")[: most + 1])


class ShortPaginator(Paginator):
    """Pages of the first thousand rows. `goes_on` when there are more, which nobody counts."""

    @cached_property
    def counted(self) -> int:
        return count_up_to(MOST_LISTED, self.object_list)  # type: ignore[arg-type]

    @cached_property
    def count(self) -> int:
        return min(self.counted, MOST_LISTED)

    @property
    def goes_on(self) -> bool:
        return self.counted > MOST_LISTED


def at_most(most: int, number: int) -> str:
    """“500+” for any number beyond 500."""
    return f"{most}+" if number > most else str(number)
