"""No page a reader can ask for puts more than three questions to the database, however much there is to show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Contributor, Note, Section, Tag
from articles.models.order import Cursor
from comments.models import Comment
from newsroom.foundations import markup
from newsroom.foundations.pagecache import memory
from tests import make

pytestmark = pytest.mark.django_db
CEILING = 3
SECTIONS = ["world", "world/americas", "culture"]


@pytest.fixture
def paper():
    return Paper()


class Paper:
    """Stories by one person about one topic in three sections, the last of them discussed."""

    def __init__(self):
        self.ana = make.contributor("Ana Beltrán", portrait=make.image())
        self.harbour = make.image()
        for path in SECTIONS:
            make.section(path)

    def print(self, articles):
        for number in range(articles):
            article = make.article(
                section=SECTIONS[number % 3],
                kind="opinion" if number % 5 == 4 else "news",
                bylines=[(self.ana, "by"), (self.ana, "photographs"), (make.contributor(), "with")],
                picture=self.harbour,
                tags=["Trade", "Steel", f"Port {number}"],
            )
        said = None
        for _ in range(articles):
            said = make.comment(article=article, parent=said if said and said.depth < 3 else None)
        self.discussed = article
        for number in range(min(articles, 9)):
            article.correct(by=None, expected=1, note=Note("clarification", f"Port {number} is open."))
        tag, person = Tag.objects.get(name="Trade"), self.ana
        pages = ["/", "/world/", "/world/americas/", tag.get_absolute_url(), person.get_absolute_url()]
        return [*pages, article.get_absolute_url(), "/feeds/", "/corrections/"]


def questions(client, address, status=200):
    """Asked when the page is drawn again after everything it shows was corrected and more came: sections and rules are
    remembered, of articles, contributors and tags nothing."""
    client.get(address)
    cards = [f"card:{pk}" for pk in Article.objects.values_list("pk", flat=True)]
    lists = [f"newest:section:{pk}" for pk in Section.objects.values_list("pk", flat=True)]
    people = [f"by:{pk}" for pk in Contributor.objects.values_list("pk", flat=True)]
    tags = [f"tag:{pk}" for pk in Tag.objects.values_list("pk", flat=True)]
    memory.forget([*cards, *lists, *people, *tags, "front:plan"])
    client.forget_pages()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == status, address
    return [question["sql"] for question in asked.captured_queries]


def over_the_ceiling(client, addresses):
    asked = {address: questions(client, address) for address in addresses}
    return {address: found for address, found in asked.items() if len(found) > CEILING}


@pytest.mark.parametrize("articles", [1, 20])
def test_no_page_puts_more_than_three_questions(client, paper, articles):
    pages = paper.print(articles)

    assert over_the_ceiling(client, pages) == {}


@pytest.mark.parametrize("articles", [1, 20])
def test_no_feed_puts_more_than_three_questions(client, paper, articles):
    pages = [*paper.print(articles)[:5], "/corrections/"]
    feeds = [f"{page}{form}" for page in pages for form in ("feed/", "feed/atom/")]

    assert over_the_ceiling(client, feeds) == {}


def test_long_lists_ask_no_more_than_one_story_does(client, paper):
    few = {page: len(questions(client, page)) for page in paper.print(len(SECTIONS))[:5]}
    many = {page: len(questions(client, page)) for page in paper.print(20)[:5]}

    assert many == few


def test_further_pages_of_a_list_ask_no_more(client, paper):
    paper.print(50)
    place = Cursor.beside(Article.objects.published().newest_first()[22])
    pages = ("/world/", "/topics/trade/", paper.ana.get_absolute_url())

    assert (
        over_the_ceiling(client, [f"{page}?{way}={place}" for page in pages for way in ("before", "after")])
        == {}
    )


def test_who_comes_to_a_former_address_is_sent_on_as_cheaply(client, paper):
    paper.print(1)
    former = paper.discussed.get_absolute_url()
    elsewhere = former.replace("/world/", "/culture/")
    paper.discussed.revise(by=None, slug="another-slug")
    paper.discussed.publish(by=None, expected=paper.discussed.latest_revision)

    assert len(questions(client, former, status=301)) <= CEILING
    assert len(questions(client, elsewhere, status=301)) <= CEILING
    paper.discussed.withdraw(by=None, expected=paper.discussed.latest_revision, reason="It was forged.")
    assert len(questions(client, former, status=410)) <= CEILING
    assert len(questions(client, paper.discussed.get_absolute_url(), status=410)) <= CEILING
    assert len(questions(client, "/world/2020/01/01/never/", status=404)) <= CEILING


def test_no_page_counts_skips_or_sorts_the_archive(client, paper):
    # psycopg does not tell the words of what it has prepared; SQLite's are all told.
    asked = [sql for page in paper.print(20) for sql in questions(client, page) if sql]

    assert not [sql for sql in asked if "OFFSET" in sql]
    # Only how many of a few dozen taggings two stories share is ever counted.
    assert not [sql for sql in asked if "COUNT(" in sql and "GROUP BY row" not in sql]


@pytest.mark.sqlite_only  # PostgreSQL is told the values apart from the question, and so cannot be asked for its plan
def test_related_stories_look_at_the_newest_of_each_topic_by_its_index(client, paper):
    paper.print(3)
    (related,) = [
        sql for sql in questions(client, paper.discussed.get_absolute_url()) if "content_object" in sql
    ]

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {related}")
        plan = str(cursor.fetchall())

    assert plan.count("live_about_tag") == 1
    assert "SCAN articles_article" not in plan


def test_what_was_rendered_by_an_earlier_version_is_never_shown_so(client, paper):
    paper.print(1)
    Article.objects.update(body_html="<p>old text</p>", rendered_version=markup.VERSION - 1)
    Comment.objects.update(html="<p>old text</p>", rendered_version=markup.VERSION - 1)

    for address in (paper.discussed.get_absolute_url(), "/feed/"):
        page = client.get(address).text
        assert "old text" not in page
        assert "It lists what each would refuse." in page
    assert "The harbour master told us" in client.get(paper.discussed.get_absolute_url()).text
