"""Chapter: where an article is found, now and under every slug it ever had."""

from datetime import date

from django.db import models
from django.utils.translation import gettext as _

from articles.models.errors import UrlTaken
from articles.models.slugs import SlugField
from newsroom.foundations.db.contention import take_turns


class FormerSlug(models.Model):
    """One row: this article was once published under this date and slug, so that URL leads to it for ever.

    Kept apart from Django's redirects because a date and slug identify an article under any section path: one hop
    to the current URL, whatever has been moved since, and the slug can never be given to another story.
    """

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="former_slugs")
    published_on = models.DateField()
    slug = SlugField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["published_on", "slug"], name="former_slug_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.published_on}/{self.slug}"


class WithUrl(models.Model):
    """Chapter: the URL of an article. The date in it is the site's day of first publication."""

    slug = SlugField(max_length=120, blank=True)
    published_on = models.DateField(null=True, editable=False)

    class Meta:
        abstract = True

    def _require_free_url(self) -> None:
        """Raise UrlTaken if this date and slug are, or once were, another article's."""
        take_turns(f"articles of {self.published_on}")  # or two published at the same moment find it free
        here = {"published_on": self.published_on, "slug": self.slug}
        others = type(self)._default_manager.filter(**here).exclude(pk=self.pk)
        if others.exists() or FormerSlug.objects.filter(**here).exclude(article=self.pk).exists():
            raise UrlTaken(
                _("Another story of %(day)s already has the slug “%(slug)s”. Change the slug of this one.")
                % {"day": self.published_on, "slug": self.slug}
            )

    def _keep_former_date(self, former: date | None) -> None:
        if former and former != self.published_on:
            FormerSlug.objects.get_or_create(published_on=former, slug=self.slug, defaults={"article": self})

    def _keep_former_slug(self, former: str) -> None:
        if former and former != self.slug:
            FormerSlug.objects.get_or_create(
                published_on=self.published_on, slug=former, defaults={"article": self}
            )
