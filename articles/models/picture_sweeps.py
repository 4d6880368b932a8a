"""When the files that no picture names were last looked for."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

APART = timedelta(days=1)


class PictureSweepQuerySet(models.QuerySet["PictureSweep"]):
    def begin(self) -> bool:
        """Is it time for another? Then it has begun: of several who ask at once, one is told so."""
        now = timezone.now()
        if self.filter(pk=1, begun_at__gt=now - APART).exists():
            return False
        _row, is_first = self.get_or_create(pk=1, defaults={"begun_at": now})
        return is_first or bool(self.filter(pk=1, begun_at__lte=now - APART).update(begun_at=now))


class PictureSweep(models.Model):
    """The one row that says when the latest sweep of the pictures' files began."""

    begun_at = models.DateTimeField()

    objects = PictureSweepQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="only_one_picture_sweep")]

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M}"
