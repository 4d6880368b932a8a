"""Fills an empty newsroom with articles of ordinary length, one of them much discussed, by the desk's own verbs.

Run by `python -m benchmarks` in the environment of the site to be measured; the last line printed is what to measure.
"""

import json
import sys
from datetime import timedelta
from io import BytesIO
from random import Random

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.models import Article, Contributor, Image, Section  # noqa: E402
from comments.models import Comment, Thread  # noqa: E402
from newsroom.demo.pictures import SCENES, draw  # noqa: E402

ARTICLES, WORDS, COMMENTS = 1000, 700, 20
TREE = (
    "world/americas world/europe world/asia politics business/markets business/work culture science".split()
)
SYLLABLES = "ka lo mer tin sa ver don pel ri an tor mi ces ba lun der fo sti".split()
SPACING = timedelta(hours=3)  # between one article and the next


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    with transaction.atomic():
        discussed = Filling(Random("newsroom")).run()
    connection.cursor().execute("ANALYZE")
    print(json.dumps(to_measure(discussed)))


def to_measure(discussed: Article) -> dict[str, dict[str, object]]:
    """The pages' addresses, and how many queries each takes."""
    pages = {
        "front": "/",
        "section": discussed.section.get_absolute_url(),
        "article": discussed.get_absolute_url(),
    }
    return {name: {"path": path, "queries": queries(path)} for name, path in pages.items()}


def queries(path: str) -> int:
    client = Client(SERVER_NAME="127.0.0.1")
    client.get(path)  # what is only read once a process is not counted
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200, path
    return len(captured)


class Filling:
    """The same newsroom each time, apart from its dates."""

    def __init__(self, chance: Random) -> None:
        self.chance, self.now = chance, timezone.now()

    def run(self) -> Article:
        """Returns the discussed article, which is filed under World › Americas."""
        self.sections = [self.section(path) for path in TREE]
        self.people = [self.person() for _ in range(25)]
        self.pictures = [self.picture(number) for number in range(12)]
        self.tags = [self.words(1).capitalize() for _ in range(60)]
        for number in range(ARTICLES):
            article = self.article(number)
        self.discuss(article)
        return article

    def article(self, number: int) -> Article:
        newest = number == ARTICLES - 1
        article = Article.start(
            by=None,
            kind=self.chance.choice(["news", "news", "news", "analysis", "opinion"]),
            headline=self.words(9).capitalize(),
            standfirst=self.words(22).capitalize() + ".",
            body=self.body(),
            section=self.sections[0] if newest else self.chance.choice(self.sections),
            picture=self.chance.choice(self.pictures),
            bylines=[
                (person, "by") for person in self.chance.sample(self.people, self.chance.choice([1, 1, 2]))
            ],
            tags=self.chance.sample(self.tags, 4),
        )
        article.publish(by=None, at=self.now - (ARTICLES - number) * SPACING)
        return article

    def discuss(self, article: Article) -> None:
        said: list[Comment] = []
        for number in range(COMMENTS):
            parent = self.chance.choice(said) if number % 3 == 2 else None
            said.append(
                Thread.for_article(article).restore(
                    text=f"{self.words(30).capitalize()}.\n\n{self.words(25).capitalize()}.",
                    name=self.words(2).title(),
                    email=f"{number}@example.org",
                    parent=parent,
                )
            )

    def body(self) -> str:
        paragraphs = [self.words(WORDS // 10).capitalize() + "." for _ in range(10)]
        paragraphs[3] = f"## {self.words(4).capitalize()}\n\n{paragraphs[3]}"
        paragraphs[7] = f"## {self.words(4).capitalize()}\n\n> {paragraphs[7]}"
        return "\n\n".join(paragraphs)

    def section(self, path: str) -> Section:
        parent = None
        for slug in path.split("/"):
            parent, _created = Section.objects.get_or_create(
                parent=parent, slug=slug, defaults={"name": slug.title()}
            )
        return parent

    def person(self) -> Contributor:
        return Contributor.objects.create(
            name=self.words(2).title(), role="Correspondent", bio=self.words(30)
        )

    def picture(self, number: int) -> Image:
        file = BytesIO()
        draw(list(SCENES)[number], number).save(file, "JPEG")
        return Image.add(
            file.getvalue(), title=f"Picture {number}", alt=self.words(8), credit=self.words(2).title()
        )

    def words(self, number: int) -> str:
        return " ".join(self.word() for _ in range(number))

    def word(self) -> str:
        return "".join(self.chance.choices(SYLLABLES, k=self.chance.choice([1, 2, 2, 3])))


if __name__ == "__main__":
    sys.exit(main())
