"""Standing pages: about, contact, standards, privacy. The row is what readers see; a version is what an editor wrote."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from articles import paths, redirects
from articles.models.errors import IllegalMove, NotAllowed, NotReady, Unread
from articles.models.images import Image
from articles.models.page_history import WORDS, PageEvent, PageRevision
from articles.models.refreshing import refresh_pages
from articles.models.rendering import OPENING, require_pictures_of
from articles.models.slugs import SlugField
from articles.models.top_level import TopLevelPath
from articles.models.versions import Versioned
from newsroom.foundations import markup, pagecache
from newsroom.foundations.text import opening, printable
from newsroom.foundations.workflow import Move, lock

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from newsroom.models import User

IN_FOOTERS = ("title", "slug", "order", "in_footer", "state")
CHANGES = "articles.change_standingpage"


class PageState(models.TextChoices):
    DRAFT = "draft", gettext_lazy("Draft")
    PUBLISHED = "published", gettext_lazy("Published")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")


DRAFT, PUBLISHED, WITHDRAWN = PageState
PAGE_MOVES = {
    "publish": Move(frozenset({DRAFT, PUBLISHED, WITHDRAWN}), PUBLISHED, CHANGES, gettext_lazy("Publish")),
    "withdraw": Move(frozenset({PUBLISHED}), WITHDRAWN, CHANGES, gettext_lazy("Take off the site")),
}


class StandingPageQuerySet(models.QuerySet["StandingPage"]):
    def published(self) -> "StandingPageQuerySet":
        """Those that readers see."""
        return self.filter(state=PUBLISHED)

    def with_latest(self) -> "StandingPageQuerySet":
        """Each with `latest_number`, of its latest version, and `adopted_number`, of the one last published."""
        latest = PageRevision.objects.filter(page=models.OuterRef("pk")).order_by("-number").values("number")
        return self.annotate(
            latest_number=models.Subquery(latest[:1]), adopted_number=models.F("adopted__number")
        )

    def refresh_soon(self) -> None:
        """A picture in their text changes: jobs of the outbox render them anew."""
        if keys := list(self.values_list("pk", flat=True)):
            self.model._default_manager.filter(pk__in=keys).update(rendered_version=markup.OUTDATED)
            refresh_pages.enqueue(keys)


class StandingPage(Versioned):
    """One row is one standing page at the top level of the site, as readers see it; while they do not, as it was last
    written. `body_html` is derived when saved. Its place in the footer is no part of its versions."""

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
    state = models.CharField(_("state"), max_length=12, choices=PageState, default=DRAFT, editable=False)
    adopted = models.ForeignKey(PageRevision, models.PROTECT, null=True, related_name="+", editable=False)
    in_footer = models.BooleanField(_("linked in the footer"), default=True)
    order = models.PositiveIntegerField(_("order"), default=100, help_text=_("Small numbers come first."))
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = StandingPageQuerySet.as_manager()

    if TYPE_CHECKING:
        revisions: RelatedManager[PageRevision]
        events: RelatedManager[PageEvent]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return paths.path_to("section", self.slug)

    # Questions

    @property
    def is_public(self) -> bool:
        return self.state == PUBLISHED

    def can(self, verb: str) -> bool:
        return self.state in PAGE_MOVES[verb].start

    def rendered(self) -> markup.Rendered:
        """The text as readers see it. Raises MarkupRefused when it breaks a limit."""
        return markup.article_html(self.body, pictures=Image.objects.figures)

    def as_written(self, revision: PageRevision | None = None) -> "StandingPage":
        """A working copy: the page as its latest version (or the one given) says it. It cannot be saved."""
        copy = type(self)(
            **{field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}
        )
        copy._state.adding, copy.is_working_copy = False, True
        copy._show((revision or self.latest_revision).content)
        return copy

    def clean(self) -> None:
        TopLevelPath.require_free(self.slug, page=self)
        try:
            self.rendered()
        except markup.MarkupRefused as refusal:
            raise ValidationError({"body": str(refusal)}) from None

    # Verbs

    @classmethod
    @transaction.atomic
    def start(
        cls, *, by: "User | None", in_footer: bool = True, order: int = 100, note: str = "", **words: str
    ) -> "StandingPage":
        """Open a new page with its first version. Readers do not see it until it is published."""
        if by is not None and not by.has_perm("articles.add_standingpage"):
            raise NotAllowed(gettext("You may not start pages."))
        page = cls(in_footer=in_footer, order=order)
        page._show(_stored(words))
        page.save()
        page._write({name: getattr(page, name) for name in WORDS}, by=by, note=note)
        return page

    @classmethod
    @transaction.atomic
    def put_up(cls, **fields: Any) -> "StandingPage":
        """A new page that readers see at once, as imports and the demo bring it."""
        page = cls.start(by=None, **fields)
        page.publish(by=None, expected=page.latest_revision)
        return page

    @transaction.atomic
    def revise(
        self, *, by: "User | None", based_on: int | None = None, note: str = "", **words: str
    ) -> PageRevision:
        """Save what an editor wrote as the next version. What readers see does not change.

        `based_on` is the number of the version the editor had before them: raises Conflict when another has been saved
        since. Nothing is written when nothing changed.
        """
        self._hold(by)
        latest: PageRevision = self._require_latest(based_on)
        content = latest.content | _stored(words)
        return latest if content == latest.content else self._write(content, by=by, note=note)

    def publish(self, *, by: "User | None", expected: PageRevision | int) -> None:
        """Put this version before readers. Raises Unread, NotReady; ValidationError when its address is taken."""
        with self._moving("publish", by=by, expected=expected) as revision:
            self._show(revision.content)
            if not self.title.strip():
                raise NotReady(gettext("A page needs a title."))
            require_pictures_of(self.body)
            self.adopted = revision

    def withdraw(self, *, by: "User | None", expected: PageRevision | int) -> None:
        """Take it off the site. Everything written stays, and it can be published again."""
        with self._moving("withdraw", by=by, expected=expected):
            pass

    @transaction.atomic
    def stand(self, *, by: "User | None", **place: Any) -> None:
        """Give it a place in the footer: `in_footer` and `order`. Readers see it at once."""
        self._hold(by)
        for name, value in place.items():
            setattr(self, name, value)
        if place:
            self.save()

    # The row

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises MarkupRefused when the text breaks a limit, ValidationError when its slug is taken."""
        self._require_stored()
        self._render()
        before = StandingPage.objects.filter(pk=self.pk).first()
        super().save(*args, **kwargs)
        TopLevelPath.take(self.slug, page=self)
        self._tell(before)
        if before and before.slug != self.slug and before.is_public and self.is_public:
            redirects.remember(before.get_absolute_url(), self.get_absolute_url())

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

    # How

    @contextmanager
    def _moving(
        self, verb: str, *, by: "User | None", expected: PageRevision | int
    ) -> Iterator[PageRevision]:
        with transaction.atomic():
            self._hold(by)
            if not self.can(verb):
                raise IllegalMove(gettext("Nothing was done: the page is not in a state for this any more."))
            latest = self.latest_revision
            if latest.number != getattr(expected, "number", expected):
                raise Unread(latest)
            start, self.state = self.state, PAGE_MOVES[verb].end
            yield latest
            self.save()
            event = PageEvent(page=self, verb=verb, by=by, revision=latest, start=start, end=self.state)
            event.save()

    def _hold(self, by: "User | None") -> None:
        self._require_stored()
        lock(self)
        if by is not None and not by.has_perm(CHANGES):
            raise NotAllowed(gettext("You may not change pages."))

    def _write(self, content: dict[str, Any], *, by: "User | None", note: str) -> PageRevision:
        revision = PageRevision(page=self, number=self._next_number(), content=content, by=by, note=note)
        revision.save()
        if not self.is_public and any(getattr(self, name) != content[name] for name in WORDS):
            self._show(content)
            self.save()
        return revision

    def _show(self, content: dict[str, Any]) -> None:
        for name in WORDS:
            setattr(self, name, content.get(name, getattr(self, name)))

    def _render(self) -> None:
        self.take_down(self.rendered())

    def _tell(self, before: "StandingPage | None") -> None:
        """Its own page is made anew; all the others only if their footers say something else now."""
        pagecache.purge(f"page:{self.pk}", pagecache.path_key(self.slug))
        was_public = before is not None and before.is_public
        if self.is_public != was_public or (self.is_public and self._is_linked_otherwise(before)):
            pagecache.purge("paper")

    def _is_linked_otherwise(self, before: "StandingPage | None") -> bool:
        return any(getattr(self, name) != getattr(before, name) for name in IN_FOOTERS)


def _stored(words: dict[str, str]) -> dict[str, str]:
    """Words as a version keeps them."""
    if unknown := set(words) - set(WORDS):
        raise TypeError(f"A version of a page does not hold {', '.join(sorted(unknown))}.")
    return {name: printable(value).replace("\r\n", "\n") for name, value in words.items()}
