"""Who has which article open at the desk. What is told here is a minute old at most."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from articles.models.article import Article
    from newsroom.models import User

GONE = timedelta(seconds=60)  # a browser says it is there three times in this
SWEPT = timedelta(hours=1)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def now(self) -> "PresenceQuerySet":
        """Who has been heard of within the last minute, who came first first."""
        return self.filter(seen_at__gt=timezone.now() - GONE).select_related("person").order_by("since", "pk")

    def others(self, person: "User", article: "Article") -> "PresenceQuerySet":
        return self.now().filter(article=article).exclude(person=person)

    def see(self, person: "User", article: "Article") -> None:
        """This person has the article before them at this moment."""
        now = timezone.now()
        row, is_new = self.get_or_create(
            article=article, person=person, defaults={"since": now, "seen_at": now}
        )
        if not is_new:
            row.since = row.since if row.is_here(now) else now
            row.seen_at = now
            row.save(update_fields=["since", "seen_at"])

    def leave(self, person: "User", article: "Article") -> None:
        self.filter(person=person, article=article).delete()

    def forget_old(self) -> None:
        self.filter(seen_at__lt=timezone.now() - SWEPT).delete()


class Presence(models.Model):
    """One row: one person has one article open, since when, and when their browser last said so."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(_("open since"))
    seen_at = models.DateTimeField(_("last seen"), db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "person"], name="one_presence_a_person")]

    def __str__(self) -> str:
        return f"{self.person}, {self.since:%H:%M}"

    def is_here(self, at: datetime) -> bool:
        return self.seen_at > at - GONE
