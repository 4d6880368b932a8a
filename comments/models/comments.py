"""Comment: one voice in a conversation. The chapter of its moderation lies beside this file."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Contributor
from comments.models.ip_hashes import WithIpHashes
from comments.models.moderation import Moderated
from comments.models.readers import Reader
from comments.models.states import APPROVED, PENDING, REJECTED, SPAM
from newsroom.foundations import markup

DEEPEST = 7  # a reply further down stands beside the comment it answers, and says which one that is
DIGITS = 7  # of a comment's number in a place: ten million comments to a conversation


class CommentQuerySet(WithIpHashes["Comment"]):
    # Adjectives

    def approved(self) -> "CommentQuerySet":
        """What readers may see, and the only way any public page asks for it."""
        return self.filter(state=APPROVED)

    def awaiting(self) -> "CommentQuerySet":
        """The moderators' queue, the longest waiting first."""
        return self.filter(state=PENDING).order_by("received_at", "pk")

    def refused_since(self, moment: datetime) -> "CommentQuerySet":
        """Rejected or taken for spam, and decided on since then."""
        return self.filter(state__in=[REJECTED, SPAM], decisions__at__gte=moment)

    def under(self, article_id: int) -> "CommentQuerySet":
        """Those of one article, in the order they are read: each followed by its replies."""
        return self.filter(thread=article_id).order_by("place")

    def since(self, moment: datetime) -> "CommentQuerySet":
        return self.filter(received_at__gte=moment)

    def keyed(self, key: str) -> "Comment | None":
        """The comment this form, or this item of an import, has already brought."""
        return self.filter(key=key).first() if key else None

    # Many rows

    def standing(self) -> dict[str, int]:
        """How many of them are approved, rejected and spam: of a reader's, counted in an index of their own."""
        states = {"approved": APPROVED, "rejected": REJECTED, "spam": SPAM}
        counted = dict(self.order_by("state").values_list("state").annotate(count=models.Count("*")))
        return {name: counted.get(state, 0) for name, state in states.items()}


class Comment(Moderated, models.Model):
    """One row is what one person said under one article. Never deleted, only rejected; the words never change.

    `html` is rendered once, on receipt. `place` is its own number behind those of all it answers, so that sorting by
    it puts every reply under its parent. `key` names the form, or the item of an import, that brought it.
    """

    thread = models.ForeignKey(
        "comments.Thread", models.PROTECT, related_name="comments", verbose_name=_("article")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replies", verbose_name=_("in reply to")
    )
    reader = models.ForeignKey(
        Reader, models.PROTECT, null=True, related_name="comments", verbose_name=_("reader")
    )
    contributor = models.ForeignKey(
        Contributor, models.PROTECT, null=True, related_name="comments", verbose_name=_("staff")
    )
    name = models.CharField(_("name"), max_length=120)
    text = models.TextField(_("words"))
    html = models.TextField(editable=False)
    rendered_version = models.PositiveSmallIntegerField(default=0, editable=False)  # markup.VERSION then
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    number = models.PositiveIntegerField(_("number"))
    place = models.CharField(max_length=DIGITS * (DEEPEST + 1), editable=False)
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    key = models.CharField(max_length=120, unique=True, null=True, editable=False)  # noqa: DJ001  (NULLs are no twins)
    ip_hash = models.CharField(max_length=64, blank=True, editable=False)
    network_hash = models.CharField(max_length=64, blank=True, editable=False)  # of the /24 or /48 around it
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        default_permissions = ("view",)
        permissions = [("moderate_comment", "Can approve, reject and hold comments")]
        constraints = [
            models.UniqueConstraint(fields=["thread", "place"], name="one_comment_a_place"),
            models.UniqueConstraint(fields=["thread", "number"], name="comment_numbered_once"),
        ]
        indexes = [
            models.Index(
                fields=["thread", "place"], name="approved_as_read", condition=models.Q(state=APPROVED)
            ),
            models.Index(
                fields=["received_at", "id"], name="comments_waiting", condition=models.Q(state=PENDING)
            ),
            models.Index(fields=["state", "received_at"], name="comments_by_state"),
            models.Index(fields=["received_at"], name="comments_lately"),
            models.Index(
                fields=["ip_hash", "received_at"],
                name="comments_from_address",
                condition=~models.Q(ip_hash=""),
            ),
            models.Index(
                fields=["network_hash", "received_at"],
                name="comments_from_network",
                condition=~models.Q(network_hash=""),
            ),
            models.Index(fields=["thread", "received_at"], name="comments_lately_in_thread"),
            models.Index(fields=["fingerprint", "received_at"], name="comments_alike"),
            models.Index(fields=["reader", "state"], name="comments_of_reader"),
        ]

    def __str__(self) -> str:
        return gettext("Comment %(pk)s by %(name)s") % {"pk": self.pk, "name": self.name}

    def get_absolute_url(self) -> str:
        return f"{self.thread.article.get_absolute_url()}#comment-{self.pk}"

    # Questions

    @property
    def words(self) -> SafeString:
        """The rendered words, for a page."""
        return markup.stored(self.html)

    @property
    def direction(self) -> str:
        """Which way its words read, for the bar beside them where they are quoted."""
        return markup.direction_of(self.text) or "auto"

    @property
    def badge(self) -> str:
        """What the paper calls the colleague who wrote it; empty for readers."""
        if not self.contributor:
            return ""
        return self.contributor.role or gettext("Staff")

    # How it is kept

    def rendered(self) -> markup.Rendered:
        """Its words as readers see them. Raises MarkupRefused."""
        return markup.comment_html(self.text)

    def render(self) -> None:
        """Its words as HTML. Raises MarkupRefused."""
        self.html, self.rendered_version = self.rendered().html, markup.VERSION

    def rebuild(self) -> None:
        """Render its words anew. Raises MarkupRefused."""
        self.render()
        self.save(update_fields=["html", "rendered_version"])

    # How it takes its place

    def stand(self, number: int) -> None:
        """Take the next number of the conversation and the place that goes with it."""
        self.number, own = number, f"{number:0{DIGITS}d}"
        if self.parent is None:
            self.place, self.depth = own, 0
            return
        above = self.parent.place[: DIGITS * DEEPEST]
        self.place, self.depth = above + own, len(above) // DIGITS
