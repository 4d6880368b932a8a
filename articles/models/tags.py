"""What a story is about, besides where it is filed. Tags differ by more than case, blanks, accents' encoding or signs
that nobody sees."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from articles import permissions, redirects
from articles.models import denormalised
from articles.models.order import Order, listed_at
from articles.models.slugs import SlugField
from articles.paths import path_to, slug_from
from newsroom.foundations import pagecache
from newsroom.foundations.db.contention import take_turns
from newsroom.foundations.text import folded, shown, whole

TAGGINGS = Order("live_at", "content_object")
LONGEST_NAME = 100


def tidy(name: str) -> str:
    """The name as it will be shown: NFC, blanks collapsed, nothing invisible, at most 100 letters."""
    return whole(shown(name), LONGEST_NAME).strip()


def fold(name: str) -> str:
    """What makes two names the same tag: “Zürich” and “ZÜRICH” are."""
    return folded(tidy(name))


class FormerTagName(models.Model):
    """One row: a tag once bore this (folded) name, or was merged from one that did. Whoever writes it means that tag.

    Revisions keep tags by name, so without it a renamed or merged tag would come back with the next story saved.
    """

    key = models.CharField(max_length=200, unique=True)
    tag = models.ForeignKey("articles.Tag", models.CASCADE, related_name="former_names")

    def __str__(self) -> str:
        return self.key


class TagQuerySet(models.QuerySet["Tag"]):
    def meant_by(self, *names: str) -> list["Tag"]:
        """The tags these names mean now, each once, in the order given; unsaved where there is none. Two queries."""
        wanted = {fold(name): tidy(name) for name in reversed(names) if tidy(name)}
        order = list(dict.fromkeys(fold(name) for name in names if tidy(name)))
        known = {tag.key: tag for tag in self.filter(key__in=order)}
        former = FormerTagName.objects.filter(key__in=[key for key in order if key not in known])
        known |= {name.key: name.tag for name in former.select_related("tag")}
        tags = [
            known.get(key) or Tag(name=wanted[key], key=key, slug=slug_from(key, fallback="tag"))
            for key in order
        ]
        return list({tag.key: tag for tag in tags}.values())

    def named(self, *names: str) -> list["Tag"]:
        """The tags of these names in the order given, made where missing. As many queries for forty as for one."""
        meant = self.meant_by(*names)
        if all(tag.pk for tag in meant):
            return meant
        with transaction.atomic():
            # Or two stories saved at the same moment find the same slug free for two names, or wait for each other's
            # new tags for ever.
            take_turns("tags")
            meant = self.meant_by(*names)
            self.bulk_create(self.unsaved(tag.name for tag in meant if not tag.pk))
            tags = {tag.key: tag for tag in self.filter(key__in=[tag.key for tag in meant])}
        return [tags[tag.key] for tag in meant]

    def known_to(self, user: Any) -> "TagQuerySet":
        """Those this person may hear of at the desk: of stories readers see or that are their own, and those of no
        story. A tag of a hidden story alone would tell what it is about."""
        if user.has_perm(permissions.ANYONES):
            return self.all()
        taggings = TaggedArticle.objects.filter(tag=models.OuterRef("pk"))
        return self.filter(models.Exists(taggings.seen_by(user)) | ~models.Exists(taggings))

    def get_by_natural_key(self, name: str) -> "Tag":
        """As `dumpdata --natural-foreign` names a tag, when a newsroom moves to another database."""
        return self.get(name=name)

    def refreshing(self, *tags: "Tag") -> AbstractContextManager[None]:
        """Around a change of these tags: their stories tell of them."""
        return denormalised.around_change_of_tags(*tags)

    def delete(self) -> tuple[int, dict[str, int]]:
        with self.refreshing(*self):
            pagecache.purge(*(f"tag:{tag.pk}" for tag in self))
            return super().delete()

    def unsaved(self, names: Iterable[str]) -> list["Tag"]:
        """New tags of these names, each with a slug that is free."""
        tags = [Tag(name=name, key=fold(name)) for name in names]
        slugs = {tag.slugify(str(tag)) for tag in tags}
        taken = set(self.filter(slug__in=slugs).values_list("slug", flat=True))
        for tag in tags:
            tag.slug = tag.free_slug(taken)
            taken.add(tag.slug)
        return tags


class Tag(TagBase):
    """One row is one topic. `key` is its folded name, so that no topic exists twice in different dress."""

    slug = SlugField(_("slug"), max_length=100, unique=True)
    key = models.CharField(max_length=200, unique=True, editable=False)

    if TYPE_CHECKING:
        name: str

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def get_absolute_url(self) -> str:
        return path_to("tag", self.slug)

    def urls(self) -> list[str]:
        """Every URL that goes with it: its page and its feeds."""
        return [reverse(name, args=[self.slug]) for name in ("tag", "tag_feed", "tag_feed_atom")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Derives `key`. A rename keeps the slug, and the former name goes on meaning this tag."""
        self.name, self.key = tidy(self.name), fold(self.name)
        with transaction.atomic():
            if not self.slug:
                take_turns("tags")
                self.slug = Tag.objects.unsaved([self.name])[0].slug
            before = Tag.objects.filter(pk=self.pk).first() if self.pk else None
            is_told = before and (before.name, before.slug) != (self.name, self.slug)
            with Tag.objects.refreshing(*([self] if is_told else [])):
                super().save(*args, **kwargs)
            if before is None or is_told:
                pagecache.purge(f"tag:{self.pk}", pagecache.path_key(f"topics/{self.slug}"))
            FormerTagName.objects.filter(key=self.key).delete()
            if before and before.key != self.key:
                FormerTagName.objects.update_or_create(key=before.key, defaults={"tag": self})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with Tag.objects.refreshing(self):
            pagecache.purge(f"tag:{self.pk}")
            gone: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        return gone

    def absorb(self, *others: "Tag") -> int:
        """Make this tag stand for the others too: their stories are its own, their names mean it, their URLs
        lead here. The number of stories that changed."""
        others = tuple(other for other in others if other != self)
        with Tag.objects.refreshing(*others):
            theirs = TaggedArticle.objects.filter(tag__in=others)
            mine = set(self.tagged_articles.values_list("content_object", flat=True))
            places = dict(theirs.values_list("content_object", "live_at"))
            gained = sorted(places.keys() - mine)
            theirs.delete()
            TaggedArticle.objects.bulk_create(
                TaggedArticle(tag=self, content_object_id=pk, live_at=places[pk]) for pk in gained
            )
            pagecache.purge(f"tag:{self.pk}", f"newest:tag:{self.pk}", f"older:tag:{self.pk}")
            for other in others:
                self._succeed(other)
        return len(gained)

    def _succeed(self, other: "Tag") -> None:
        for old, new in zip(other.urls(), self.urls(), strict=True):
            redirects.remember(old, new)
        pagecache.purge(f"tag:{other.pk}")
        other.former_names.update(tag=self)
        other.delete()
        FormerTagName.objects.update_or_create(key=other.key, defaults={"tag": self})

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


class TaggedArticleQuerySet(models.QuerySet["TaggedArticle"]):
    def seen_by(self, user: Any) -> "TaggedArticleQuerySet":
        """Those of stories that readers see, or that this person sees at the desk."""
        seen = denormalised.articles().visible_to(user).values("pk")
        return self.filter(models.Q(live_at__lte=timezone.now()) | models.Q(content_object__in=seen))


class TaggedArticle(ItemBase):
    """One row: this article is about this tag."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_articles")
    content_object = models.ForeignKey("articles.Article", models.CASCADE, related_name="tagged")
    live_at = listed_at()

    objects = TaggedArticleQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="article_tagged_once")]
        indexes = [
            models.Index(fields=["tag", "content_object"]),
            models.Index(
                fields=["tag", *TAGGINGS.newest_first()],
                name="live_about_tag",
                condition=models.Q(live_at__isnull=False),
            ),
        ]
