"""Chapter: the text as readers see it. Rendered when a revision is adopted, and anew when what it shows has changed."""

from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models.errors import NotReady
from articles.models.facts import STORED_FACTS
from articles.models.images import Image
from newsroom.foundations import markup
from newsroom.foundations.text import opening

if TYPE_CHECKING:
    from articles.models.article import Article
    from articles.models.revisions import Revision

RENDERED = "body_html body_text opening word_count rendered_version".split()
OPENING = 200  # letters, which is what search engines show


class RenderedText(models.Model):
    """Chapter: `body_html` and what else is derived from the body."""

    body_html = models.TextField(editable=False, blank=True)
    body_text = models.TextField(editable=False, blank=True)
    opening = models.CharField(max_length=OPENING, editable=False, blank=True)  # the first sentences of it
    rendered_version = models.PositiveSmallIntegerField(default=0, editable=False)  # markup.VERSION then
    word_count = models.PositiveIntegerField(gettext_lazy("words"), default=0, editable=False)

    class Meta:
        abstract = True

    def rendered(self: "Article") -> markup.Rendered:
        """The text as readers see it. Raises MarkupRefused when it breaks a limit."""
        return markup.article_html(self.body, pictures=Image.objects.figures)

    def _render(self: "Article") -> None:
        try:
            rendered = self.rendered()
        except markup.MarkupRefused as refusal:
            raise NotReady(str(refusal)) from None
        self.take_down(rendered)

    def _require_pictures(self: "Article", revision: "Revision") -> None:
        """Whoever publishes hears of a picture that is not there. The clock asks nobody: it leaves the picture out."""
        require_pictures_of(revision.content.get("body") or "")

    def take_down(self: "Article", rendered: markup.Rendered | None) -> None:
        """Have the row show this, which is to be saved; nothing if the text could not be rendered."""
        if rendered:
            self.body_html, self.body_text, self.word_count = (
                rendered.html,
                rendered.text,
                rendered.word_count,
            )
            self.opening = opening(rendered.text, OPENING)
            self.rendered_version = markup.VERSION

    def render_if_outdated(self: "Article") -> None:
        """Render the text for this moment, if the row keeps it as an earlier version of ours rendered it."""
        if self.rendered_version != markup.VERSION:
            with suppress(NotReady):  # a limit lowered since
                self._render()

    def rebuild(self: "Article") -> None:
        """Render and store anew what the row keeps of its own words. Raises NotReady."""
        self._render()
        self.store_facts(self.credits(), self.tag_list())
        self.save(update_fields=[*RENDERED, *STORED_FACTS])

    def refresh_row(self: "Article", rendered: markup.Rendered | None) -> None:
        """Store anew what the row keeps of its relations, and have it show this text, if there is one."""
        self.take_down(rendered)
        self.store_facts(self.credits(), self.tag_list())
        self.save(update_fields=[*RENDERED, *STORED_FACTS] if rendered else STORED_FACTS)


def require_pictures_of(text: str) -> None:
    """Raises NotReady when the text names a picture that is not there. One query at most."""
    named = markup.pictures_named(text)
    there = set(Image.objects.filter(pk__in=named).values_list("pk", flat=True)) if named else named
    require_all(named, there)


def require_all(named: set[int], there: set[int]) -> None:
    """Raises NotReady if a text names pictures that are not there."""
    if missing := sorted(named - there):
        raise NotReady(
            _("There is no picture %(numbers)s. Choose another in the text, or take it out.")
            % {"numbers": ", ".join(f"image:{number}" for number in missing)}
        )
