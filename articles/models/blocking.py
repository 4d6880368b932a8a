"""Chapter: take-down for legal reasons. Beside withdrawal, which is the paper's own decision."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext as _

from articles.models.errors import NotReady
from articles.paths import spelled
from newsroom.foundations import pagecache

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.revisions import Revision
    from newsroom.models import User

LONGEST_URL = 500
web_url = URLValidator(schemes=["http", "https"])


class Blocked(models.Model):
    """Chapter: `blocked` says that a withdrawn article is so because a law or a court demands it."""

    blocked = models.BooleanField(default=False, editable=False)
    blocked_by = models.CharField(max_length=LONGEST_URL, blank=True, editable=False)

    class Meta:
        abstract = True

    # Questions

    @property
    def gone_status(self) -> HTTPStatus:
        """What its URL answers while it is withdrawn: 410, or 451 (RFC 7725) after a take-down."""
        return HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS if self.blocked else HTTPStatus.GONE

    @property
    def blocked_by_link(self) -> str:
        """The `Link` header that names who blocks it; empty if nobody was named."""
        return f'<{spelled(self.blocked_by)}>; rel="blocked-by"' if self.blocked_by else ""

    # Verbs

    def block(
        self: "Article", *, by: "User | None", expected: "Revision | int", reason: str, blocked_by: str = ""
    ) -> None:
        """Take it away from readers because the law demands it; they are told so (451), and the reason.

        Also for an article that was withdrawn already. `blocked_by` may be the URL of whoever blocks it here.
        """
        if not reason.strip():
            raise NotReady(
                _("Give the reason readers will see in its place: who demanded it, and by what law.")
            )
        blocked_by = _checked(blocked_by.strip())
        with self._moving("block", by=by, expected=expected, reason=reason):
            self.blocked, self.blocked_by = True, blocked_by
            self.withdrawn_reason = reason.strip()
            self._drop_planned(by=by)
            pagecache.purge(*self.own_keys())  # of one withdrawn already, readers see no other difference

    # How

    def _forget_block(self) -> None:
        self.blocked, self.blocked_by = False, ""


def _checked(url: str) -> str:
    """Raises NotReady for what is no URL of the web: it stands in a header of the page's answer."""
    if not url:
        return ""
    try:
        web_url(url)
        whole = len(spelled(url)) <= LONGEST_URL
    except ValidationError:
        whole = False
    if not whole:
        raise NotReady(_("“Blocked by” must be a whole web address, such as https://example.org/legal."))
    return url
