"""The rows that a conversation leaves behind: its comments, what was decided about them, and who spoke."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count
from random import Random
from typing import Any

from django.db.models import Model

from benchmarks.articles import Stories, Story
from benchmarks.bulk import Row
from benchmarks.material import Material
from benchmarks.words import Writer
from comments.models import Comment, Decision, Reader, Thread
from comments.models.states import APPROVED, PENDING, REJECTED, SPAM
from newsroom.foundations import markup

DISCUSSED, MUCH_DISCUSSED = 20, 2000  # the newest story's comments, and those of one a little older
SILENT, TAIL, SCALE, LOUDEST = (
    0.55,
    1.4,
    1.6,
    400,
)  # share of stories without any; Pareto's law for the others
REPLIES, READERS_TO_A_STORY = 0.3, 0.25
QUEUE = timedelta(hours=9)  # older comments have been read by a moderator
HASHES_KEPT = timedelta(days=30)
OUTCOMES = [APPROVED] * 92 + [REJECTED] * 5 + [SPAM] * 3
COUNTED = {"approved": APPROVED, "rejected": REJECTED, "spam": SPAM}
VERBS = {APPROVED: "approve", REJECTED: "reject", SPAM: "mark_spam"}


class Voices:
    """All who speak, under all stories."""

    def __init__(self, material: Material, articles: Stories) -> None:
        self.material, self.now = material, articles.now
        self.chance = Random("voices")
        self.known = max(50, round(articles.archive * READERS_TO_A_STORY))
        self.names = [Writer(self.chance).name() for _ in range(min(self.known, 5000))]
        self.standing: dict[int, Counter[str]] = {}
        self.newest, self.loudest = articles.archive - 1, articles.archive - articles.recent - 1
        self.comments, self.decisions = count(1), count(1)

    def under(self, article: Story) -> Iterator[Row | Model]:
        """The rows of one story's conversation, which was opened when it went live."""
        if article.state in {"draft", "in_review", "approved"} or article.publish_at > self.now:
            return
        comments = list(self._comments(article))
        yield Row(Thread, {"article_id": article.pk, "last_number": len(comments)})
        yield from comments
        for comment in comments:
            yield from self._decisions(comment)

    def readers(self) -> Iterator[Row]:
        """Everybody who spoke, once all have spoken."""
        for pk, standing in sorted(self.standing.items()):
            counts = {name: standing[state] for name, state in COUNTED.items()}
            yield Row(
                Reader, {"id": pk, "email": f"reader{pk}@example.org", "first_seen": self.now, **counts}
            )

    # How

    def _comments(self, article: Story) -> Iterator[Comment]:
        said: list[Comment] = []
        for number in range(1, self._count(article) + 1):
            comment = self._comment(article, self._answered(said), number)
            if comment.state == APPROVED:
                said.append(comment)
            yield comment

    def _count(self, article: Story) -> int:
        if article.number in {self.newest, self.loudest}:
            return DISCUSSED if article.number == self.newest else MUCH_DISCUSSED
        if self.chance.random() < SILENT:
            return 0
        return min(LOUDEST, int(self.chance.paretovariate(TAIL) * SCALE))

    def _answered(self, said: list[Comment]) -> Comment | None:
        return self.chance.choice(said[-10:]) if said and self.chance.random() < REPLIES else None

    def _comment(self, article: Story, parent: Comment | None, number: int) -> Comment:
        pk, remark = next(self.comments), self.chance.choice(self.material.remarks)
        reader = 1 + int(self.known * self.chance.random() ** 3)
        received_at = article.publish_at + (self.now - article.publish_at) * min(
            1, number * self.chance.random() / 500
        )
        comment = Comment(
            pk=pk, thread_id=article.pk, parent=parent, reader_id=reader, name=self.names[reader % len(self.names)],
            text=remark.text, html=remark.html, fingerprint=remark.fingerprint,
            rendered_version=markup.VERSION, received_at=received_at,
            key=f"form:{pk:022x}", ip_hash=self._ip_hash(reader, received_at),
            state=self._state(article, received_at),
        )  # fmt: skip
        comment.stand(number)
        self.standing.setdefault(reader, Counter())[comment.state] += 1
        return comment

    def _ip_hash(self, reader: int, received_at: datetime) -> str:
        return sha256(b"%d" % reader).hexdigest() if received_at > self.now - HASHES_KEPT else ""

    def _state(self, article: Story, received_at: datetime) -> str:
        if article.number in {self.newest, self.loudest}:
            return APPROVED
        if received_at > self.now - QUEUE and self.chance.random() < 0.6:
            return PENDING
        return self.chance.choice(OUTCOMES)

    def _decisions(self, comment: Comment) -> Iterator[Row]:
        yield self._decision(comment, verb="receive", end=PENDING, at=comment.received_at)
        if comment.state != PENDING:
            at = min(comment.received_at + timedelta(minutes=20), self.now)
            by, verb = self.material.moderator.pk, VERBS[comment.state]
            yield self._decision(comment, verb=verb, by_id=by, start=PENDING, end=comment.state, at=at)

    def _decision(self, comment: Comment, **values: Any) -> Row:
        return Row(Decision, {"id": next(self.decisions), "comment_id": comment.pk, **values})
