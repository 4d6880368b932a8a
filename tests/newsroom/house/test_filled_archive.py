"""The archive that `python -m benchmarks.fill` makes: row for row what the desk's verbs would have left behind."""

import pytest
from django.db import connection, transaction

from articles.models import Article, Contributor, Section, Tag
from articles.models.days import Day
from articles.models.revisions import CONTENT
from benchmarks import words
from benchmarks.fill import fill
from comments.models import Comment, Reader, Thread

STORIES = 50
OWN = {"id", "slug", "created_at", "started_by_id", "adopted_id"}  # which no two stories share


@pytest.fixture(scope="module")
def archive(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        fill(STORIES)
        yield
        transaction.set_rollback(True)


def row_of(article):
    article = Article.objects.get(pk=article.pk)
    return {field.attname: getattr(article, field.attname) for field in Article._meta.concrete_fields}


def relations_of(article):
    credits = list(article.bylines.order_by("order").values_list("contributor", "role", "order", "live_at"))
    figures = sorted(article.figures.values_list("image", flat=True))
    return credits, sorted(article.tagged.values_list("tag", "live_at")), figures


def history_of(article):
    events = article.events.order_by("pk").select_related("revision")
    return [(e.verb, e.by, e.start, e.end, e.reason, e.takes_effect, e.revision.number) for e in events]


def twin_of(article, by=None):
    """The same story, begun by the verb."""
    content = article.latest_revision.content | {"slug": f"{article.slug}-again"}
    section, picture = Section.objects.get(pk=content["section"]), content["picture"]
    return Article.start(
        by=by, **{name: content[name] for name in CONTENT} | {"section": section, "picture": picture}
    )


def test_every_story_is_there_and_every_key_leads_somewhere(archive, db):
    connection.check_constraints()

    assert Article.objects.published().count() == STORIES
    assert {*Article.objects.values_list("state", flat=True)} == {
        "draft",
        "in_review",
        "approved",
        "published",
    }
    assert Article.objects.scheduled().count() > 1


def test_a_live_story_is_the_row_that_publishing_it_makes(archive, db):
    for article in Article.objects.published().order_by("-pk")[:12]:
        filled = row_of(article), relations_of(article)

        for headline in ("Another headline", article.headline):
            article.publish(by=None, expected=article.revise(by=None, headline=headline), minor=True)

        now = row_of(article) | {"adopted_id": filled[0]["adopted_id"]}
        assert {name: (value, now[name]) for name, value in filled[0].items() if now[name] != value} == {}
        assert relations_of(article) == filled[1]


@pytest.mark.parametrize("pile", ["drafts", "in_review", "approved"])
def test_a_story_on_the_desk_is_the_row_its_writer_left(archive, db, pile):
    article = getattr(Article.objects, pile)().order_by("-pk").first()
    twin = twin_of(article)

    assert relations_of(twin) == relations_of(article)
    differing = {name for name, value in row_of(article).items() if row_of(twin)[name] != value}
    assert differing <= {*OWN, "state", "approved_id"}  # the twin is a draft, which nobody has approved


def test_a_story_has_the_history_that_the_verbs_leave(archive, db):
    article = Article.objects.published().filter(updated_at=None, adopted__number=1).last()
    writer, desk = (article.events.get(verb=verb).by for verb in ("submit", "publish"))
    twin = twin_of(article, by=writer)

    twin.submit(by=writer, expected=twin.latest_revision)
    twin.approve(by=desk, expected=twin.latest_revision)
    twin.publish(by=desk, expected=twin.latest_revision)

    assert history_of(twin) == history_of(article)


def test_a_conversation_is_what_restoring_its_comments_makes(archive, db):
    article = Article.objects.published().newest_first().first()
    filled = list(Comment.objects.filter(thread=article.pk).order_by("number"))
    twin, again = Thread.for_article(twin_of(article)), {}

    for comment in filled:
        again[comment.pk] = twin.restore(
            text=comment.text, name=comment.name, state=comment.state, parent=again.get(comment.parent_id)
        )

    apart = {"id", "thread_id", "parent_id", "reader_id", "key", "ip_hash", "received_at"}
    said = [field.attname for field in Comment._meta.concrete_fields if field.attname not in apart]
    assert len(filled) == 20
    for comment in filled:
        assert [getattr(again[comment.pk], name) for name in said] == [
            getattr(comment, name) for name in said
        ]


def test_readers_stand_as_their_comments_were_judged(archive, db):
    for reader in Reader.objects.all()[:20]:
        counted = (reader.approved, reader.rejected, reader.spam)

        reader.recount()

        assert (reader.approved, reader.rejected, reader.spam) == counted


def test_every_day_is_counted(archive, db):
    filled = list(Day.objects.order_by("day").values())

    Day.objects.recount(*Article.objects.values_list("published_on", flat=True))

    assert list(Day.objects.order_by("day").values()) == filled != []


def test_every_page_answers(archive, db, client):
    live = Article.objects.published().select_related("section")
    people = Contributor.objects.filter(bylines__article__in=live).distinct()
    tags = Tag.objects.filter(tagged_articles__content_object__in=live).distinct()
    pages = [one.get_absolute_url() for one in [*live, *Section.objects.all(), *people, *tags]]
    maps = ["/sitemap.xml", "/news-sitemap.xml", "/sitemaps/standing.xml"]

    for page in ["/", "/feed/", *pages, *maps]:
        assert client.get(page).status_code == 200, page


@pytest.mark.parametrize("asked", [words.COMMON, words.RARE, f'"{words.PHRASE}"'])
def test_the_words_to_search_for_are_found(archive, db, client, asked):
    assert "<mark>" in client.get("/search/", {"q": asked}).text
