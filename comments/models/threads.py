"""The conversation under an article: whether it is open, and how a comment comes into it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Contributor
from comments import permissions, screening
from comments.models.comments import Comment
from comments.models.decisions import Finding
from comments.models.errors import FormUsed, NothingSaid, ReplyRefused, ThreadClosed
from comments.models.readers import Reader
from comments.models.rules import HouseRules
from comments.models.states import APPROVED, PENDING, SPAM, State
from newsroom.foundations import markup

if TYPE_CHECKING:
    from newsroom.models import User


class Thread(models.Model):
    """One row is the conversation under one article, whose key it shares. It is written when the article goes live,
    or with the first comment; to be asked whether it is open it need not be written at all."""

    article = models.OneToOneField(
        Article, models.PROTECT, primary_key=True, related_name="+", verbose_name=gettext_lazy("article")
    )
    last_number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = gettext_lazy("conversation")
        verbose_name_plural = gettext_lazy("conversations")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.article)

    @classmethod
    def for_article(cls, article: Article) -> "Thread":
        """The article's conversation, without asking the database whether anybody has spoken yet."""
        return cls(article=article)

    # Questions

    @cached_property
    def rules(self) -> HouseRules:
        return HouseRules.current()

    @property
    def cache_key(self) -> str:
        """What a page showing it shows, in the page cache's terms."""
        return f"thread:{self.pk}"

    @property
    def closes_at(self) -> datetime | None:
        """When it stops taking comments by itself. The article's own number of days wins over the house's."""
        days = self.article.comments_close_after
        if days is None and self.article.comment_policy == Article.CommentPolicy.DEFAULT:
            days = self.rules.close_after_days
        if not days or not self.article.publish_at:
            return None
        return self.article.publish_at + timedelta(days=days)

    def is_open(self) -> bool:
        return not self.closed_sentence()

    def closed_sentence(self) -> str:
        """Why it takes no comments now, in words for readers; empty while it is open."""
        if not self.article.is_live:
            return _("This article takes no comments, for readers cannot see it at present.")
        if not self.rules.open:
            return _("We are not taking comments at the moment.")
        if self.article.comment_policy == Article.CommentPolicy.CLOSED:
            return _("Comments on this article are closed.")
        if self.closes_at and self.closes_at <= timezone.now():
            day = date_format(timezone.localtime(self.closes_at), "j F Y")
            return _("Comments on this article closed on %s.") % day
        return ""

    # Verbs

    def receive(
        self,
        *,
        text: str,
        name: str = "",
        email: str = "",
        key: str = "",
        parent: Comment | None = None,
        ip_hash: str = "",
        network_hash: str = "",
        findings: Sequence[Finding] = (),
        by: "User | None" = None,
    ) -> Comment:
        """Take a reader's comment, or a colleague's when `by` has a byline: screened, held or shown, never lost.

        The same form sent twice brings one comment: the second time returns the first. Raises CommentRefused, or
        MarkupRefused when the words break a limit; then nothing is stored. `findings` are the form's own evidence.
        """
        if earlier := self._brought_by(key, text):
            return earlier
        self._look_again()
        self._require_open(parent)
        if colleague := permissions.speaks_as(by):
            comment = self._comment(text, colleague.name, parent, contributor=colleague, key=key)
            return self._take(comment, lambda: self._keep(comment, APPROVED, verb="receive", by=by))
        screening.pace.require(ip_hash, network_hash)
        hashes = {"ip_hash": ip_hash, "network_hash": network_hash}
        comment = self._comment(text, name, parent, key=key, **hashes)
        found = [*findings, *screening.screen(comment, self.rules)]
        return self._take(comment, lambda: self._judge(comment, found, email))

    def restore(
        self,
        *,
        text: str,
        name: str,
        email: str = "",
        state: str = State.APPROVED,
        received_at: datetime | None = None,
        key: str = "",
        parent: Comment | None = None,
        contributor: Contributor | None = None,
        reason: str = "imported",
    ) -> Comment:
        """Put back a comment that was made and judged elsewhere: no screens, its own date and state.

        With a `key` it is put back once; later calls return the first. Raises MarkupRefused.
        """
        if earlier := Comment.objects.keyed(key):
            return earlier
        comment = self._comment(text, name, parent, contributor=contributor, key=key)
        comment.received_at = received_at or timezone.now()
        with self._locked():
            if earlier := Comment.objects.keyed(key):
                return earlier
            comment.reader = Reader.objects.at(email) if email.strip() else None
            return self._keep(comment, State(state), verb="restore", reason=reason)

    # How

    def _take(self, comment: Comment, keep: Callable[[], Comment]) -> Comment:
        """Under the lock: the earlier one if its form came twice at once; else this one, if there is room for it still.

        Whatever takes time, rendering and screening, was done before: it would make all others wait.
        """
        with self._locked():
            if earlier := self._brought_by(comment.key or "", comment.text):
                return earlier
            self._require_open(comment.parent)
            return keep()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One transaction, one writer to a conversation: numbers follow each other, and a form sent twice waits."""
        with transaction.atomic():
            Thread.objects.get_or_create(article=self.article)
            stored = Thread.objects.select_for_update(of=("self",)).get(pk=self.pk)
            self.last_number = stored.last_number
            self._look_again()
            yield

    def _look_again(self) -> None:
        """At what decides whether it is open, as it is now."""
        self.article.refresh_from_db(fields=["state", "publish_at", "comment_policy", "comments_close_after"])
        self.__dict__.pop("rules", None)

    def _brought_by(self, key: str, text: str) -> Comment | None:
        earlier = Comment.objects.keyed(key)
        if earlier and earlier.text != text:
            raise FormUsed(earlier)
        return earlier

    def _require_open(self, parent: Comment | None) -> None:
        if sentence := self.closed_sentence():
            raise ThreadClosed(sentence)
        if parent and not self.comments.approved().filter(pk=parent.pk).exists():
            raise ReplyRefused(
                _("The comment you are answering is no longer shown, so it cannot be answered.")
            )

    def _comment(self, text: str, name: str, parent: Comment | None, *, key: str, **fields: Any) -> Comment:
        """An unsaved comment, its words rendered; it takes its place when it is kept."""
        rendered = markup.comment_html(text)
        if not any(letter.isprintable() and not letter.isspace() for letter in rendered.text):
            raise NothingSaid(_("There is nothing to read in this comment yet."))
        comment = Comment(thread=self, parent=parent, name=name, text=text, key=key or None, **fields)
        comment.html, comment.fingerprint = rendered.html, screening.repeats.fingerprint(text)
        comment.rendered_version = markup.VERSION
        return comment

    def _judge(self, comment: Comment, findings: list[Finding], email: str) -> Comment:
        comment.reader = Reader.objects.at(email)
        screening.repeats.require_new(comment)
        state, reason = self._verdict(comment, findings)
        self._keep(comment, state, verb="receive", reason=reason)
        for finding in findings:
            finding.comment = comment
            finding.save()
        return comment

    def _verdict(self, comment: Comment, findings: list[Finding]) -> tuple[State, str]:
        """Held until a moderator has read it, unless the evidence says spam or the reader has earned trust."""
        if decisive := next((finding for finding in findings if finding.is_decisive), None):
            return SPAM if decisive.verdict == Finding.Verdict.SPAM else PENDING, decisive.detail
        facts = {"name": comment.name, "ip_hash": comment.ip_hash}
        if comment.reader and comment.reader.is_trusted(self.rules, **facts):
            return APPROVED, _("The reader has earned trust.")
        return PENDING, ""

    def _keep(
        self, comment: Comment, state: State, *, verb: str, by: "User | None" = None, reason: str = ""
    ) -> Comment:
        comment.state = state
        comment.stand(self.last_number + 1)
        comment.save(force_insert=True)
        self.last_number = comment.number
        Thread.objects.filter(pk=self.pk).update(last_number=comment.number)
        comment.decide(verb, by=by, reason=reason)
        return comment
