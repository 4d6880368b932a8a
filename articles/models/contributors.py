"""Who is credited. A contributor need not have a login; a login is not a byline."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import redirects
from articles.models import denormalised
from articles.models.order import Order, listed_at
from articles.models.slugs import SlugField
from articles.paths import path_to, slug_from
from newsroom.foundations import pagecache
from newsroom.foundations.db.contention import take_turns

CREDITS = Order("live_at", "article")
SHOWN = ("name", "slug", "portrait_id")  # on the pages of their stories


def check_links(links: Any) -> None:
    """A list of {"label", "url"}, http(s) or mailto only: anything else could run in a reader's browser."""
    if not isinstance(links, list) or len(links) > 12:
        raise ValidationError(gettext("Give at most twelve links."))
    for link in links:
        if not (
            isinstance(link, dict)
            and set(link) == {"label", "url"}
            and all(isinstance(v, str) for v in link.values())
        ):
            raise ValidationError(gettext("Each link needs a label and an address."))
        if not link["url"].startswith(("https://", "http://", "mailto:")):
            raise ValidationError(gettext("“%s” must begin with https:// or mailto:") % link["url"])


class ContributorQuerySet(models.QuerySet["Contributor"]):
    def delete(self) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            pagecache.purge(*(key for contributor in self for key in contributor.cache_keys()))
            return super().delete()


class Contributor(models.Model):
    """One row is one person or organisation readers see credited."""

    name = models.CharField(_("name"), max_length=120)
    slug = SlugField(
        _("slug"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_(
            "Its word in web addresses; made from the name when left empty. Should differ from any login name."
        ),
    )
    role = models.CharField(_("role"), max_length=120, blank=True, help_text=_("“Americas correspondent”"))
    bio = models.TextField(
        _("about"), blank=True, help_text=_("Two or three sentences for readers, on their page.")
    )
    portrait = models.ForeignKey(
        "articles.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("portrait")
    )
    links = models.JSONField(_("links"), default=list, blank=True, validators=[check_links])
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributor",
        verbose_name=_("login"),
        help_text=_("If this person writes here themselves."),
    )

    objects = ContributorQuerySet.as_manager()

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_to("contributor", self.slug)

    def cache_keys(self) -> list[str]:
        """What shows them: their stories, their page, and whatever knows the names of all contributors."""
        return [f"by:{self.pk}", pagecache.path_key(f"by/{self.slug}"), "contributors"]

    def urls(self) -> list[str]:
        """Every URL that goes with them: their page and its feeds."""
        return [
            reverse(name, args=[self.slug])
            for name in ("contributor", "contributor_feed", "contributor_feed_atom")
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Derives an empty slug from the name; when the slug changes, the old URLs are remembered."""
        with transaction.atomic():
            self.slug = self.slug or self._free_slug()
            before = Contributor.objects.filter(pk=self.pk).first() if self.pk else None
            with self._articles_refreshed(before):
                super().save(*args, **kwargs)
            pagecache.purge(*self.cache_keys())
            if before and before.slug != self.slug:
                for old, new in zip(before.urls(), self.urls(), strict=True):
                    redirects.remember(old, new)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            pagecache.purge(*self.cache_keys())
            return super().delete(*args, **kwargs)

    def _articles_refreshed(self, before: "Contributor | None") -> AbstractContextManager[None]:
        if before is None or all(getattr(before, name) == getattr(self, name) for name in SHOWN):
            return nullcontext()
        return denormalised.around_change_of_contributor(self)

    def _free_slug(self) -> str:
        take_turns("contributors")  # or two of one name, added at the same moment, find the same slug free
        base = slug_from(self.name, fallback="contributor")
        taken = set(Contributor.objects.filter(slug__startswith=base).values_list("slug", flat=True))
        return next(
            slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken
        )


class BylineQuerySet(models.QuerySet["Byline"]):
    def with_faces(self) -> "BylineQuerySet":
        """With names and portraits."""
        return self.select_related("contributor__portrait")


class Byline(models.Model):
    """One row is one credit on one article, in its place in the line."""

    class Role(models.TextChoices):
        BY = "by", _("By")
        WITH = "with", _("With")
        PHOTOGRAPHS = "photographs", _("Photographs by")
        TRANSLATED = "translated", _("Translated by")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="bylines")
    contributor = models.ForeignKey(
        Contributor, models.PROTECT, related_name="bylines", verbose_name=_("contributor")
    )
    role = models.CharField(_("credit"), max_length=12, choices=Role, default=Role.BY)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    live_at = listed_at()

    objects = BylineQuerySet.as_manager()

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "contributor", "role"], name="credited_once_per_role")
        ]
        indexes = [
            models.Index(
                fields=["contributor", *CREDITS.newest_first()],
                name="live_by_contributor",
                condition=models.Q(live_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.contributor}"
