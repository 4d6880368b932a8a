"""What a verb would do, in sentences, for whoever is about to press its button. Nothing is done here."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin.articles.comparing import Difference, differences, words_changed
from articles.models import Article, Revision, State
from articles.models.status import clock
from newsroom.foundations.pagecache.cdn.caches import caches


@dataclass(frozen=True)
class Consequences:
    """What happens, what it cancels, who is told, and the words that change for readers."""

    happens: list[str]
    cancels: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    shown: int = 0  # the number of the version readers would see; 0 where they would see none


def consequences(verb: str, article: Article, latest: Revision) -> Consequences | None:
    """None for a verb that stays within the desk."""
    return TELLERS[verb](article, latest) if verb in TELLERS else None


def of_publishing(article: Article, latest: Revision) -> Consequences:
    seen = article.adopted if article.is_live else None
    return Consequences(
        happens=[
            goes_live(article, latest),
            *_standing_at_the_desk(article, latest),
            *_version_asked(article, latest),
            *filter(None, [article.embargo_sentence()]),
        ],
        cancels=list(_cancelled_by_publishing(article, latest)),
        told=who_learns_of_it(),
        differences=differences(seen.content, latest.content) if seen else [],
        shown=latest.number,
    )


def goes_live(article: Article, latest: Revision) -> str:
    """“Version 3 goes before readers, with the headline “Ports reopen” and 812 words.” And what it replaces."""
    named = {"number": latest.number, "headline": latest.headline, "words": _length(latest)}
    goes = _("Version %(number)d goes before readers: “%(headline)s”, %(words)s.") % named
    if article.is_live and article.adopted:
        replaced = _("It replaces version %(number)d, which readers have seen since %(time)s: %(changed)s.")
        return f"{goes} " + replaced % {
            "number": article.adopted.number,
            "time": clock(article.updated_at or article.publish_at),
            "changed": words_changed(article.adopted.content, latest.content),
        }
    return goes + " " + _("It replaces nothing: readers have not seen this article.")


def _length(revision: Revision) -> str:
    words = len(str(revision.content.get("body", "")).split())
    return ngettext("%d word", "%d words", words) % words


def _standing_at_the_desk(article: Article, latest: Revision) -> Iterator[str]:
    if article.state == State.DRAFT:
        yield _("It is a draft that is not submitted: nobody at the desk has approved it.")
    elif article.state == State.IN_REVIEW:
        yield _("It is in review: the desk has not approved it yet.")
    elif article.approved:
        yield _on_approval(article.approved, latest)


def _version_asked(article: Article, latest: Revision) -> Iterator[str]:
    if article.is_scheduled and article.adopted and article.adopted != latest:
        yield _(
            "Version %(adopted)d is on the schedule; version %(number)d was saved since. Choose which goes out."
        ) % {"adopted": article.adopted.number, "number": latest.number}


def in_bulk_sentences(verb: str, article: Article, latest: Revision) -> list[str]:
    """What the verb would do to one of many articles, now and to its latest version. No query."""
    if verb != "publish":
        return [IN_BULK[verb] % {**_named(latest), "words": _length(latest)}]
    said = [goes_live(article, latest), *_standing_at_the_desk(article, latest)]
    if article.is_scheduled:
        said.append(_("The time set before, %s, no longer holds.") % moment(article.publish_at))
    for waiting in (article.adopted if article.is_scheduled else None, article.replacement):
        if waiting and waiting != latest:
            said.append(_("Version %d, which waited for its time, does not go out.") % waiting.number)
    return said


def _on_approval(approved: Revision, latest: Revision) -> str:
    if approved == latest:
        return _("It is the version the desk approved.")
    return _("The desk approved version %(approved)d, and not version %(number)d, which was saved since.") % {
        "approved": approved.number,
        "number": latest.number,
    }


def _cancelled_by_publishing(article: Article, latest: Revision) -> Iterator[str]:
    if article.is_scheduled:
        yield _("The time set before, %s, no longer holds.") % moment(article.publish_at)
    if article.approved:
        yield _("The approval has then done its work: a later change needs another.")
    if article.will_change and article.replacement:
        yield _planned(article, article.replacement, latest)


def _planned(article: Article, planned: Revision, latest: Revision) -> str:
    time = moment(article.replacement_at)
    if planned == latest:
        return _("It was planned for %s. It no longer waits for that time.") % time
    return _(
        "Version %(number)d is planned to replace what readers see at %(time)s. Publish now, and you decide below what "
        "becomes of it. Choose a time, and the version you publish is planned in its place."
    ) % {"number": planned.number, "time": time}


def of_unscheduling(article: Article, latest: Revision) -> Consequences:
    if not article.adopted:
        return Consequences([])
    named = {"number": article.adopted.number, "headline": article.headline}
    happens = [
        _("Version %(number)d, “%(headline)s”, does not go before readers. It stays approved.") % named
    ]
    if latest != article.adopted:
        happens.append(_("The desk sees version %d again, which was saved since.") % latest.number)
    return Consequences(
        happens,
        cancels=[_("Its time, %s, no longer holds.") % moment(article.publish_at)],
        told=[_("Nobody: readers have not seen it.")],
    )


def of_cancelling(article: Article, latest: Revision) -> Consequences:
    seen, planned = article.adopted, article.replacement
    if not (seen and planned):
        return Consequences([])
    return Consequences(
        [_("Readers go on seeing version %(number)d, “%(headline)s”.") % _named(seen)],
        cancels=[
            _("Version %(number)d, “%(headline)s”, does not replace it at %(time)s. It stays in the history.")
            % {**_named(planned), "time": moment(article.replacement_at)}
        ],
        told=[_("Nobody: readers see no change.")],
        differences=differences(seen.content, planned.content),
        shown=seen.number,
    )


def of_withdrawing(article: Article, latest: Revision) -> Consequences:
    if not article.adopted:
        return Consequences([])
    left = _(
        "Version %(number)d, “%(headline)s”, which readers have seen since %(time)s, is taken away. They find your "
        "reason in its place."
    )
    cancels = []
    if article.will_change and article.replacement:
        cancels.append(
            _("Version %(number)d does not replace it at %(time)s.")
            % {"number": article.replacement.number, "time": moment(article.replacement_at)}
        )
    happens = [left % {**_named(article.adopted), "time": clock(article.publish_at)}]
    if latest != article.adopted:
        happens.append(_("Version %d, which was saved since, stays in the drawer.") % latest.number)
    return Consequences(happens, cancels, who_misses_it())


def of_putting_back(article: Article, latest: Revision) -> Consequences:
    if not article.adopted:
        return Consequences([])
    happens = [
        _("Version %(number)d, “%(headline)s”, was what readers saw last.") % _named(article.adopted),
        _("It appears again where it was, under its own date, and readers no longer find the reason:") + " "
        f"“{article.withdrawn_reason}”",
    ]
    if latest != article.adopted:
        corrected = _("Version %(number)d, “%(headline)s”, was saved since. Choose which comes back.")
        happens.append(corrected % _named(latest))
    return Consequences(
        happens,
        told=who_learns_of_it(),
        differences=differences(article.adopted.content, latest.content),
        shown=latest.number,
    )


def of_blocking(article: Article, latest: Revision) -> Consequences:
    """As withdrawing, or after it; and what readers and machines are told besides."""
    told = _(
        "Readers and search engines are told that it is unavailable for legal reasons (451), and your reason."
    )
    if not article.is_withdrawn:
        withdrawing = of_withdrawing(article, latest)
        return replace(withdrawing, happens=[*withdrawing.happens, told])
    before = _("It is withdrawn already. Your reason takes the place of the one readers find now:")
    return Consequences([f"{before} “{article.withdrawn_reason}”", told], told=who_learns_of_it())


def of_redating(article: Article, latest: Revision) -> Consequences:
    if not article.adopted:
        return Consequences([])
    return Consequences(
        [
            _("Readers read another date on it. It is now %s.") % moment(article.publish_at),
            _("It moves to the place of its new date in all lists and feeds, and in the sitemaps."),
            _(
                "The date stands in its web address. The address it has now will lead to the new one for ever: %s"
            )
            % article.get_absolute_url(),
        ],
        told=who_learns_of_it(),
        shown=article.adopted.number,
    )


IN_BULK = {
    "submit": gettext_lazy("Version %(number)d goes to the desk: “%(headline)s”, %(words)s."),
    "approve": gettext_lazy("Version %(number)d is approved: “%(headline)s”, %(words)s."),
}


def of_noting(article: Article, latest: Revision) -> Consequences:
    seen = article.adopted
    if not seen:
        return Consequences([])
    shown = _("The text stays as readers know it, in version %(number)d: “%(headline)s”.") % _named(seen)
    when = _("Readers see the note with the article, and among the corrections, at once.")
    if article.is_withdrawn:
        when = _("The article is withdrawn: readers see the note when it is back.")
    happens = [shown, when, _("The article is dated anew. The record stays, also if the note is taken back.")]
    if article.is_live and latest != seen:
        happens.append(_("Version %d, which was saved since, is not published by this.") % latest.number)
    return Consequences(happens, told=who_learns_of_it(), shown=seen.number)


# The verbs that readers notice, at once or in time.
TELLERS = {
    "publish": of_publishing,
    "unschedule": of_unscheduling,
    "cancel_replacement": of_cancelling,
    "withdraw": of_withdrawing,
    "block": of_blocking,
    "redate": of_redating,
    "reinstate": of_putting_back,
    "correct": of_noting,
}


def _named(revision: Revision) -> dict[str, str | int]:
    return {"number": revision.number, "headline": revision.headline}


def who_misses_it() -> list[str]:
    """Who learns that an article is withdrawn."""
    return [
        _("Readers: its page says why it is gone, and the front page and all lists show it no more."),
        _("The feeds, the sitemaps and the search of this site leave it out."),
        *_and_elsewhere(),
    ]


def who_learns_of_it() -> list[str]:
    """Who learns of a change that readers notice, by what this site does."""
    return [
        _("Readers: on its page, on the front page, and in the lists of its sections, topics and writers."),
        _("The feeds, the sitemaps and the search of this site."),
        *_and_elsewhere(),
    ]


def _and_elsewhere() -> Iterator[str]:
    if places := sorted({type(cache).__name__ for cache in caches()}):
        yield _("The caches in front of this site: %s.") % ", ".join(places)
    yield _("Nobody gets a mail or a message.")


def moment(when: datetime | None) -> str:
    """“18 May 2026, 06:00”: a time to come, always with its day."""
    return date_format(timezone.localtime(when), "j F Y, H:i") if when else ""


def by_whose_clocks() -> str:
    now = timezone.localtime(timezone=timezone.get_default_timezone())
    return _("By the clocks of %(zone)s, where it is now %(now)s.") % {
        "zone": timezone.get_default_timezone_name(),
        "now": date_format(now, "j F Y, H:i"),
    }
