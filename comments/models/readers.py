"""Who spoke, as far as we can know it from an e-mail address anybody can type."""

import unicodedata
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from comments.models.rules import HouseRules

REMEMBERED = timedelta(days=90)  # how long a refused comment keeps a reader from being trusted


class ReaderQuerySet(models.QuerySet["Reader"]):
    # Both hold the row until the transaction ends, so that a standing is counted by one at a time.

    def at(self, email: str) -> "Reader":
        """The reader of this e-mail address, made when new, and locked."""
        return self.select_for_update(no_key=True).get_or_create(email=fold(email))[0]

    def lock(self, pk: int) -> None:
        """Hold this reader's row."""
        self.select_for_update(no_key=True).values_list("pk").get(pk=pk)

    def beginning(self, letters: str) -> "ReaderQuerySet":
        """Whose address begins with these letters."""
        return self.filter(email__startswith=fold(letters))


def fold(email: str) -> str:
    """What makes two spellings of an address the same reader."""
    return unicodedata.normalize("NFC", email.strip()).casefold()


class Reader(models.Model):
    """One row is one e-mail address that has commented. Its standing is recounted from decisions, never incremented.

    The address is never shown to readers; it proves nothing, for nobody has confirmed it.
    """

    email = models.CharField(_("e-mail"), max_length=254, unique=True)
    first_seen = models.DateTimeField(_("first seen"), default=timezone.now)
    approved = models.PositiveIntegerField(_("approved"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    spam = models.PositiveIntegerField(_("spam"), default=0)

    objects = ReaderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reader")
        verbose_name_plural = _("readers")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.email

    # Questions

    def is_trusted(self, rules: "HouseRules", *, name: str, ip_hash: str) -> bool:
        """May this reader's comment appear before a moderator has read it? See docs/decisions/0004."""
        if not rules.trust_after or self.approved < rules.trust_after or not ip_hash:
            return False
        known = self.comments.approved().filter(name=name, ip_hash=ip_hash)
        return known.exists() and not self.comments.refused_since(timezone.now() - REMEMBERED).exists()

    # Verbs

    def recount(self) -> None:
        """Count how this reader's comments stand after the latest decisions. Who asks holds the row."""
        standing = self.comments.standing()
        type(self).objects.filter(pk=self.pk).update(**standing)
        vars(self).update(standing)
