"""Chapter: corrections. What the paper says in public about its own mistakes, and what follows from having said it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import denormalised
from articles.models.errors import NotReady
from articles.models.notes import DONE, LONGEST, CorrectionKind, Kind, Note, ShownCorrection
from articles.paths import changes_path
from newsroom.foundations import markup
from newsroom.foundations.db.append_only import AppendOnly, AppendOnlyQuerySet

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.revisions import Revision
    from newsroom.models import User


class CorrectionQuerySet(AppendOnlyQuerySet):
    def standing(self) -> "CorrectionQuerySet":
        """Not taken back: what readers may see, if they may see the article."""
        return self.filter(taken_back=None)

    def public(self) -> "CorrectionQuerySet":
        """What readers may see at this moment, and the only way any page or feed asks for it. The article of each is
        looked up by its key: a database asked for the set of all live articles would first gather the archive."""
        live = denormalised.articles().published().filter(pk=models.OuterRef("article"))
        return self.standing().filter(models.Exists(live))

    def newest_first(self) -> "CorrectionQuerySet":
        return self.order_by("-at", "-pk")


class Correction(AppendOnly):
    """One row is one dated note to readers about one article. Append-only: a mistaken one is taken back by another row.

    `revision` is the version readers saw with it. The event of the same act has the note as its reason.
    """

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="corrections")
    revision = models.ForeignKey("articles.Revision", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(gettext_lazy("kind"), max_length=13, choices=CorrectionKind)
    text = models.TextField(gettext_lazy("note to readers"), max_length=LONGEST)
    html = models.TextField(editable=False)
    rendered_version = models.PositiveSmallIntegerField(editable=False)  # markup.VERSION then
    about = models.CharField(gettext_lazy("what it corrects"), max_length=300, blank=True)
    credit = models.CharField(gettext_lazy("credit"), max_length=120, blank=True)
    prompted_by = models.CharField(max_length=60, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=gettext_lazy("who"),
    )
    at = models.DateTimeField(gettext_lazy("when"), default=timezone.now)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("correction")
        verbose_name_plural = gettext_lazy("corrections")
        default_permissions = ()
        indexes = [models.Index(fields=["-at", "-id"], name="corrections_newest_first")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d}"

    def shown(self) -> ShownCorrection:
        return ShownCorrection(
            self.pk,
            self.kind,
            self.text,
            self.html,
            self.rendered_version,
            self.about,
            self.credit,
            self.at.isoformat(),
        )


class CorrectionTakenBack(AppendOnly):
    """One row: this correction was itself a mistake, and readers see it no longer. Append-only."""

    correction = models.OneToOneField(Correction, models.PROTECT, related_name="taken_back")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.correction}: {self.reason}"


class Corrected:
    """Chapter: the corrections of an article, and whether readers may compare what it said before. Its columns stand in
    scheduling.py. Not an abstract model, for mypy gives up resolving one more of these."""

    # Questions

    @property
    def notes(self: "Article") -> list[ShownCorrection]:
        """The standing corrections, oldest first."""
        return [ShownCorrection(*kept) for kept in self.stored_corrections]

    @property
    def notes_on_top(self: "Article") -> list[ShownCorrection]:
        return [note for note in self.notes if note.is_on_top]

    @property
    def notes_at_foot(self: "Article") -> list[ShownCorrection]:
        return [note for note in self.notes if not note.is_on_top]

    @property
    def updated_label(self: "Article") -> str:
        """“Corrected”, if that is what the last change was; else “Updated”."""
        latest = self.notes[-1] if self.stored_corrections else None
        if latest and latest.kind in DONE and latest.moment == self.updated_at:
            return str(DONE[Kind(latest.kind)])
        return _("Updated")

    @property
    def title_for_machines(self: "Article") -> str:
        """What browsers, search engines and those who share it call the page."""
        words = self.seo_title or self.headline
        return _("Retracted: %s") % words if self.is_retracted else words

    @property
    def shows_changes(self: "Article") -> bool:
        """May readers compare what it said before, if the paper lets them?"""
        return self.has_changes and not self.changes_hidden

    @property
    def changes_path(self: "Article") -> str:
        """Where they do."""
        return changes_path(self.section.path, self.published_on, self.slug)

    # Verbs

    def correct(self: "Article", *, by: "User | None", expected: "Revision | int", note: Note) -> None:
        """Say in public what was wrong, without another text. Readers of a withdrawn article see it when it is back."""
        with self._moving("correct", by=by, expected=expected, reason=str(note)):
            self._file_note(note, by=by)

    def take_back(
        self: "Article", *, by: "User | None", expected: "Revision | int", correction: int, reason: str
    ) -> None:
        """Take away a correction that was itself a mistake. The record stays, with the reason."""
        if not reason.strip():
            raise NotReady(_("Say why the note is taken back."))
        with self._moving("take_back", by=by, expected=expected, reason=reason):
            mistaken = self.corrections.standing().filter(pk=correction).first()
            if mistaken is None:
                raise NotReady(_("Choose the note that was a mistake."))
            CorrectionTakenBack(correction=mistaken, by=by, reason=reason.strip()).save()
            self.updated_at = timezone.now()
            self._store_corrections()

    def hide_changes(self: "Article", *, by: "User | None", expected: "Revision | int", reason: str) -> None:
        """Keep from readers what the article said before."""
        if not reason.strip():
            raise NotReady(_("Say why readers should not see what changed."))
        with self._moving("hide_changes", by=by, expected=expected, reason=reason):
            self.changes_hidden = True

    def show_changes(
        self: "Article", *, by: "User | None", expected: "Revision | int", reason: str = ""
    ) -> None:
        """Let readers see again what the article said before."""
        with self._moving("show_changes", by=by, expected=expected, reason=reason):
            self.changes_hidden = False

    # How

    def _file_note(self: "Article", note: Note, *, by: "User | None") -> None:
        """Write the record and have the row show it; inside a verb, which saves the row."""
        note, now = note.checked(), timezone.now()
        try:
            html = markup.comment_html(note.text).html
        except markup.MarkupRefused as refusal:
            raise NotReady(str(refusal)) from None
        Correction(
            article_id=self.pk,
            revision=self.adopted,
            by=by,
            at=now,
            html=html,
            rendered_version=markup.VERSION,
            **vars(note),
        ).save()
        self.updated_at = now
        self._store_corrections()

    def _store_corrections(self: "Article") -> None:
        standing: Any = Correction.objects.filter(article=self.pk).standing().order_by("at", "pk")
        shown = [correction.shown() for correction in standing]
        self.stored_corrections = [list(each) for each in shown]
        self.is_retracted = any(each.kind == Kind.RETRACTION for each in shown)

    def _require_correctable(self: "Article", at: datetime | None, *, minor: bool) -> None:
        """What a publication that brings a note must be."""
        if not self.is_live:
            raise NotReady(_("Only what readers have seen can be corrected. Publish it without a note."))
        if at and at > timezone.now():
            raise NotReady(_("A note to readers goes out at once. Publish now, or publish later without it."))
        if minor:
            raise NotReady(
                _("A change that readers are told of is not a minor one. Take one of the two away.")
            )
