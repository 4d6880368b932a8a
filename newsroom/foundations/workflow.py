"""Workflows: the state of a row changes only through a verb, all verbs of a model stand in one table of moves, and each
leaves an event. Articles and comments are made of this."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.foundations.db.append_only import AppendOnly

STAYS = ""  # the end of a move that leaves the row in the state it is in


@dataclass(frozen=True)
class Move:
    """From which states a verb leads where, the permission it needs, and its label on a button."""

    start: frozenset[str]
    end: str
    needs: str
    label: Any


class VerbRefused(Exception):
    """A verb was refused; nothing has changed. The message is for the person who asked, and says what to do."""


class IllegalMove(VerbRefused):
    """The row is not in a state from which this verb leads anywhere."""


class NotAllowed(VerbRefused):
    """This person may not do this to this row."""


class Event(AppendOnly):
    """One row: somebody (`by`; empty for the clock or a screen) did one verb. Append-only: to undo is to do another."""

    verb = models.CharField(_("what"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    reason = models.TextField(_("why"), blank=True)
    start = models.CharField(_("from"), max_length=12, blank=True)
    end = models.CharField(_("to"), max_length=12)

    class Meta:
        abstract = True
        ordering = ["-pk"]


def lock(row: models.Model, *, fields: Sequence[str] | None = None) -> None:
    """Hold the stored row until this transaction ends, and read it (or these fields) anew: a verb acts on what is stored,
    and not on what the page was made of."""
    stored = type(row)._default_manager.select_for_update(of=("self",))
    row.refresh_from_db(fields=fields, from_queryset=stored)
