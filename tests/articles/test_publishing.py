"""From the desk to the readers: what publishing needs, what it fixes, what it tells."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, NotReady, UrlTaken
from articles.signals import article_moved
from comments.models import Thread
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def moves():
    """What the doorbell said, in order."""
    heard = []

    def listen(article, verb, **kwargs):
        heard.append((article.pk, verb))

    article_moved.connect(listen)
    yield heard
    article_moved.disconnect(listen)


def test_a_published_article_is_before_readers(client):
    article = make.article(headline="Ports reopen")

    assert "Ports reopen" in client.get(article.get_absolute_url()).text


@pytest.mark.parametrize("lacking", ["headline", "body"])
def test_readers_need_a_headline_and_a_text(lacking):
    article = make.article("draft", **{lacking: "  "})

    with pytest.raises(NotReady):
        article.publish(by=None, expected=article.latest_revision)

    assert Article.objects.get().state == "draft"


def test_the_address_holds_the_day_in_the_papers_own_zone(settings):
    settings.TIME_ZONE = "Asia/Tokyo"

    article = make.article(at=datetime(2026, 5, 17, 20, 0, tzinfo=UTC), slug="steel")

    assert article.get_absolute_url() == "/world/americas/2026/05/18/steel/"


def test_the_day_of_first_publication_never_changes(time_machine):
    time_machine.move_to("2026-05-18 12:00+0000", tick=False)
    article = make.article()

    time_machine.move_to("2026-06-02 12:00+0000", tick=False)
    article.revise(by=None, headline="Ports are open")
    article.publish(by=None, expected=article.latest_revision)

    assert article.published_on == date(2026, 5, 18)
    assert article.publish_at == datetime(2026, 5, 18, 12, tzinfo=UTC)


def test_a_change_of_substance_shows_its_time_and_a_minor_one_does_not(time_machine):
    time_machine.move_to("2026-05-18 12:00+0000", tick=False)
    article = make.article()
    time_machine.move_to("2026-05-18 15:00+0000", tick=False)

    article.publish(by=None, expected=article.revise(by=None, headline="Ports reopened"), minor=True)
    assert not article.was_updated

    article.publish(by=None, expected=article.revise(by=None, headline="Ports closed again"))
    assert article.was_updated
    assert article.updated_at == datetime(2026, 5, 18, 15, tzinfo=UTC)


def test_an_import_may_date_a_story_back(client):
    article = make.article(at=datetime(2011, 3, 4, 5, 6, tzinfo=UTC), slug="old")

    assert client.get("/world/americas/2011/03/04/old/").status_code == 200
    assert article.announced


def test_two_stories_of_a_day_cannot_share_a_slug():
    make.article(slug="steel")
    other = make.article("approved", slug="steel")

    with pytest.raises(UrlTaken, match="steel"):
        other.publish(by=None, expected=other.latest_revision)

    assert Article.objects.get(pk=other.pk).state == "approved"


def test_two_stories_of_different_days_can_share_a_slug(client):
    old = make.article(slug="steel", at=timezone.now() - make.hours(48))
    new = make.article(slug="steel")

    assert old.get_absolute_url() != new.get_absolute_url()
    assert client.get(old.get_absolute_url()).status_code == 200


def test_a_former_slug_is_never_given_to_another_story():
    article = make.article(slug="steel")
    article.revise(by=None, slug="steel-and-grain")
    article.publish(by=None, expected=article.latest_revision)

    with pytest.raises(UrlTaken):
        make.article(slug="steel")


def test_a_slug_readers_never_saw_is_free_for_others():
    article = make.article("scheduled", at=timezone.now() + make.hours(1), slug="steel")
    article.revise(by=None, slug="grain")
    article.publish(by=None, expected=article.latest_revision)

    other = make.article(slug="steel")

    assert not article.former_slugs.exists()
    assert other.is_live


def test_a_headline_without_latin_letters_has_an_address(client):
    article = make.article(headline="Порты снова открыты")

    assert client.get(article.get_absolute_url()).status_code == 200
    assert make.article(headline="+++").slug


def test_a_text_beyond_the_limits_is_refused_in_words():
    article = make.article("approved", body="[" * 10_000)

    with pytest.raises(NotReady):
        article.publish(by=None, expected=article.latest_revision)


def test_the_database_itself_refuses_a_published_article_without_a_time():
    article = make.article("approved")

    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(state="published")


def test_those_upstairs_hear_of_a_move_inside_its_transaction(moves):
    article = make.article("approved")
    moves.clear()

    with transaction.atomic():
        article.publish(by=None, expected=article.latest_revision)
        assert moves == [(article.pk, "publish")]


def test_what_those_upstairs_write_stands_or_falls_with_the_move():
    article = make.article("approved")

    with pytest.raises(RuntimeError), transaction.atomic():
        article.publish(by=None, expected=article.latest_revision)
        assert Thread.objects.filter(article=article).exists()
        raise RuntimeError

    assert Article.objects.get().state == "approved"
    assert not Thread.objects.exists()


def test_a_move_that_those_upstairs_cannot_follow_is_not_made():
    article = make.article("approved")

    def stumble(**kwargs):
        raise RuntimeError("no room for its conversation")

    article_moved.connect(stumble)
    try:
        with pytest.raises(RuntimeError):
            article.publish(by=None, expected=article.latest_revision)
    finally:
        article_moved.disconnect(stumble)

    assert Article.objects.get().state == "approved"


def test_bylines_and_tags_are_those_of_the_version_published(client):
    ana, marc = make.contributor("Ana"), make.contributor("Marc")
    article = make.article(bylines=[(ana, "by")], tags=["Trade"])
    article.revise(by=None, bylines=[(marc, "by"), (ana, "photographs")], tags=["Steel"])
    assert [byline.contributor for byline in article.credits()] == [ana]

    article.publish(by=None, expected=article.latest_revision)

    assert [(byline.contributor, byline.role) for byline in article.credits()] == [
        (marc, "by"),
        (ana, "photographs"),
    ]
    assert client.get("/topics/trade/").status_code == 404
    assert client.get("/topics/steel/").status_code == 200
