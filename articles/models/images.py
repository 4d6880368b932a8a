"""Pictures: the original as it came, kept private, and the renditions readers are served."""

import secrets
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import storages
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import renditions
from articles.renditions import Rendered
from newsroom.foundations.markup import Picture

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

BODY_SIZES = "(width >= 46rem) 38rem, 100vw"  # how wide a picture stands in a story's text


def originals() -> Any:
    return storages["originals"]


def token() -> str:
    """An unguessable file name, so that an upload's own name never reaches the disk or a reader."""
    return secrets.token_urlsafe(12)


class ImageQuerySet(models.QuerySet["Image"]):
    def with_renditions(self) -> "ImageQuerySet":
        return self.prefetch_related("renditions")

    def figures(self, ids: set[int]) -> dict[int, Picture]:
        """What the body's renderer needs to place these pictures in the text. Two queries."""
        return {image.pk: image.figure() for image in self.with_renditions().filter(pk__in=ids)}


class Image(models.Model):
    """One row is one picture as it was uploaded. Its renditions are made at that moment and never in a request."""

    title = models.CharField(
        _("title"), max_length=160, help_text=_("For finding it again in the newsroom; readers never see it.")
    )
    alt = models.CharField(
        _("alternative text"),
        max_length=250,
        blank=True,
        help_text=_(
            "What the picture shows, for people who cannot see it. Not the caption, not the file name."
        ),
    )
    decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("The picture says nothing the text does not: screen readers skip it."),
    )
    caption = models.CharField(_("caption"), max_length=400, blank=True)
    credit = models.CharField(
        _("credit"), max_length=160, blank=True, help_text=_("Whom to thank: “Photograph: Ana Beltrán”.")
    )
    original = models.FileField(_("file"), storage=originals, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = ImageQuerySet.as_manager()

    if TYPE_CHECKING:
        renditions: RelatedManager["Rendition"]

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decorative=True) | ~models.Q(alt=""),
                name="picture_has_alt_or_is_decorative",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def add(cls, file: "File[Any] | bytes", **fields: Any) -> "Image":
        """Check, keep and render an upload.

        Raises renditions.PictureRefused when the file is not a picture we take, and ValidationError when it has
        neither an alternative text nor the mark that it needs none.
        """
        image = cls(**fields)
        image._require_alt()
        image.take(file)
        return image

    def take(self, file: "File[Any] | bytes") -> None:
        """Make `file` this picture's original and render it anew; earlier files go once the database agrees.

        Raises renditions.PictureRefused.
        """
        content = file if isinstance(file, bytes) else renditions.read(file)
        self.keep(content, renditions.make(content))

    def keep(self, content: bytes, made: Rendered) -> None:
        """Make this file, accepted and rendered already, the picture's original."""
        outdated = [*self._files()] if self.pk else []
        self.width, self.height = made.width, made.height
        name = token()
        with transaction.atomic():
            self.original.save(f"{name}.{made.suffix}", ContentFile(content), save=False)
            self.save()
            self.renditions.all().delete()
            Rendition.objects.bulk_create(Rendition.kept(self, name, one) for one in made.renditions)
            transaction.on_commit(lambda: [storage.delete(path) for storage, path in outdated] and None)
        self.__dict__.pop("_prefetched_objects_cache", None)

    def clean(self) -> None:
        self._require_alt()

    def widest(self, format: str = "jpeg") -> "Rendition":
        return max((r for r in self.renditions.all() if r.format == format), key=lambda r: r.width)

    def fallback(self) -> "Rendition":
        """What a browser without srcset loads: the JPEG nearest above 640 pixels."""
        jpegs = sorted((r for r in self.renditions.all() if r.format == "jpeg"), key=lambda r: r.width)
        return next((r for r in jpegs if r.width >= 640), jpegs[-1])

    def srcset(self, format: str = "webp") -> str:
        ordered = sorted((r for r in self.renditions.all() if r.format == format), key=lambda r: r.width)
        return ", ".join(f"{rendition.url} {rendition.width}w" for rendition in ordered)

    def figure(self) -> Picture:
        return Picture(
            src=self.fallback().url,
            srcset=self.srcset("webp"),
            sizes=BODY_SIZES,
            width=self.width,
            height=self.height,
            alt="" if self.decorative else self.alt,
            caption=self.caption,
            credit=self.credit,
        )

    def _files(self) -> list[tuple[Any, str | None]]:
        own = [(self.original.storage, self.original.name)] if self.original else []
        return own + [(rendition.file.storage, rendition.file.name) for rendition in self.renditions.all()]

    def _require_alt(self) -> None:
        if not self.decorative and not self.alt.strip():
            raise ValidationError(
                {
                    "alt": gettext(
                        "Describe the picture for people who cannot see it, or mark it as decorative."
                    )
                }
            )


class Rendition(models.Model):
    """One row is one size of a picture in one format, without the camera's metadata."""

    image = models.ForeignKey(Image, models.CASCADE, related_name="renditions")
    format = models.CharField(max_length=4, choices=[("webp", "WebP"), ("jpeg", "JPEG")])
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    file = models.FileField(upload_to="pictures", max_length=120)

    class Meta:
        ordering = ["width", "format"]
        constraints = [
            models.UniqueConstraint(fields=["image", "format", "width"], name="one_rendition_per_size")
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.width}×{self.height}"

    @property
    def url(self) -> str:
        return self.file.url

    @classmethod
    def kept(cls, image: Image, name: str, made: "renditions.Made") -> "Rendition":
        """The file written to the public store; the row still to be saved."""
        rendition = cls(image=image, format=made.format, width=made.width, height=made.height)
        rendition.file.save(f"{name}/{made.width}.{made.format}", ContentFile(made.content), save=False)
        return rendition
