"""The tree that stories are filed in: World › Americas."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles import paths, redirects
from articles.models import denormalised
from articles.models.slugs import SlugField
from articles.models.top_level import TopLevelPath
from newsroom.foundations import pagecache
from newsroom.foundations.db.contention import take_turns

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

LONGEST_PATH = 400  # letters; as articles.converters reads them
SHOWN = ("name", "path", "description", "order", "parent_id")  # to readers, somewhere


def steps_to(path: str) -> list[str]:
    """“world” and “world/americas” on the way to “world/americas”."""
    names = path.split("/")
    return ["/".join(names[: depth + 1]) for depth in range(len(names))]


class SectionQuerySet(models.QuerySet["Section"]):
    def subtree(self, section: "Section") -> "SectionQuerySet":
        """The section and everything below it, at any depth."""
        return self.filter(models.Q(pk=section.pk) | models.Q(path__startswith=f"{section.path}/"))

    def on_the_way_to(self, path: str) -> "SectionQuerySet":
        """The sections from the top down to the one at this path."""
        return self.filter(path__in=steps_to(path)).order_by(Length("path"))

    def trail_names(self) -> dict[int, str]:
        """“World › Americas” for every section by its key, in the order of their paths. One query for them all."""
        trails: dict[str, str] = {}
        names = {}
        for pk, path, name in self.model.objects.order_by("path").values_list("pk", "path", "name"):
            above = trails.get(path.rpartition("/")[0])
            names[pk] = trails[path] = f"{above} › {name}" if above else name
        return names


class Section(models.Model):
    """One row is one department of the paper, at one place in the tree. `path` is derived: parents' slugs and its own."""

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("inside"),
        help_text=_("The section this one belongs to. Leave empty for a main section."),
    )
    name = models.CharField(_("name"), max_length=80, help_text=_("As readers see it: “Americas”."))
    slug = SlugField(
        _("slug"),
        max_length=80,
        help_text=_("Its word in web addresses: “americas”. Old addresses keep working when you change it."),
    )
    description = models.TextField(
        _("description"),
        blank=True,
        help_text=_("One or two sentences under the section's name, and for search engines."),
    )
    order = models.PositiveIntegerField(_("order"), default=100, help_text=_("Small numbers come first."))
    path = models.CharField(max_length=LONGEST_PATH, unique=True, editable=False)

    objects = SectionQuerySet.as_manager()

    if TYPE_CHECKING:
        children: RelatedManager["Section"]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("pk")), name="section_not_its_own_parent"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return paths.path_to("section", self.path)

    def urls(self) -> list[str]:
        """Every URL that goes with it: its page and its feeds."""
        return [reverse(name, args=[self.path]) for name in ("section", "section_feed", "section_feed_atom")]

    def trail(self) -> list["Section"]:
        """From the main section down to this one, itself last. One query."""
        return list(Section.objects.on_the_way_to(self.path))

    def subtree(self) -> SectionQuerySet:
        return Section.objects.subtree(self)

    def clean(self) -> None:
        self._require_place()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Derives `path`; when it changes, everything below moves along and every old URL is remembered.

        Raises ValidationError rather than write a circle, or a path that another has, whoever calls.
        """
        with transaction.atomic():
            # A path is made of those above it, which others may be moving: so the tree has one writer at a time, and
            # two who move sections into one another do not wait for each other for ever.
            take_turns("sections")
            self._look_above()
            self._require_place()
            before = Section.objects.filter(pk=self.pk).first() if self.pk else None
            self.path = self._derived_path()
            with denormalised.around_change_of_section(self):
                super().save(*args, **kwargs)
                self._take_top_level()
                self._tell(before)
            if before and before.path != self.path:
                self._follow(before)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            pagecache.purge(f"section:{self.pk}", f"section:{self.parent_id}", "sections", "paper")
            return super().delete(*args, **kwargs)

    def _look_above(self) -> None:
        """The section above as it is now: it may have been moved since it was looked at."""
        if self.parent_id is None:
            return
        self.parent = Section.objects.filter(pk=self.parent_id).first()
        if self.parent is None:
            raise ValidationError({"parent": gettext("This section has been deleted. Choose another.")})

    def _require_place(self) -> None:
        """Raise ValidationError if the section cannot be where it is to be."""
        if self._would_be_inside_itself():
            raise ValidationError(
                {"parent": gettext("A section cannot be inside itself or one of its own sub-sections.")}
            )
        path = self._derived_path()
        if self.parent is None:
            TopLevelPath.require_free(self.slug, section=self)
        else:
            paths.refuse_reserved(self.slug, at_top=False)
        if Section.objects.exclude(pk=self.pk).filter(path=path).exists():
            raise ValidationError({"slug": gettext("There is already a section at “/%s/”.") % path})
        if (longer := len(path) + self._deepest_below() - LONGEST_PATH) > 0:
            words = ngettext(
                "With this slug the path of the section, or of one below it, is %d letter too long.",
                "With this slug the path of the section, or of one below it, is %d letters too long.",
                longer,
            )
            raise ValidationError({"slug": words % longer})

    def _deepest_below(self) -> int:
        """How many letters the longest path below adds to its own."""
        before = Section.objects.filter(pk=self.pk).first() if self.pk else None
        if before is None:
            return 0
        longest = before.subtree().aggregate(longest=models.Max(Length("path")))["longest"]
        return int(longest or 0) - len(before.path)

    def _take_top_level(self) -> None:
        if self.parent is None:
            TopLevelPath.take(self.slug, section=self)
        else:
            TopLevelPath.leave(section=self)

    def _derived_path(self) -> str:
        return f"{self.parent.path}/{self.slug}" if self.parent else self.slug

    def _would_be_inside_itself(self) -> bool:
        if not (self.pk and self.parent):
            return False
        mine = Section.objects.filter(pk=self.pk).values_list("path", flat=True).first()
        return self.parent_id == self.pk or (
            mine is not None and f"{self.parent.path}/".startswith(f"{mine}/")
        )

    def _tell(self, before: "Section | None") -> None:
        """What shows it, or shows stories filed below it under another section's name, is made anew."""
        if before and all(getattr(self, name) == getattr(before, name) for name in SHOWN):
            return
        keys = [f"section:{self.pk}", "sections", pagecache.path_key(self.path)]
        if self._is_in_menu() or (before and before._is_in_menu()):
            keys.append("paper")
        if before is None or before.parent_id != self.parent_id:
            above = [path for one in filter(None, (before, self)) for path in steps_to(one.path)]
            for pk in Section.objects.filter(path__in=above).values_list("pk", flat=True):
                keys += [f"section:{pk}", f"newest:section:{pk}", f"older:section:{pk}"]
        if before is None or before.parent_id != self.parent_id or before.order != self.order:
            keys.append("front:home")
        pagecache.purge(*keys)

    def _is_in_menu(self) -> bool:
        """The menu shows the main sections and what is directly inside them."""
        return self.path.count("/") < 2

    def _follow(self, before: "Section") -> None:
        for old, new in zip(before.urls(), self.urls(), strict=True):
            redirects.remember(old, new)
        for child in Section.objects.filter(parent=self.pk):
            child.parent = self
            child.save()
