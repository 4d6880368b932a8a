"""The first segments of paths, which sections and standing pages share with the site's own pages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from articles.paths import refuse_reserved


class TopLevelPath(models.Model):
    """One row: this slug at the top of the site is taken, by a main section or by a standing page. Written by both when
    they are saved, so that neither can hide the other, however many save at the same time."""

    slug = models.CharField(max_length=80, unique=True)
    section = models.OneToOneField("articles.Section", models.CASCADE, null=True, related_name="+")
    page = models.OneToOneField("articles.StandingPage", models.CASCADE, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(section__isnull=True, page__isnull=False)
                | models.Q(section__isnull=False, page__isnull=True),
                name="top_level_path_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"/{self.slug}/"

    @classmethod
    def require_free(cls, slug: str, **owner: Any) -> None:
        """Raises ValidationError if the site itself or another section or page is at this slug."""
        refuse_reserved(slug, at_top=True)
        for taken in cls.objects.filter(slug=slug).select_related("section", "page"):
            holder = taken.section or taken.page
            if holder not in owner.values():
                raise _taken(slug, holder)

    @classmethod
    def take(cls, slug: str, **owner: Any) -> None:
        """Give the slug to this section or page, in the place of the one it had. Raises ValidationError if another has
        it; then, and until the transaction ends, nothing of it is written."""
        cls.require_free(slug, **owner)
        try:
            with transaction.atomic():
                cls.objects.update_or_create({"slug": slug}, **owner)
        except IntegrityError:
            raise _taken(slug, None) from None

    @classmethod
    def leave(cls, **owner: Any) -> None:
        cls.objects.filter(**owner).delete()


def _taken(slug: str, by: Any) -> ValidationError:
    if by is None:
        words = _("Somebody has just taken “/%(slug)s/”. Choose another slug.")
    else:
        words = _("“%(name)s” is at “/%(slug)s/” already. Choose another slug.")
    return ValidationError({"slug": words % {"slug": slug, "name": by}})
