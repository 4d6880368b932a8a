"""Bringing things in from elsewhere: each once, each on its own, and every one accounted for."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import OperationalError, models
from django.utils.translation import gettext as _

from articles.models import Article, FormerSlug, Section
from articles.picture_files import without_leftovers
from newsroom.foundations.db.short_transactions import short_transaction
from newsroom.transfer.models import ImportRef

log = logging.getLogger(__name__)
Row = TypeVar("Row", bound=models.Model)
EXAMPLES = 5  # of the items that share an outcome and a reason, how many the report names


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True)
class Result:
    """What became of one item; `thing` is our row for it, if there is one."""

    outcome: Outcome
    thing: Any = None
    reason: str = ""


class Skipped(Exception):
    """This item is not carried over, on purpose; the message says why. `thing` is our row for it, if there is one."""

    def __init__(self, reason: str, thing: Any = None) -> None:
        self.thing = thing
        super().__init__(reason)


@dataclass
class Tally:
    """One kind of item: how many the source holds, and what became of them."""

    found: int = 0
    counts: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))

    def adds_up(self) -> bool:
        return self.found == sum(self.counts.values())


@dataclass
class Remark:
    """One thing said about a number of items, the first few of them by name."""

    number: int = 0
    examples: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        others = self.number - len(self.examples)
        return "; ".join(self.examples) + (_(" and %d more") % others if others else "")


class Report:
    """What an import did. The sum of the outcomes of each kind must be what was found of it."""

    def __init__(self) -> None:
        self.kinds: dict[str, Tally] = {}
        self.remarks: dict[tuple[str, str], Remark] = {}

    def expect(self, kind: str, found: int) -> None:
        """The source holds this many (more) of the kind: counted when it was checked, not when it was carried."""
        self.kinds.setdefault(kind, Tally()).found += found

    def count(self, kind: str, result: Result, what: str) -> None:
        self.kinds.setdefault(kind, Tally()).counts[result.outcome] += 1
        if result.reason:
            self.note(kind, what, f"{result.outcome}: {result.reason}")

    def note(self, kind: str, what: str, remark: str) -> None:
        """Something a person should know about one item. Items with the same remark are told together."""
        told = self.remarks.setdefault((kind, remark), Remark())
        told.number += 1
        if len(told.examples) < EXAMPLES:
            told.examples.append(_in_short(what))

    def attempt(
        self,
        kind: str,
        what: str,
        write: Callable[..., Result],
        *,
        prepare: Callable[[], tuple[Any, ...]] = tuple,
    ) -> Result:
        """Carry one item in a transaction of its own: whatever is wrong with it stops only itself.

        `prepare` does the slow work before the transaction, which holds others up; `write` is given what it made.
        """
        try:
            prepared = prepare()
            with without_leftovers(), short_transaction():
                result = write(*prepared)
        except Skipped as skipped:
            result = Result(Outcome.SKIPPED, skipped.thing, str(skipped))
        except OperationalError:
            raise  # the database is gone or full: nothing that follows could succeed
        except Exception as error:  # an item may be broken in ways nobody thought of
            log.exception("%s: “%s” failed", kind, _in_short(what))
            result = Result(Outcome.FAILED, reason=_in_words(error))
        self.count(kind, result, what)
        return result

    def discrepancies(self) -> list[str]:
        return [
            _("%(kind)s: %(found)d found, but %(sum)d accounted for")
            % {"kind": kind, "found": tally.found, "sum": sum(tally.counts.values())}
            for kind, tally in self.kinds.items()
            if not tally.adds_up()
        ]

    def as_json(self) -> dict[str, Any]:
        return {"kinds": {kind: {"found": t.found, **t.counts} for kind, t in self.kinds.items()}}

    def lines(self) -> Iterator[str]:
        """The report for people: a table of sums, then every reason with the first items it concerns."""
        yield f"{'':<14}" + "".join(f"{name:>11}" for name in ("found", *Outcome))
        for kind, tally in self.kinds.items():
            sums = (tally.found, *tally.counts.values())
            yield f"{kind:<14}" + "".join(f"{number:>11}" for number in sums)
        for (kind, remark), items in sorted(self.remarks.items()):
            yield f"{kind} – {remark} [{items}]"


@dataclass(frozen=True)
class Origin:
    """Which thing of which source this is. `guid` keeps apart what two sites at one URL both call number 163."""

    source: str
    kind: str
    old_id: str
    guid: str = ""


def bring(
    origin: Origin,
    content: dict[str, Any],
    rows: models.Manager[Row],
    *,
    make: Callable[[], Row],
    change: Callable[[Row], None],
    imprint: Callable[[Row], str],
) -> Result:
    """Make our row of a thing, or change it when the source has changed, or leave it as it is.

    `content` is all the import would write: it decides whether anything changed. `imprint` describes our row, so that
    one somebody here has worked on is recognised and left alone.
    """
    ref = ImportRef.objects.of(origin)
    checksum = checksum_of(content)
    if ref is None or ref.object_id is None:
        row = make()
        keep(origin, row, checksum=checksum, left_as=imprint(row))
        return Result(Outcome.CREATED, row)
    row_here = ref.row_among(rows)
    if row_here is None:
        return Result(Outcome.SKIPPED, reason=_("deleted here since it was imported"))
    if ref.checksum == checksum:
        return Result(Outcome.UNCHANGED, row_here)
    if imprint(row_here) != ref.left_as:
        return Result(Outcome.SKIPPED, row_here, _("changed here since it was imported"))
    change(row_here)
    keep(origin, row_here, checksum=checksum, left_as=imprint(row_here))
    return Result(Outcome.UPDATED, row_here)


def keep(origin: Origin, row: models.Model | None, **facts: Any) -> ImportRef:
    """Remember what a thing became here; without a row, that we know of it."""
    return ImportRef.objects.update_or_create(
        source=origin.source,
        kind=origin.kind,
        old_id=origin.old_id,
        guid=origin.guid,
        defaults={"object_id": row.pk if row else None, **facts},
    )[0]


def checksum_of(content: Any) -> str:
    spelled = json.dumps(content, sort_keys=True, default=str)
    return hashlib.sha256(spelled.encode()).hexdigest()


def values_of(*names: str) -> Callable[[models.Model], str]:
    """An imprint made of these fields of a row."""
    return lambda row: checksum_of({name: getattr(row, name) for name in names})


def section_at(path: str) -> Section:
    """The section at this path, made with its ancestors where missing. Raises ValidationError."""
    above, _slash, slug = path.strip("/").rpartition("/")
    here = Section.objects.filter(path=path.strip("/")).first()
    if here is None:
        parent = section_at(above) if above else None
        here = Section(parent=parent, slug=slug, name=slug.replace("-", " ").title())
        here.full_clean(exclude=["path"])
        here.save()
    return here


def free_slug(plain: str, day: date | None, article_id: int | None) -> str:
    """The slug, with a number when another story of that day has or had it. Two queries as a rule."""
    for slug in (plain, *(f"{plain[:70]}-{number}" for number in range(2, 10_000))):
        if day is None or _holders(slug, day) <= {article_id}:
            return slug
    raise ValueError(_("Ten thousand stories of that day have the same slug."))


def _holders(slug: str, day: date) -> set[int | None]:
    """The articles that are, or once were, at this slug of this day."""
    now = Article.objects.filter(published_on=day, slug=slug).values_list("pk", flat=True)
    once = FormerSlug.objects.filter(published_on=day, slug=slug).values_list("article", flat=True)
    return {*now, *once}


def cut(text: str, longest: int) -> str:
    """The text, or its beginning up to a word's end with an ellipsis."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip() + "…" if longest else ""


def _in_short(what: str) -> str:
    return " ".join(what.split())[:80]


def _in_words(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error).strip() or type(error).__name__
