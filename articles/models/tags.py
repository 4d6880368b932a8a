"""What a story is about, besides where it is filed. Tags differ by more than case, blanks or accents' encoding."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from articles.addresses import slug_from


def tidy(name: str) -> str:
    """The name as it will be shown: NFC, blanks collapsed, at most 100 letters."""
    return " ".join(unicodedata.normalize("NFC", name).split())[:100].strip()


def fold(name: str) -> str:
    """What makes two names the same tag: “Zürich” and “ZÜRICH” are."""
    return unicodedata.normalize("NFC", tidy(name).casefold())


class TagQuerySet(models.QuerySet["Tag"]):
    def named(self, *names: str) -> list["Tag"]:
        """The tags of these names in the order given, made where missing. Three queries, however many names."""
        wanted = {fold(name): tidy(name) for name in reversed(names) if tidy(name)}
        order = list(dict.fromkeys(fold(name) for name in names if tidy(name)))
        found = {tag.key for tag in self.filter(key__in=wanted)}
        self.bulk_create(self._new(wanted[key] for key in order if key not in found), ignore_conflicts=True)
        tags = {tag.key: tag for tag in self.filter(key__in=wanted)}
        return [tags[key] for key in order if key in tags]

    def _new(self, names: Iterable[str]) -> list["Tag"]:
        tags = [Tag(name=name, key=fold(name)) for name in names]
        slugs = {tag.slugify(str(tag)) for tag in tags}
        taken = set(self.filter(slug__in=slugs).values_list("slug", flat=True))
        for tag in tags:
            tag.slug = tag.free_slug(taken)
            taken.add(tag.slug)
        return tags


class Tag(TagBase):
    """One row is one topic. `key` is its folded name, so that no topic exists twice in different dress."""

    key = models.CharField(max_length=200, unique=True, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name, self.key = tidy(self.name), fold(self.name)
        super().save(*args, **kwargs)

    def slugify(self, tag: str, i: int | None = None) -> str:
        """taggit's hook. Never empty: “+++” becomes “tag-” and letters that stand for its name."""
        spelled = "-".join(f"{ord(letter):x}" for letter in tidy(tag)[:8])
        slug = slug_from(tag, fallback=f"tag-{spelled}")
        return f"{slug}-{i}" if i else slug

    def free_slug(self, taken: set[str]) -> str:
        """The first of slug, slug-2, slug-3 … that no other tag has; `taken` are those in view."""
        slug, number = self.slugify(self.name), 2
        while slug in taken or (number > 2 and Tag.objects.filter(slug=slug).exists()):
            slug, number = self.slugify(self.name, number), number + 1
        return slug


class TaggedArticle(ItemBase):
    """One row: this article is about this tag."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_articles")
    content_object = models.ForeignKey("articles.Article", models.CASCADE, related_name="tagged")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="article_tagged_once")]
        indexes = [models.Index(fields=["tag", "content_object"])]
