"""Preview links: a URL by which somebody without a login reads one article before it is published."""

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions
from articles.models.errors import NotAllowed, NotReady
from articles.paths import absolute
from newsroom.foundations.text import shown
from newsroom.foundations.workflow import lock

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.revisions import Revision
    from newsroom.models import User

TOKEN_BYTES = (
    24  # 192 bits: who guesses a thousand million times a second needs longer than the sun will shine
)
SHORTEST, LONGEST = timedelta(hours=1), timedelta(days=30)
MOST_OPEN = 20  # links to one article at a time; who needs more should publish
NOTED_AGAIN_AFTER = timedelta(minutes=10)  # an opening so soon after another is not written down


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self) -> "PreviewLinkQuerySet":
        """Which still lead somewhere: not expired, not revoked."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())

    def for_lists(self) -> "PreviewLinkQuerySet":
        """All that the desk says of a link, the newest first."""
        return (
            self.select_related("made_by", "revoked_by", "revision")
            .defer("revision__content")
            .order_by("-pk")
        )

    def found_by(self, token: str) -> "PreviewLink | None":
        """The link whose URL holds this token, if it still leads to something its maker may see."""
        found = self.open().select_related("made_by", "revision", "article__section", "article__adopted")
        link = found.filter(token_hash=hashed(token)).first()
        if link is None or link.article.blocked:
            return None
        return link if permissions.may(link.made_by, "view", link.article) else None


class PreviewLink(models.Model):
    """One row lets whoever holds its URL read one article until it expires or is revoked. Rows are never deleted.

    The token in the URL is known to nobody but those it was given to: the row has only its hash.
    """

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="preview_links")
    revision = models.ForeignKey(
        "articles.Revision", models.PROTECT, null=True, related_name="+", verbose_name=gettext_lazy("version")
    )  # none: the latest at the moment of opening
    label = models.CharField(gettext_lazy("for whom"), max_length=80)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=gettext_lazy("made by")
    )
    made_at = models.DateTimeField(gettext_lazy("made"), auto_now_add=True)
    expires_at = models.DateTimeField(gettext_lazy("expires"))
    revoked_at = models.DateTimeField(gettext_lazy("revoked"), null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(gettext_lazy("last opened"), null=True)

    objects = PreviewLinkQuerySet.as_manager()

    token = ""  # of a link that has just been made; nobody is told a second time

    class Meta:
        verbose_name = gettext_lazy("preview link")
        verbose_name_plural = gettext_lazy("preview links")

    def __str__(self) -> str:
        return self.label

    # Questions

    @property
    def url(self) -> str:
        """The URL to hand on. Only a link that has just been made knows it."""
        return absolute(reverse("preview", args=[self.token])) if self.token else ""

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    def may_be_revoked_by(self, user: Any) -> bool:
        """By whoever may share the article, and always by who made the link."""
        return permissions.may(user, "share", self.article) or (user.is_active and user == self.made_by)

    def shown_revision(self) -> "Revision":
        """The version it shows: a fixed one, or the latest at this moment."""
        return self.revision or self.article.latest_revision

    # Verbs

    @classmethod
    def share(
        cls,
        article: "Article",
        *,
        by: "User",
        label: str,
        lasts: timedelta,
        revision: "Revision | None" = None,
    ) -> "PreviewLink":
        """Make a link to the article: to this revision, or to the latest whenever it is opened. It knows its `url`."""
        label = shown(label)
        if not label:
            raise NotReady(_("Say whom the link is for."))
        if not SHORTEST <= lasts <= LONGEST:
            raise NotReady(_("A link lasts between an hour and thirty days."))
        with transaction.atomic():
            lock(article)
            cls._require(article, by)
            token = secrets.token_urlsafe(TOKEN_BYTES)
            link = cls(article=article, revision=revision, label=label, made_by=by, token_hash=hashed(token))
            link.expires_at = timezone.now() + lasts
            link.save()
        link.token = token
        return link

    def revoke(self, *, by: "User") -> None:
        """From now on it leads nowhere. Once revoked it stays so, signed by who did it first."""
        if not self.may_be_revoked_by(by):
            raise NotAllowed(_("You may not revoke this link."))
        with transaction.atomic():
            lock(self)
            if self.revoked_at is None:
                self.revoked_at, self.revoked_by = timezone.now(), by
                self.save(update_fields=["revoked_at", "revoked_by"])

    def note_opening(self) -> None:
        """Write down that it was opened, but not each time: a reader who reloads costs no writing."""
        now = timezone.now()
        lately = models.Q(opened_at__gt=now - NOTED_AGAIN_AFTER)
        PreviewLink.objects.filter(pk=self.pk).exclude(lately).update(opened_at=now)

    # How

    @classmethod
    def _require(cls, article: "Article", by: "User") -> None:
        """Asked under the article's lock, so that two people cannot both make the last one."""
        if not permissions.may(by, "share", article):
            raise NotAllowed(_("You may not share this article."))
        if article.blocked:
            raise NotReady(_("It was taken down for legal reasons, and cannot be shared."))
        if cls.objects.open().filter(article=article).count() >= MOST_OPEN:
            raise NotReady(
                _("There are %d open links to this article. Revoke one of them first.") % MOST_OPEN
            )


def hashed(token: str) -> str:
    """What is stored of a token. It is random and long, so that one round is enough: nothing can be guessed."""
    return sha256(token.encode()).hexdigest()
