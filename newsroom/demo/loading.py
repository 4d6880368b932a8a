"""Brings the demo newsroom into the database: once, whole or not at all. The darkroom develops its pictures later."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator

from articles.models import Article, Contributor, Image, Note, Section, StandingPage
from articles.models.revisions import FIRST
from comments.models import Thread
from newsroom.demo import darkroom, reading
from newsroom.demo.shapes import FIGURE, STORY_LINK, DemoArticle, DemoComment, DemoCorrection
from newsroom.models import Masthead, User

UNSEEN = {"draft", "in_review", "approved"}  # states of stories their writer still works on
Progress = Callable[[int, int], None]  # how many stories are in, of how many


def is_loaded() -> bool:
    """Has anybody, the demo included, filed anything here yet?"""
    return Article.objects.exists() or Section.objects.exists()


def load(progress: Progress) -> None:
    """Fill an empty newsroom, in the names of the demo's own staff (logins.py)."""
    with transaction.atomic():
        Loading(progress, timezone.now()).run()


class Loading:
    """One filling of an empty newsroom, at one moment."""

    def __init__(self, progress: Progress, now: datetime) -> None:
        self.progress, self.now = progress, now
        self.editor = User.objects.get(username="editor")
        self.writer = User.objects.get(username="writer")
        self.sections: dict[str, Section] = {}
        self.people: dict[str, Contributor] = {}
        self.images: dict[str, Image] = {}
        self.addresses = {article.slug: self._address(article) for article in reading.articles()}

    def run(self) -> None:
        self._masthead()
        self._sections()
        self._pictures()
        self._people()
        self._articles()
        self._pages()

    def _masthead(self) -> None:
        paper = reading.masthead()
        Masthead.objects.update_or_create(
            pk=1, defaults={"name": paper.name, "tagline": paper.tagline, "footer_text": paper.footer_text}
        )

    def _sections(self) -> None:
        for one in reading.sections():
            self.sections[one.path] = Section.objects.create(
                parent=self.sections.get(one.parent),
                name=one.name,
                slug=one.slug,
                description=one.description,
                order=one.order,
            )

    def _people(self) -> None:
        for one in reading.people():
            self.people[one.slug] = Contributor.objects.create(
                slug=one.slug,
                name=one.name,
                role=one.role,
                bio=one.bio,
                links=list(one.links),
                portrait=self._portrait(one.portrait, one.name),
            )

    def _pictures(self) -> None:
        for one in reading.illustrations():
            title = Truncator(one.alt).chars(120)
            self.images[one.name] = darkroom.reserve(
                one.name, title=title, alt=one.alt, caption=one.caption, credit=one.credit
            )

    def _portrait(self, seed: int | None, name: str) -> Image | None:
        if seed is None:
            return None
        return darkroom.reserve(f"portrait-{seed}", title=f"Portrait: {name}", decorative=True)

    def _articles(self) -> None:
        every = reading.articles()
        for number, one in enumerate(reversed(every), 1):
            article = self._article(one)
            self._thread(article, reading.threads().get(one.slug, ()))
            self.progress(number, len(every))

    def _article(self, one: DemoArticle) -> Article:
        writer = self.writer if one.state in UNSEEN else self.editor
        article = Article.start(
            by=writer,
            kind=one.kind,
            kicker=one.kicker,
            headline=one.headline,
            short_headline=one.short_headline,
            slug=one.slug,
            standfirst=one.standfirst,
            body=self._first_body(one),
            section=self.sections[one.section],
            dateline=one.dateline,
            picture=self.images.get(one.picture.name) if one.picture else None,
            picture_caption=one.picture.caption if one.picture else "",
            picture_alt=one.picture.alt if one.picture else "",
            bylines=[(self.people[line.contributor], line.role) for line in one.bylines],
            tags=one.tags,
        )
        self._move(article, one)
        return article

    def _move(self, article: Article, one: DemoArticle) -> None:
        if one.state in {"in_review", "approved"}:
            article.submit(by=self.writer, expected=FIRST)
        if one.state == "approved":
            article.approve(by=self.editor, expected=FIRST)
        if one.state not in UNSEEN:
            article.publish(by=self.editor, expected=FIRST, at=one.at(self.now))
        if one.correction:
            self._correct(article, one, one.correction)
        if one.state == "withdrawn":
            article.withdraw(by=self.editor, expected=FIRST, reason=one.withdrawn_reason)

    def _correct(self, article: Article, one: DemoArticle, noted: DemoCorrection) -> None:
        """The note alone, or with the text that is right."""
        note = Note(noted.kind, noted.text, about=noted.about, credit=noted.credit)
        if not noted.right:
            article.correct(by=self.editor, expected=FIRST, note=note)
            return
        right = article.revise(by=self.editor, body=self._body(one))
        article.publish(by=self.editor, expected=right, note=note)

    def _first_body(self, one: DemoArticle) -> str:
        """As it was first published, with what has been corrected since."""
        body, noted = self._body(one), one.correction
        return body.replace(noted.right, noted.wrong) if noted and noted.right else body

    def _body(self, one: DemoArticle) -> str:
        """The text with its pictures and links to other stories in place."""
        linked = STORY_LINK.sub(lambda link: f"]({self.addresses[link['slug']]})", one.body)
        return FIGURE.sub(self._figure, linked)

    def _figure(self, figure: Any) -> str:
        caption = f' "{figure["caption"]}"' if figure["caption"] else ""
        return f"![{figure['alt']}](image:{self.images[figure['name']].pk}{caption})"

    def _address(self, one: DemoArticle) -> str:
        day = timezone.localdate(one.at(self.now))
        return reverse("article", args=[one.section, *date_format(day, "Y m d").split(), one.slug])

    def _thread(self, article: Article, voices: tuple[DemoComment, ...]) -> None:
        if voices:
            thread = Thread.for_article(article)
            for voice in voices:
                self._voice(thread, voice, parent=None)

    def _voice(self, thread: Thread, voice: DemoComment, *, parent: Any) -> None:
        if voice.state == "pending":  # as it comes in, so that its evidence is real
            thread.receive(name=voice.name, email=voice.email, text=voice.text, parent=parent)
            return
        comment = thread.restore(
            name=voice.name,
            email=voice.email,
            text=voice.text,
            state=voice.state,
            parent=parent,
            contributor=self.people.get(voice.contributor),
            received_at=(thread.article.publish_at or self.now) + timedelta(minutes=voice.minutes),
            reason="demo",
        )
        for reply in voice.replies:
            self._voice(thread, reply, parent=comment)

    def _pages(self) -> None:
        for one in reading.pages():
            StandingPage.put_up(slug=one.slug, title=one.title, body=one.body, order=one.order)
