"""What people have typed and not saved yet. Never what readers see, and no entry of the history."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions
from articles.models.errors import NotAllowed, VerbRefused
from newsroom.foundations.db.contention import take_turns
from newsroom.foundations.text import printable

if TYPE_CHECKING:
    from articles.models.article import Article
    from newsroom.models import User

KEPT = timedelta(days=30)  # what nobody saved or discarded
EMPTY_KEPT = timedelta(days=1)  # by then no window that still writes after it was saved is open
MOST_CHARACTERS = 500_000  # of one sheet; a text of 200,000 characters and what stands around it
MOST_FIELDS = 400
MOST_WINDOWS = 8  # unsaved texts of one person for one article
LONGEST_NAME = 80
LAST = 2**31 - 1  # a count that no later one of the same window exceeds

Sheet = list[list[str]]  # the form as a browser sends it: names and values in order


class TooLong(VerbRefused):
    """More than one sheet holds."""


class TooMany(VerbRefused):
    """This person has left so many texts of one article unsaved that they should look at them first."""


class UnsavedTextQuerySet(models.QuerySet["UnsavedText"]):
    def of(self, person: "User", article: "Article | None") -> "UnsavedTextQuerySet":
        """What this person has typed for this article; None is an article that does not exist yet."""
        return self.filter(person=person, article=article)

    def waiting(self) -> "UnsavedTextQuerySet":
        """With words in them."""
        return self.exclude(sheet=[])

    def keep(
        self,
        person: "User",
        article: "Article | None",
        sheet: Sheet,
        *,
        window: str,
        count: int,
        instead_of: str = "",
        based_on: int = 0,
        age: timedelta = timedelta(0),
    ) -> "UnsavedText":
        """Put what a window holds in the place of what it held before.

        `count` grows with every text of a window: one that arrives late replaces nothing. Words of another window
        stay beside these, but for the one named by `instead_of`, out of which they were restored. Raises NotAllowed,
        TooLong, TooMany.
        """
        require_change(person, article)
        sheet = bounded(sheet)
        with transaction.atomic():
            take_turns(f"unsaved text {person.pk} {article.pk if article else 'new'}")
            kept = self.of(person, article).filter(window=window).first()
            if kept is None:
                self._require_room(person, article)
                kept = UnsavedText(person=person, article=article, window=window)
            if kept.count >= count:
                return kept
            kept.sheet, kept.count, kept.based_on = sheet, count, based_on
            kept.saved_at = timezone.now() - age
            kept.save()
            self.close(person, article, *{instead_of} - {window})
        return kept

    def close(self, person: "User", article: "Article | None", *windows: str) -> None:
        """What these windows hold has been saved or discarded: forget it, and what of it may still arrive."""
        named = [window for window in windows if window]
        self.of(person, article).filter(window__in=named).update(
            sheet=[], count=LAST, saved_at=timezone.now()
        )

    def _require_room(self, person: "User", article: "Article | None") -> None:
        if self.of(person, article).waiting().count() >= MOST_WINDOWS:
            raise TooMany(
                _(
                    "Too many texts of yours wait here that were never saved. Restore or discard some of them first."
                )
            )

    def forget_old(self) -> None:
        now = timezone.now()
        self.filter(saved_at__lt=now - KEPT).delete()
        self.filter(sheet=[], saved_at__lt=now - EMPTY_KEPT).delete()


class UnsavedText(models.Model):
    """One row is what one person last typed into one window with an article's form, or a new one's: as typed, unsaved.

    Overwritten in place while they type; empty once it was saved or discarded.
    """

    article = models.ForeignKey("articles.Article", models.CASCADE, null=True, related_name="unsaved_texts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sheet = models.JSONField(default=list)
    window = models.CharField(max_length=40)
    count = models.PositiveIntegerField(default=0)
    based_on = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(gettext_lazy("saved on the server"), db_index=True)

    objects = UnsavedTextQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["article", "person", "window"], name="one_unsaved_text_a_window"),
            models.UniqueConstraint(
                fields=["person", "window"],
                condition=models.Q(article__isnull=True),
                name="one_unsaved_new_text_a_window",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.article_id}, {self.saved_at:%Y-%m-%d %H:%M}"


def require_change(person: "User", article: "Article | None") -> None:
    """Raises NotAllowed for who may not write this article, or start one."""
    if article is None:
        may = person.has_perm("articles.add_article")
    else:
        may = permissions.may(person, "change", article)
    if not may:
        raise NotAllowed(_("You may not change this article now."))


def bounded(sheet: Any) -> Sheet:
    """The sheet without characters no database stores. Raises TooLong."""
    kept = [[printable(name)[:LONGEST_NAME], printable(value)] for name, value in sheet]
    if len(kept) > MOST_FIELDS or sum(len(value) for _name, value in kept) > MOST_CHARACTERS:
        raise TooLong(_("This is too long to be kept on the server. Save it in parts."))
    return kept
