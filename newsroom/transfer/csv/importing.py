"""Rows of a table become articles: each in a transaction of its own, each only once."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Byline, Contributor, Image, Revision, State
from articles.models.revisions import FIRST, stored
from articles.paths import slug_from
from newsroom.foundations import markup
from newsroom.foundations.markup.from_html.literal import escaped
from newsroom.transfer.csv.attribution import Attribution
from newsroom.transfer.csv.reading import Row
from newsroom.transfer.models import ImportRef
from newsroom.transfer.report import Origin, Report, Result, bring, cut, free_slug, section_at

KIND = "articles"
SOURCE = "table"
STATES = {
    "published": State.PUBLISHED, "publish": State.PUBLISHED, "live": State.PUBLISHED, "scheduled": State.PUBLISHED,
    "draft": State.DRAFT, "in_review": State.IN_REVIEW, "pending": State.IN_REVIEW,
}  # fmt: skip
LONGEST_HEADLINE, LONGEST_STANDFIRST, LONGEST_ID = 200, 500, 200
HEADLINE_WEIGHT = 3  # a word in the headline says more about a story than one in its text


@dataclass(frozen=True)
class Wishes:
    """What the operator asked for. `by_word` names the words that send a story to a section."""

    section: str = "news"
    by_word: Mapping[str, Sequence[str]] = field(default_factory=dict)
    attribution: Attribution = field(default_factory=Attribution)
    is_markdown: bool = False


def carry(row: Row, wishes: Wishes, report: Report) -> Result:
    what = row.values.get("headline") or _("row %d") % row.number
    carry_one = partial(_carry_one, row, wishes, report, what)
    return report.attempt(KIND, what, carry_one, prepare=partial(_read, row, wishes))


def _read(row: Row, wishes: Wishes) -> tuple[datetime | None, State, dict[str, str]]:
    """When and in which state it stands, and what it says, rendered once to see that it can be shown."""
    _refuse_faults(row)
    moment, state = _moment(row.values["date"]), _state(row)
    said = _said(row.values, wishes, moment)
    markup.article_html(said["body"], pictures=Image.objects.figures)
    return moment, state, said


def _carry_one(
    row: Row,
    wishes: Wishes,
    report: Report,
    what: str,
    moment: datetime | None,
    state: State,
    said: dict[str, str],
) -> Result:
    origin = Origin(SOURCE, "row", _identity(row.values))
    ref = ImportRef.objects.of(origin)
    content = _content(row.values, wishes, said, moment, ref.object_id if ref else None)
    if content["headline"] != row.values["headline"]:
        report.note(KIND, what, "its headline was too long; the whole of it begins the text")
    if state == State.PUBLISHED and moment is None:
        report.note(KIND, what, "it has no date, so it is a draft")
        state = State.DRAFT
    return bring(
        origin,
        {**stored(content), "state": state, "moment": moment},
        Article.objects,
        make=lambda: _move(
            Article.start(by=None, note=_("Imported from a table."), **content), FIRST, state, moment
        ),
        change=lambda article: _change(article, content, state, moment),
        imprint=lambda article: f"{article.latest_revision.number} {article.state}",
    )


def _refuse_faults(row: Row) -> None:
    if row.fault:
        raise ValueError(row.fault)
    for name, what in (("headline", "headline"), ("body", "text")):
        if not row.values[name]:
            raise ValueError(f"it has no {what}")


def _moment(written: str) -> datetime | None:
    """An ISO date or date and time; without a zone it is the site's. Raises ValueError."""
    if not written:
        return None
    try:
        when = datetime.fromisoformat(written)
    except ValueError:
        raise ValueError(f"its date “{written[:40]}” is not like 2019-01-31 or 2019-01-31T18:30") from None
    if len(written) <= len("2019-01-31"):
        when = datetime.combine(when.date(), time())
    return when if when.tzinfo else timezone.make_aware(when)


def _state(row: Row) -> State:
    written = row.values.get("state", "").lower() or "published"
    if written not in STATES:
        raise ValueError(f"its state “{written[:40]}” is none of {', '.join(STATES)}")
    return STATES[written]


def _identity(values: Mapping[str, str]) -> str:
    """Its URL, else its headline and date: what makes the row the same story when the table comes again."""
    told = values.get("url") or f"{values['date']} {values['headline']}"
    return told if len(told) <= LONGEST_ID else hashlib.sha256(told.encode()).hexdigest()


def _said(values: Mapping[str, str], wishes: Wishes, moment: datetime | None) -> dict[str, str]:
    headline = cut(values["headline"], LONGEST_HEADLINE)
    standfirst = cut(values.get("standfirst", ""), LONGEST_STANDFIRST)
    body = _body(values, headline, standfirst, wishes, moment)
    return {"headline": headline, "standfirst": standfirst, "body": body}


def _content(
    values: Mapping[str, str],
    wishes: Wishes,
    said: dict[str, str],
    moment: datetime | None,
    article_id: int | None,
) -> dict[str, Any]:
    day = timezone.localdate(moment) if moment else None
    plain = slug_from(values.get("slug", "")) or slug_from(said["headline"], fallback="story")
    return {
        **said,
        "kicker": values.get("kicker", "")[:60],
        "kind": _kind(values.get("kind", "")),
        "dateline": values.get("dateline", "")[:80],
        "slug": free_slug(plain, day, article_id),
        "section": section_at(_section(values, wishes)),
        "bylines": [(_person(name), Byline.Role.BY) for name in _several(values.get("bylines", ""), ";")],
        "tags": _several(values.get("tags", ""), ";" if ";" in values.get("tags", "") else ","),
        "canonical_url": _canonical(values.get("url", "")),
    }


def _kind(written: str) -> str:
    kind = written.lower() or Article.Kind.NEWS
    if kind not in Article.Kind.values:
        raise ValueError(f"its kind “{written[:40]}” is none of {', '.join(Article.Kind.values)}")
    return kind


def _body(
    values: Mapping[str, str], headline: str, standfirst: str, wishes: Wishes, moment: datetime | None
) -> str:
    """The text, before it what did not fit its field, after it whose words they are."""
    whole = [
        f"**{escaped(values['headline'])}**" if headline != values["headline"] else "",
        escaped(values["standfirst"]) if standfirst != values.get("standfirst", "") else "",
    ]
    text = values["body"] if wishes.is_markdown else _as_written(values["body"])
    source = wishes.attribution.line(values.get("url", ""), moment.date() if moment else None)
    return "\n\n".join(part for part in [*whole, text, f"*{source}*" if source else ""] if part)


def _as_written(text: str) -> str:
    """Plain text as Markdown that shows just that: a blank line parts paragraphs, a line break stays one."""
    lines = [escaped(" ".join(line.split())) for line in text.splitlines()]
    return re.sub(r"(?<=\S)\n(?=\S)", "  \n", re.sub(r"\n{2,}", "\n\n", "\n".join(lines)))


def _section(values: Mapping[str, str], wishes: Wishes) -> str:
    """Where it is filed: as its row says, else where its words point, else where the operator wants the rest."""
    if written := values.get("section", ""):
        return "/".join(slug_from(name) for name in re.split(r"\s*[/>›]\s*", written) if slug_from(name))
    counts = {path: _mentions(values, words) for path, words in wishes.by_word.items()}
    likeliest = max(counts, key=lambda path: counts[path], default="")
    return likeliest if likeliest and counts[likeliest] else wishes.section


def _mentions(values: Mapping[str, str], words: Sequence[str]) -> int:
    pattern = re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words) + r")\b")
    return len(pattern.findall(values["body"])) + HEADLINE_WEIGHT * len(pattern.findall(values["headline"]))


def _several(written: str, separator: str) -> list[str]:
    return [part.strip() for part in written.split(separator) if part.strip()]


def _person(name: str) -> Contributor:
    return Contributor.objects.filter(name=name[:120]).first() or Contributor.objects.create(name=name[:120])


def _canonical(url: str) -> str:
    """Where it was first published. a URL no browser could open is a fault of the row."""
    if not url.startswith(("http://", "https://")):
        return ""
    try:
        URLValidator()(url)
    except ValidationError:
        raise ValueError(f"its address “{url[:80]}” is not one") from None
    return url if len(url) <= 500 else ""


def _move(article: Article, written: Revision | int, state: State, moment: datetime | None) -> Article:
    if state == State.PUBLISHED and article.is_live and not article.has_unpublished_words:
        return article  # readers see all of it: to publish it again would be no update
    if state == State.PUBLISHED:
        article.publish(by=None, expected=written, at=moment, minor=True)
    elif state == State.IN_REVIEW and article.can("submit"):
        article.submit(by=None, expected=written)
    return article


def _change(article: Article, content: dict[str, Any], state: State, moment: datetime | None) -> None:
    written = article.revise(by=None, note=_("Imported again."), **content)
    _move(article, written, state, article.publish_at if article.is_scheduled else moment)
