"""Article: what a story says. The sum of the chapters beside this file."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from articles import permissions
from articles.models import kinds
from articles.models.cards import Shown
from articles.models.contributors import Byline, Contributor
from articles.models.corrections import Corrected
from articles.models.facts import StoredFacts, Telling
from articles.models.former_slugs import FormerSlug, WithUrl
from articles.models.images import Image
from articles.models.lines import TwoLines
from articles.models.moves import PUBLISHED, State
from articles.models.order import ARTICLES
from articles.models.revisions import Revised, Revision, StoredOnly
from articles.models.scheduling import Planned, Scheduled
from articles.models.sections import Section
from articles.models.status import Status
from articles.models.tags import Tag, TaggedArticle
from articles.models.verbs import CONSTRAINTS, PERMISSIONS, Verbs
from articles.paths import article_path, spelled

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from articles.models.events import ArticleEvent

WORDS_A_MINUTE = 230  # adults reading silently: Brysbaert 2019 finds 238 for non-fiction


LIVE = models.Q(state=PUBLISHED)


class ArticleQuerySet(Planned, Telling, StoredOnly):  # type: ignore[override]
    # Adjectives

    def published(self, *, until: datetime | None = None) -> "ArticleQuerySet":
        """What readers may see at this moment, and the only way any public page, feed or search asks for it.

        `until` leaves out what appeared later; an index begins at the earlier of the two moments.
        """
        now = timezone.now()
        return self.in_print().filter(ARTICLES.until(min(until or now, now)))

    def in_print(self) -> "ArticleQuerySet":
        """Readers see it, if its time has come: the half of published() that is not about the clock."""
        return self.filter(state=PUBLISHED)

    def scheduled(self) -> "ArticleQuerySet":
        return self.filter(state=PUBLISHED, publish_at__gt=timezone.now())

    def due(self) -> "ArticleQuerySet":
        """Whose time has come and has not been announced yet; the one longest due first."""
        return self.published().filter(announced=False).order_by("publish_at", "pk")

    def due_replacement(self) -> "ArticleQuerySet":
        """The same of versions. In the order of their own time, by whose index they are found."""
        return self.published().filter(replacement_at__lte=timezone.now()).order_by("replacement_at", "pk")

    def overdue(self, since: datetime) -> "ArticleQuerySet":
        """Whose time came before this moment and still nothing was done about it: the clock's job is not running."""
        unannounced = Article.objects.due().filter(publish_at__lt=since).order_by().values("pk")
        unreplaced = (
            Article.objects.due_replacement().filter(replacement_at__lt=since).order_by().values("pk")
        )
        return self.filter(pk__in=unannounced.union(unreplaced))

    def drafts(self) -> "ArticleQuerySet":
        return self.filter(state=State.DRAFT)

    def in_review(self) -> "ArticleQuerySet":
        return self.filter(state=State.IN_REVIEW)

    def approved(self) -> "ArticleQuerySet":
        return self.filter(state=State.APPROVED)

    def withdrawn(self) -> "ArticleQuerySet":
        return self.filter(state=State.WITHDRAWN)

    def live_today(self) -> "ArticleQuerySet":
        """Before readers since some time today, by the site's calendar."""
        return self.published().filter(published_on=timezone.localdate())

    def under(self, section: Section) -> "ArticleQuerySet":
        """Filed in the section or anywhere below it."""
        return self.filter(section__in=list(section.subtree().values_list("pk", flat=True)))

    def by(self, contributor: Contributor) -> "ArticleQuerySet":
        return self.filter(pk__in=Byline.objects.filter(contributor=contributor).values("article"))

    def about(self, *tags: Tag) -> "ArticleQuerySet":
        return self.filter(pk__in=TaggedArticle.objects.filter(tag__in=tags).values("content_object"))

    def once_at(self, day: date, slug: str) -> "ArticleQuerySet":
        """Readers have known it by this date and slug; now it is withdrawn, or live under another slug."""
        here = Article.objects.filter(published_on=day, slug=slug).values("pk")
        formers = FormerSlug.objects.filter(published_on=day, slug=slug).values("article")
        public = models.Q(state=PUBLISHED, publish_at__lte=timezone.now())
        return self.filter(public | models.Q(state=State.WITHDRAWN), pk__in=here.union(formers))

    def visible_to(self, user: Any) -> "ArticleQuerySet":
        """What this person sees at the desk: permissions.may(user, "view", …), asked of many rows."""
        if not (user.is_active and user.is_staff and user.has_perm(permissions.SEES_UNPUBLISHED)):
            return self.none()
        return self.all() if user.has_perm(permissions.ANYONES) else self.of(user)

    def of(self, user: Any) -> "ArticleQuerySet":
        """This person's own: permissions.owns, asked of many rows. Two sets of keys, each found by an index."""
        started = Article.objects.filter(started_by=user).values("pk")
        signed = Byline.objects.filter(contributor__user=user).order_by().values("article")
        return self.filter(pk__in=started.union(signed))

    def drafts_of(self, user: Any) -> "ArticleQuerySet":
        """Their drafts. These are few, so each is asked whose it is; all that somebody has ever signed may be many."""
        signed = Byline.objects.filter(article=models.OuterRef("pk"), contributor__user=user)
        return self.drafts().filter(models.Q(started_by=user) | models.Exists(signed))

    # Loading shapes

    def for_lists(self) -> "ArticleQuerySet":
        """All the desk's lists say of an article; `newest` is the number of its latest revision."""
        latest = Revision.objects.filter(article=models.OuterRef("pk")).order_by("-number")
        listed: ArticleQuerySet = (
            self.select_related("section", "adopted", "replacement", "approved")
            .prefetch_related("bylines__contributor")
            .defer(
                "body",
                "body_html",
                "body_text",
                "adopted__content",
                "replacement__content",
                "approved__content",
            )
            .annotate(newest=models.Subquery(latest.values("number")[:1]))
        )
        return listed


class Article(  # type: ignore[django-manager-missing]
    Shown, StoredFacts, Corrected, Verbs, Scheduled, TwoLines, Revised, WithUrl, Status, models.Model
):
    """One row is one story as readers see it; its revisions are what editors wrote. Never deleted: withdrawn."""

    Kind = kinds.Kind

    class CommentPolicy(models.TextChoices):
        DEFAULT = "default", _("As the house rules say")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.NEWS)
    kicker = models.CharField(_("kicker"), max_length=60, blank=True)
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    short_headline = models.CharField(_("short headline"), max_length=90, blank=True)
    standfirst = models.TextField(_("standfirst"), max_length=500, blank=True)
    body = models.TextField(_("text"), blank=True)
    section = models.ForeignKey(Section, models.PROTECT, related_name="articles", verbose_name=_("section"))
    dateline = models.CharField(_("place"), max_length=80, blank=True)
    picture = models.ForeignKey(
        Image,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_articles",
        verbose_name=_("lead picture"),
    )
    picture_caption = models.CharField(_("caption"), max_length=400, blank=True)
    picture_alt = models.CharField(_("alternative text"), max_length=250, blank=True)
    seo_title = models.CharField(_("title for search engines"), max_length=120, blank=True)
    seo_description = models.CharField(_("description for search engines"), max_length=320, blank=True)
    canonical_url = models.URLField(_("first published at"), max_length=500, blank=True)
    comment_policy = models.CharField(
        _("comments"), max_length=8, choices=CommentPolicy, default=CommentPolicy.DEFAULT
    )
    comments_close_after = models.PositiveSmallIntegerField(
        _("comments close after (days)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
    )
    created_at = models.DateTimeField(_("started"), auto_now_add=True)
    stored_facts = models.JSONField(
        default=list, editable=False
    )  # what it tells besides its words, see facts.py
    facts_version = models.PositiveSmallIntegerField(default=0, editable=False)

    tags = TaggableManager(through=TaggedArticle, blank=True)

    objects = ArticleQuerySet.as_manager()

    _credits: list[Byline] | None = None  # set on a working copy, which has no rows of its own
    _tags: list[Tag] | None = None

    if TYPE_CHECKING:
        tagged: RelatedManager[TaggedArticle]
        bylines: RelatedManager[Byline]
        events: RelatedManager[ArticleEvent]
        revisions: RelatedManager[Revision]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = PERMISSIONS
        constraints = [
            models.UniqueConstraint(
                fields=["published_on", "slug"],
                condition=models.Q(published_on__isnull=False),
                name="one_slug_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=PUBLISHED)
                | models.Q(publish_at__isnull=False, published_on__isnull=False, adopted__isnull=False),
                name="published_has_time_and_text",
            ),
            *CONSTRAINTS,
        ]
        # No index on the state alone: to a database without statistics it looks like the best way to anything, and
        # nearly all articles are in one state. Readers' questions have theirs, and so has each pile at the desk. Those
        # of the lists end in what it takes to place a story on the front (edition.Story), so that no row is looked up.
        indexes = [
            *(
                models.Index(fields=["-id"], name=f"pile_{state}", condition=models.Q(state=state))
                for state in State
                if state != PUBLISHED
            ),
            models.Index(
                fields=["-publish_at", "-id", "section", "kind", "picture", "state"],
                name="live_newest_first",
                condition=LIVE,
            ),
            models.Index(
                fields=["section", "-publish_at", "-id", "kind", "picture", "state"],
                name="live_in_section",
                condition=LIVE,
            ),
            models.Index(fields=["kind", "-id"], name="desk_by_kind"),
            models.Index(
                fields=["publish_at"], name="unannounced", condition=LIVE & models.Q(announced=False)
            ),
            models.Index(
                fields=["replacement_at"],
                name="replacements",
                condition=models.Q(replacement_at__isnull=False),
            ),
            models.Index(fields=["facts_version"], name="article_facts_version"),
        ]

    def __str__(self) -> str:
        return self.headline or str(_("(no headline yet)"))

    def get_absolute_url(self) -> str:
        """Its path; empty for an article that has no date yet, which nobody could be sent to."""
        if not self.published_on:
            return ""
        return article_path(self.section.path, self.published_on, self.slug)

    # Questions

    @property
    def canonical(self) -> str:
        """Where it was first published, if that was elsewhere; else its own URL."""
        return spelled(self.canonical_url) or self.url

    @property
    def description(self) -> str:
        """What search engines and those who share it say of it."""
        return self.seo_description or self.standfirst or self.opening

    @property
    def minutes_to_read(self) -> int:
        return max(1, round(self.word_count / WORDS_A_MINUTE))

    def caption(self) -> str:
        return self.picture_caption or (self.picture.caption if self.picture else "")

    def alt(self) -> str:
        if not self.picture or self.picture.decorative:
            return ""
        return self.picture_alt or self.picture.alt

    def credits(self) -> list[Byline]:
        """The bylines in order, each with its contributor. A working copy answers from its revision."""
        return list(self.bylines.all()) if self._credits is None else list(self._credits)

    def tag_list(self) -> list[Tag]:
        """The tags. A working copy answers from its revision."""
        return list(self.tags.all()) if self._tags is None else list(self._tags)

    def own_keys(self) -> list[str]:
        """What a page showing this article shows, in the page cache's terms."""
        return [f"article:{self.pk}", f"card:{self.pk}"]
