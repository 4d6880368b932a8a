"""What stories are made of, put into the newsroom by the models' own verbs: sections, people, topics, pictures, and
passages of text, each rendered once by the site's own renderer. A story's text is some of them, one after another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import Any

from django.contrib.auth.models import Group

from articles.models import Contributor, Image, Section, StandingPage, Tag
from benchmarks.words import COMMON, PHRASE, RARE, Writer
from comments.screening.repeats import fingerprint
from newsroom.demo.pictures import SCENES, draw
from newsroom.foundations import markup
from newsroom.models import Masthead, User

PEOPLE, TOPICS, PICTURES, PASSAGES, REMARKS = 400, 3000, 12, 2000, 500
LOGINS = 40  # of the people; the others' stories are brought in by the desk
DISTRICTS = {
    "world": "africa americas asia europe middle-east oceania",
    "politics": "elections parliament diplomacy",
    "business": "markets work energy transport property",
    "science": "space medicine climate nature",
    "technology": "networks machines",
    "culture": "books film music stage art food",
    "sport": "football cycling athletics",
    "opinion": "columns letters",
    "local": "north south harbour old-town",
    "weather": "",
}
LANDS = "north south east west"  # below each part of the world
QUIET = "world/oceania/atolls"  # a few stories under the busiest parent


@dataclass(frozen=True)
class Passage:
    """A piece of a story's text, and what it becomes."""

    source: str
    html: str
    text: str
    word_count: int

    @classmethod
    def of(cls, source: str) -> "Passage":
        rendered = markup.article_html(source, pictures=Image.objects.figures)
        return cls(source, rendered.html, rendered.text, rendered.word_count)


@dataclass(frozen=True)
class Remark:
    """What a reader says, and what it becomes."""

    text: str
    html: str
    fingerprint: str

    @classmethod
    def of(cls, text: str) -> "Remark":
        return cls(text, markup.comment_html(text).html, fingerprint(text))


class Material:
    """An archive's worth of it, for this many stories."""

    def __init__(self, articles: int) -> None:
        self.chance = Random("material")
        self.writer = Writer(self.chance)
        Masthead.objects.update_or_create(pk=1, defaults={"name": "The Measured Times"})
        StandingPage.put_up(title="About us", slug="about", body=self.writer.paragraph(6))
        self.desk = User.objects.create_superuser("desk", password=None)
        self.moderator = self._login("moderator", "Moderator")
        self.pictures = [self._picture(number) for number in range(min(PICTURES, 1 + articles // 50))]
        self.people = [self._person(number) for number in range(min(PEOPLE, 20 + articles))]
        self.tags = self._tags(min(TOPICS, 40 + articles))
        self.sections = list(self._sections())
        self.quiet = next(section for section in self.sections if section.path == QUIET)
        self.passages = [Passage.of(text) for text in self._texts(max(60, min(PASSAGES, articles)))]
        self.rare = Passage.of(f"{self.writer.title(9)} {RARE} {self.writer.words(12)}.")
        self.remarks = [Remark.of(self._said()) for _ in range(REMARKS)]

    def _login(self, name: str, role: str) -> User:
        user = User.objects.create_user(name, is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        return user

    def _picture(self, number: int) -> Image:
        file = BytesIO()
        draw(list(SCENES)[number % len(SCENES)], number).save(file, "JPEG")
        words: dict[str, Any] = {"title": self.writer.title(3), "alt": self.writer.title(8)}
        return Image.add(
            file.getvalue(),
            caption=self.writer.sentence(9),
            credit=f"Photograph: {self.writer.name()}",
            **words,
        )

    def _person(self, number: int) -> Contributor:
        user = self._login(f"writer{number}", "Contributor") if number < LOGINS else None
        portrait = self.pictures[number % len(self.pictures)] if number % 2 else None
        facts = {"role": f"{self.writer.title(1)} correspondent", "bio": self.writer.paragraph(3)}
        return Contributor.objects.create(name=self.writer.name(), user=user, portrait=portrait, **facts)

    def _tags(self, count: int) -> list[Tag]:
        names = {self.writer.title(1, 2): None for _ in range(count * 3)}
        return Tag.objects.named(*list(names)[:count])

    def _sections(self) -> Iterator[Section]:
        for order, (name, below) in enumerate(DISTRICTS.items()):
            main = self._section(name, None, order)
            yield main
            for slug in below.split():
                district = self._section(slug, main)
                yield district
                if name == "world":
                    yield from (self._section(land, district) for land in LANDS.split())
        yield self._section("atolls", Section.objects.get(path="world/oceania"))

    def _section(self, slug: str, parent: Section | None, order: int = 100) -> Section:
        name, description = slug.replace("-", " ").title(), self.writer.sentence(12)
        return Section.objects.create(
            name=name, slug=slug, parent=parent, order=order, description=description
        )

    def _texts(self, count: int) -> Iterator[str]:
        """Paragraphs, now and then under a heading, as a quotation or with a picture. Two hold the phrase."""
        headings = dict.fromkeys(self.writer.title(3, 6) for _ in range(count))
        for number, heading in enumerate(headings):
            paragraph = self.writer.paragraph(self.chance.choice([3, 4, 5]))
            if number < 2:
                paragraph += f" {self.writer.title(4)} {PHRASE} {self.writer.words(5)}."
            yield self._rendered_anew(number, heading, paragraph)

    def _rendered_anew(self, number: int, heading: str, paragraph: str) -> str:
        if number % 8 == 3:
            return f"## {heading}\n\n{paragraph}"
        if number % 20 == 5:
            return f"> {paragraph}"
        if number % 40 == 7:
            picture = self.pictures[number % len(self.pictures)]
            return f'{paragraph}\n\n![](image:{picture.pk} "{heading}.")'
        return paragraph

    def _said(self) -> str:
        return "\n\n".join(
            self.writer.paragraph(self.chance.choice([1, 2, 2, 3]))
            for _ in range(self.chance.choice([1, 1, 2]))
        )


def to_search() -> dict[str, str]:
    """Questions for the search, by what they ask of it."""
    return {"common word": COMMON, "rare word": RARE, "phrase": f'"{PHRASE}"'}


def joined(passages: Sequence[Passage]) -> Passage:
    """The passages as one text. What each becomes does not depend on its neighbours."""
    return Passage(
        "\n\n".join(passage.source for passage in passages),
        "\n".join(passage.html for passage in passages),
        "\n".join(passage.text for passage in passages),
        sum(passage.word_count for passage in passages),
    )
