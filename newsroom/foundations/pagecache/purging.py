"""What a verb says it changed. The row is written with the change itself, so no crash can part the two."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models.expressions import RawSQL

ALL = "*"  # every page shows it


def purge(*topics: str, at: datetime | None = None) -> None:
    """Have all pages that show any of these topics made anew: once the transaction is through, or at that moment."""
    from newsroom.foundations.models import Purge  # models are loaded later than this

    if topics:
        Purge.objects.create(topics=" ".join(dict.fromkeys(topics)), at=at, transaction=_transaction())
        transaction.on_commit(lambda: None)


def retract(*topics: str, at: datetime) -> None:
    """Take back what was dated so: the change it announced will not come."""
    from newsroom.foundations.models import Purge

    Purge.objects.filter(topics=" ".join(dict.fromkeys(topics)), at=at).delete()


def _transaction() -> Any:
    return RawSQL("pg_current_xact_id()::text::bigint", []) if connection.vendor == "postgresql" else 0
