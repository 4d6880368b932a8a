"""A version of an article before readers see it: the page it would make, and what is true of it at this moment."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, PreviewLink, Revision, Section
from articles.models.status import clock
from newsroom.foundations import site
from newsroom.foundations.text import cut

SEARCH_TITLE, SEARCH_DESCRIPTION = 60, 155
SOCIAL_TITLE, SOCIAL_DESCRIPTION = 70, 125


def page(article: Article, revision: Revision, says: str = "") -> dict[str, Any]:
    """What `articles/article.html` shows of this revision, saved or not, under these words. Raises NotReady."""
    copy = article.working_copy(revision)
    if not copy.section_id:
        copy.section = Section(name=_("No section yet"), slug="section", path="section")
    return {
        "article": copy,
        "trail": copy.section.trail(),
        "page_title": copy.seo_title or copy.headline,
        "canonical": settings.SITE_ADDRESS,
        "preview": True,
        "preview_says": says,
    }


def shared_page(link: PreviewLink) -> dict[str, Any]:
    """The page a preview link opens. Raises NotReady."""
    article, revision = link.article, link.shown_revision()
    said = [shared_by(link, is_public=article.is_live and revision.pk == article.adopted_id)]
    if link.revision:
        said.append(_("You see one version, as it was saved on %s.") % clock(revision.created_at))
    else:
        said.append(_("You see the latest version there was when you opened this page."))
    return page(article, revision, " ".join(filter(None, [*said, article.embargo_sentence()])))


def shared_by(link: PreviewLink, *, is_public: bool) -> str:
    """“Not published. Shared by Ana Beltrán until 5 December 2026, 09:12.”"""
    sentence = (
        _("Published. Shared by %(who)s until %(until)s.")
        if is_public
        else _("Not published. Shared by %(who)s until %(until)s.")
    )
    return sentence % {"who": link.made_by.get_full_name() or _("the desk"), "until": clock(link.expires_at)}


# What is true of the words in a preview


def what_is_shown(article: Article, revision: Revision) -> str:
    """“You see version 5, not yet published. Readers see version 3.” A revision without a key was never saved."""
    return " ".join(filter(None, [_seen(article, revision), _meanwhile(article, revision)]))


def _seen(article: Article, revision: Revision) -> str:
    if not revision.pk:
        return _("You see words that are not saved yet.")
    scheduled_at = _scheduled_at(article, revision)
    if scheduled_at:
        words = _("You see version %(number)d, scheduled for %(at)s.")
    elif revision.pk == article.adopted_id and article.is_live:
        words = _("You see version %(number)d, which readers see.")
    elif revision.pk == article.adopted_id and article.is_withdrawn:
        words = _("You see version %(number)d, which was withdrawn.")
    elif revision.pk == article.approved_id:
        words = _("You see version %(number)d, approved and not yet published.")
    elif _is_older(article, revision):
        words = _("You see version %(number)d, older than the one published.")
    else:
        words = _("You see version %(number)d, not yet published.")
    return words % {"number": revision.number, "at": clock(scheduled_at)}


def _scheduled_at(article: Article, revision: Revision) -> datetime | None:
    """When this revision is to come before readers, as the story or in the place of what they see."""
    if article.is_scheduled and revision.pk == article.adopted_id:
        return article.publish_at
    return article.replacement_at if article.will_change and revision.pk == article.replacement_id else None


def _is_older(article: Article, revision: Revision) -> bool:
    was_public = article.is_live or article.is_withdrawn
    return bool(was_public and article.adopted and revision.number < article.adopted.number)


def _meanwhile(article: Article, revision: Revision) -> str:
    """What readers have instead of it."""
    if article.is_withdrawn and article.blocked:
        return _("Readers are told that it was taken down for legal reasons.")
    if article.is_withdrawn:
        return _("Readers are told that it was withdrawn.")
    if not article.adopted or not (article.is_live or article.is_scheduled):
        return _("Readers see nothing yet.")
    if revision.pk == article.adopted_id:
        return "" if article.is_live else _("Readers see nothing yet.")
    words = (
        _("Readers see version %(number)d.")
        if article.is_live
        else _("Version %(number)d is scheduled for %(at)s.")
    )
    return words % {"number": article.adopted.number, "at": clock(article.publish_at)}


# How it looks elsewhere


@dataclass(frozen=True)
class Line:
    """One text of a search result or a social card, and what is seen of it where it is cut."""

    text: str
    about: int  # characters that are seen, more or less: those who cut measure pixels, and change their minds

    @property
    def seen(self) -> str:
        return cut(self.text, self.about)

    @property
    def length(self) -> int:
        return len(self.text)

    @property
    def is_cut(self) -> bool:
        return self.length > self.about


def elsewhere(article: Article, revision: Revision, says: str) -> dict[str, Any]:
    """What cards, search results and social cards show of this revision, as if it were published now."""
    shown = page(article, revision, says)
    copy = shown["article"]
    copy.publish_at = copy.publish_at or timezone.now()
    copy.published_on = copy.published_on or timezone.localdate(copy.publish_at)
    title = shown["page_title"]
    return {
        **shown,
        "site_host": urlsplit(settings.SITE_ADDRESS).netloc,
        "found_at": unquote(urlsplit(copy.url).path).strip("/").replace("/", " › "),
        "search_title": Line(f"{title} · {site.current().name}", SEARCH_TITLE),
        "search_description": Line(copy.description, SEARCH_DESCRIPTION),
        "social_title": Line(title, SOCIAL_TITLE),
        "social_description": Line(copy.description, SOCIAL_DESCRIPTION),
    }
