"""Standing pages: about, contact, standards, privacy."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from articles import paths, redirects
from articles.models.images import Image
from articles.models.refreshing import refresh_pages
from articles.models.slugs import SlugField
from articles.models.top_level import TopLevelPath
from newsroom.foundations import markup, pagecache
from newsroom.foundations.text import opening

OPENING = 200  # letters
IN_FOOTERS = ("title", "slug", "order", "in_footer")


class StandingPageQuerySet(models.QuerySet["StandingPage"]):
    def refresh_soon(self) -> None:
        """A picture in their text changes: jobs of the outbox render them anew."""
        if keys := list(self.values_list("pk", flat=True)):
            self.model._default_manager.filter(pk__in=keys).update(rendered_version=markup.OUTDATED)
            refresh_pages.enqueue(keys)


class StandingPage(models.Model):
    """One row is one standing page at the top level of the site. `body_html` is derived when saved."""

    title = models.CharField(_("title"), max_length=160)
    slug = SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("“standards” makes /standards/"),
    )
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown."))
    body_html = models.TextField(editable=False, blank=True)
    opening = models.CharField(
        max_length=OPENING, editable=False, blank=True
    )  # the first sentences of the text
    rendered_version = models.PositiveSmallIntegerField(default=0, editable=False)
    in_footer = models.BooleanField(_("linked in the footer"), default=True)
    order = models.PositiveIntegerField(_("order"), default=100, help_text=_("Small numbers come first."))
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = StandingPageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return paths.path_to("section", self.slug)

    def rendered(self) -> markup.Rendered:
        """The text as readers see it. Raises MarkupRefused when it breaks a limit."""
        return markup.article_html(self.body, pictures=Image.objects.figures)

    def render_if_outdated(self) -> None:
        """Render the text for this moment, if the row keeps it as an earlier version of ours rendered it."""
        if self.rendered_version != markup.VERSION:
            with suppress(markup.MarkupRefused):  # a limit lowered since
                self._render()

    def rebuild(self) -> None:
        """Render the text anew. Raises MarkupRefused."""
        self._render()
        self.keep_rendered()

    def keep_rendered(self) -> None:
        super().save(update_fields=["body_html", "opening", "rendered_version"])

    def take_down(self, rendered: markup.Rendered) -> None:
        """Have the row show this, which is to be saved."""
        self.body_html, self.opening = rendered.html, opening(rendered.text, OPENING)
        self.rendered_version = markup.VERSION

    def _render(self) -> None:
        self.take_down(self.rendered())

    def clean(self) -> None:
        TopLevelPath.require_free(self.slug, page=self)
        try:
            self.rendered()
        except markup.MarkupRefused as refusal:
            raise ValidationError({"body": str(refusal)}) from None

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises MarkupRefused when the text breaks a limit, ValidationError when its slug is taken."""
        self._render()
        before = StandingPage.objects.filter(pk=self.pk).first()
        super().save(*args, **kwargs)
        TopLevelPath.take(self.slug, page=self)
        self._tell(before)
        if before and before.slug != self.slug:
            redirects.remember(before.get_absolute_url(), self.get_absolute_url())

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        pagecache.purge(f"page:{self.pk}", "paper")
        return super().delete(*args, **kwargs)

    def _tell(self, before: "StandingPage | None") -> None:
        """Its own page is made anew; all the others only if their footers say something else now."""
        pagecache.purge(f"page:{self.pk}", pagecache.path_key(self.slug))
        if before is None or any(getattr(self, name) != getattr(before, name) for name in IN_FOOTERS):
            pagecache.purge("paper")
