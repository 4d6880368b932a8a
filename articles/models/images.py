"""Pictures: the original as it came, kept private, and the renditions readers are served."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage, storages
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import picture_files, renditions
from articles.models import denormalised
from articles.picture_files import Stored
from articles.renditions import Rendered
from newsroom.foundations import markup, pagecache
from newsroom.foundations.markup import Picture

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from articles.models.article import Article
    from articles.models.standing_pages import StandingPage

SHOWN = ("alt", "decorative", "caption", "credit", "made")  # where it stands beside a story
BODY_SIZES = "(width >= 46rem) 38rem, 100vw"  # how wide a picture stands in a story's text


def originals() -> Any:
    return storages["originals"]


def token() -> str:
    """An unguessable file name, so that an upload's own name never reaches the disk or a reader."""
    return secrets.token_urlsafe(12)


class Size(NamedTuple):
    """A rendition as its picture remembers it: enough to show it. `name` is that of the file."""

    format: str
    width: int
    height: int
    name: str

    @property
    def url(self) -> str:
        return default_storage.url(self.name)


class ImageQuerySet(models.QuerySet["Image"]):
    def figures(self, ids: set[int]) -> dict[int, Picture]:
        """What the body's renderer needs to place these pictures in the text. One query."""
        return {image.pk: image.figure() for image in self.filter(pk__in=ids)}

    def delete(self) -> tuple[int, dict[str, int]]:
        """One by one, as the stories that show somebody's portrait must learn of it."""
        with transaction.atomic():
            gone = [image.delete()[0] for image in self]
        return sum(gone), {}


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
    # What the renditions' rows say, so that showing a picture asks for none of them.
    made = models.JSONField(default=list, editable=False)

    objects = ImageQuerySet.as_manager()

    if TYPE_CHECKING:
        figures: RelatedManager["Figure"]
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
        outdated = self._files() if self.pk else []
        self.width, self.height = made.width, made.height
        name = token()
        with picture_files.without_leftovers(), transaction.atomic():
            picture_files.write(self.original, f"{name}.{made.suffix}", content)
            kept = [Rendition.kept(self, name, one) for one in made.renditions]
            self.made = [rendition.size for rendition in kept]
            self.save()
            self.renditions.all().delete()
            Rendition.objects.bulk_create(kept)
            _discard_on_commit(outdated)
        self.__dict__.pop("_prefetched_objects_cache", None)

    def clean(self) -> None:
        self._require_alt()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The texts it stands in, the stories it leads, and those by somebody it is a portrait of show it as it is
        now."""
        with transaction.atomic():
            before = Image.objects.filter(pk=self.pk).first() if self.pk else None
            is_told = before and any(getattr(before, name) != getattr(self, name) for name in SHOWN)
            with self._articles_refreshed() if is_told else nullcontext():
                super().save(*args, **kwargs)
            pagecache.purge(*self._keys())

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Its files go with it, once the database agrees."""
        with self._articles_refreshed():
            pagecache.purge(*self._keys())
            _discard_on_commit(self._files())
            return super().delete(*args, **kwargs)

    def _keys(self) -> list[str]:
        """By which readers' pages that show it say so: as a picture, as somebody's face, or by what it stands in."""
        faces = denormalised.portrayed_by(self).values_list("pk", flat=True)
        texts = self.figures.values_list("article", flat=True)
        return [
            f"picture:{self.pk}",
            *(f"by:{pk}" for pk in faces),
            *(f"article:{pk}" for pk in texts),
            *(f"page:{page.pk}" for page in self.pages()),
        ]

    def pages(self) -> "list[StandingPage]":
        """The standing pages whose text names it. There are few: each is asked."""
        return [
            page for page in denormalised.pages_naming(self) if self.pk in markup.pictures_named(page.body)
        ]

    def sizes(self, format: str = "jpeg") -> list[Size]:
        """Its renditions in this format, the smallest first."""
        made = [Size(*size) for size in self.made]
        return sorted((size for size in made if size.format == format), key=lambda size: size.width)

    def widest(self) -> Size:
        return self.sizes()[-1]

    def fallback(self) -> Size:
        """What a browser without srcset loads: the JPEG nearest above 640 pixels."""
        jpegs = self.sizes()
        return next((size for size in jpegs if size.width >= 640), jpegs[-1])

    def srcset(self) -> str:
        return ", ".join(f"{size.url} {size.width}w" for size in self.sizes("webp"))

    def figure(self) -> Picture:
        return Picture(
            src=self.fallback().url,
            srcset=self.srcset(),
            sizes=BODY_SIZES,
            width=self.width,
            height=self.height,
            alt="" if self.decorative else self.alt,
            caption=self.caption,
            credit=self.credit,
        )

    @contextmanager
    def _articles_refreshed(self) -> Iterator[None]:
        """Around its change: whatever shows it is refreshed by the outbox, and is right meanwhile."""
        with denormalised.around_change_of_image(self):
            denormalised.pages().filter(pk__in=[page.pk for page in self.pages()]).refresh_soon()
            yield

    def _files(self) -> list[Stored]:
        files = [self.original, *(rendition.file for rendition in self.renditions.all())]
        return [Stored(file.storage, str(file.name)) for file in files if file]

    def _require_alt(self) -> None:
        if not self.decorative and not self.alt.strip():
            raise ValidationError(
                {
                    "alt": gettext(
                        "Describe the picture for people who cannot see it, or mark it as decorative."
                    )
                }
            )


def _discard_on_commit(files: list[Stored]) -> None:
    transaction.on_commit(partial(picture_files.discard, files), robust=True)


class Figure(models.Model):
    """One row says that a story's text names a picture, and so shows it: as it is, and as long as the story is here."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="figures")
    image = models.ForeignKey(Image, models.PROTECT, related_name="figures", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["image", "article"], name="one_figure_per_text")]

    def __str__(self) -> str:
        return f"{self.image_id} in {self.article_id}"

    @classmethod
    def file(cls, article: "Article") -> None:
        """Take down which pictures the text of this row names."""
        cls.objects.filter(article=article).delete()
        if named := markup.pictures_named(article.body):
            there = Image.objects.filter(pk__in=named).values_list("pk", flat=True)
            cls.objects.bulk_create(cls(article=article, image_id=pk) for pk in there)


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
    def size(self) -> Size:
        return Size(self.format, self.width, self.height, str(self.file.name))

    @classmethod
    def kept(cls, image: Image, name: str, made: "renditions.Made") -> "Rendition":
        """The file written to the public store; the row still to be saved."""
        rendition = cls(image=image, format=made.format, width=made.width, height=made.height)
        picture_files.write(rendition.file, f"{name}/{made.width}.{made.format}", made.content)
        return rendition
