"""Who logs in, and what the paper calls itself."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from newsroom.foundations import pagecache
from newsroom.foundations.singleton import Singleton

NAMES = {"username", "first_name", "last_name", "is_staff", "is_active"}  # who works here, and is called what


class User(AbstractUser):
    """One row is one login of the staff. Who readers see credited is a Contributor."""

    class Meta(AbstractUser.Meta):
        verbose_name = _("login")  # type: ignore[assignment]
        verbose_name_plural = _("logins")  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A log-in writes down its own time alone, and changes nobody's name."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            if not NAMES.isdisjoint(kwargs.get("update_fields") or NAMES):
                pagecache.purge("staff")


class Masthead(Singleton):
    """The one row that says what the paper is called and how it introduces itself."""

    cache_key = "paper"

    name = models.CharField(_("name of the paper"), max_length=80, default="Newsroom")
    tagline = models.CharField(
        _("tagline"),
        max_length=160,
        blank=True,
        help_text=_("One line under the name, in the footer and for search engines."),
    )
    footer_text = models.TextField(
        _("footer"), blank=True, help_text=_("Who publishes the paper, in a sentence or two.")
    )

    shows_changes = models.BooleanField(
        _("readers may see what changed"),
        default=True,
        help_text=_(
            "Under a story that was changed stands a link to a page that compares what it said before. Corrections are "
            "shown in any case."
        ),
    )

    class Meta(Singleton.Meta):
        verbose_name = _("masthead")
        verbose_name_plural = _("masthead")

    def __str__(self) -> str:
        return self.name

    @classmethod
    @pagecache.cached_until_purged("paper")
    def current(cls) -> "Masthead":
        """The paper's masthead; its defaults until the desk has written one."""
        return cls.stored()
