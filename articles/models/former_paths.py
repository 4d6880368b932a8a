"""Paths at which something used to be found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# Characters, not bytes: twelve sections above one another and a story's date and slug fit. The index of PostgreSQL
# takes 2,700 bytes, and a character of any script is four at most.
LONGEST = 600


class FormerPath(models.Model):
    """One row: what was once at `old_path` is at `new_path` now; an empty one means it is gone for good.

    Both are written as Django reads them from a request, in letters and not percent-encoded, so that a path of any
    script may be as long as one of Latin letters. What leads to another site is a whole URL.
    """

    old_path = models.CharField(
        _("redirect from"),
        max_length=LONGEST,
        unique=True,
        help_text=_("A path of this site, from the first slash: “/about-us/”."),
    )
    new_path = models.CharField(
        _("redirect to"),
        max_length=LONGEST,
        blank=True,
        db_index=True,
        help_text=_("A path, or a whole URL of another site. Left empty, readers are told that it is gone."),
    )

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["old_path"]

    def __str__(self) -> str:
        return f"{self.old_path} → {self.new_path}"
