"""The house rules: what the desk decides about comments as a whole."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.foundations import pagecache
from newsroom.foundations.singleton import Singleton


class HouseRules(Singleton):
    """The one row that says whether, for how long and how freely readers may comment."""

    cache_key = "house-rules"

    open = models.BooleanField(
        _("readers may comment"),
        default=True,
        help_text=_("Off closes every conversation at once; what has been said stays."),
    )
    close_after_days = models.PositiveSmallIntegerField(
        _("conversations close after (days)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_(
            "Counted from the article's publication. Empty: never. An article may have its own number."
        ),
    )
    trust_after = models.PositiveSmallIntegerField(
        _("trust readers after (approved comments)"),
        default=0,
        help_text=_(
            "How many approved comments a reader needs before the next ones appear at once. "
            "0: everything is held until a moderator has read it."
        ),
    )
    most_links = models.PositiveSmallIntegerField(
        _("links a comment may hold"), default=2, help_text=_("Comments with more are always held.")
    )
    held_words = models.TextField(
        _("words that hold a comment"),
        blank=True,
        max_length=20_000,
        help_text=_("One word or phrase a line. Whole words, in capitals or not; the name is searched too."),
    )
    spam_words = models.TextField(
        _("words that mark a comment as spam"),
        blank=True,
        max_length=20_000,
        help_text=_("One word or phrase a line."),
    )
    guidelines = models.TextField(
        _("what we ask of readers"),
        blank=True,
        max_length=5_000,
        help_text=_("Plain text, shown beside the comment form. A blank line begins a new paragraph."),
    )

    class Meta(Singleton.Meta):
        verbose_name = _("house rules")
        verbose_name_plural = _("house rules")
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return str(_("House rules for comments"))

    @classmethod
    @pagecache.cached_until_purged("house-rules")
    def current(cls) -> "HouseRules":
        """The rules in force; the defaults until the desk has changed them."""
        return cls.stored()
