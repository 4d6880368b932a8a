"""A version of an article before readers see it: the page it would make, and what is true of it at this moment."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from articles.models import Article, PreviewLink, Revision, Section
from articles.models.status import clock


def page(article: Article, revision: Revision, says: str = "") -> dict[str, Any]:
    """What `articles/article.html` shows of this revision, saved or not, under these words. Raises NotReady."""
    copy = article.working_copy(revision)
    if not copy.section_id:
        copy.section = Section(name=_("No section yet"), slug="section", path="section")
    return {
        "article": copy,
        "trail": copy.section.trail(),
        "page_title": copy.headline,
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
    return page(article, revision, " ".join(said))


def shared_by(link: PreviewLink, *, is_public: bool) -> str:
    """“Not published. Shared by Ana Beltrán until 5 December 2026, 09:12.”"""
    sentence = (
        _("Published. Shared by %(who)s until %(until)s.")
        if is_public
        else _("Not published. Shared by %(who)s until %(until)s.")
    )
    return sentence % {"who": link.made_by.get_full_name() or _("the desk"), "until": clock(link.expires_at)}
