"""The date of first publication, corrected: the former address leads on, and every list has the story in its place."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Day, IllegalMove, NotReady, UrlTaken
from tests import make
from tests.articles.test_admin_moving import move

pytestmark = pytest.mark.django_db

THEN = datetime(2019, 3, 4, 6, 0, tzinfo=UTC)


def redated(article, at=THEN, reason="The import took the day of the move for it."):
    article.redate(by=None, expected=article.latest_revision, at=at, reason=reason)
    return Article.objects.get(pk=article.pk)


def headlines(client, url):
    page = client.get(url).text
    return [words for words in ("Older", "Corrected", "Newer") if words in page], page


def test_its_address_has_the_true_date_and_the_former_one_leads_there(client):
    article = make.article(slug="steel")
    former = article.get_absolute_url()
    assert client.get(former).status_code == 200

    article = redated(article)

    assert article.get_absolute_url() == "/world/americas/2019/03/04/steel/"
    answer = client.get(former)
    assert (answer.status_code, answer["Location"]) == (301, article.get_absolute_url())
    assert 'datetime="2019-03-04' in client.get(article.get_absolute_url()).text


@pytest.mark.parametrize(
    "url", ["/world/americas/", "/world/americas/feed/", "/topics/trade/", "/topics/trade/feed/atom/"]
)
def test_stored_lists_and_feeds_have_it_in_its_new_place(client, url):
    hour = timezone.now() - make.hours(1)
    corrected = make.article(headline="Corrected", at=hour, tags=["Trade"])
    make.article(headline="Older", at=datetime(2020, 1, 1, tzinfo=UTC), tags=["Trade"])
    page = client.get(url).text
    assert page.index("Corrected") < page.index("Older")

    redated(corrected)

    page = client.get(url).text
    assert page.index("Older") < page.index("Corrected")


def test_the_sitemaps_of_both_months_say_so(client):
    article = make.article(slug="steel")
    today = article.published_on
    pages = [f"/sitemaps/{day:%Y-%m}.xml" for day in (today, date(2019, 3, 4))]
    client.get("/sitemap.xml")
    before = [client.get(page) for page in pages]

    redated(article)

    assert "steel" in before[0].text and before[1].status_code == 404
    assert client.get(pages[0]).status_code == 404
    assert "/2019/03/04/steel/" in client.get(pages[1]).text
    assert pages[1] in client.get("/sitemap.xml").text
    assert list(Day.objects.values_list("day", "articles")) == [(date(2019, 3, 4), 1)]


def test_an_address_another_story_has_is_not_taken():
    make.article(slug="steel", at=THEN)
    article = make.article(slug="steel")
    day = article.published_on

    with pytest.raises(UrlTaken):
        redated(article)

    assert Article.objects.get(pk=article.pk).published_on == day


def test_nor_is_one_that_leads_to_another_story():
    other = make.article(slug="steel", at=THEN)
    redated(other, at=THEN + timedelta(days=5))

    with pytest.raises(UrlTaken):
        redated(make.article(slug="steel"))


def test_a_date_corrected_twice_may_come_back(client):
    article = make.article(slug="steel", at=THEN)
    first = article.get_absolute_url()
    second = redated(article, at=THEN + timedelta(days=5)).get_absolute_url()

    redated(article, at=THEN)

    assert client.get(first).status_code == 200
    assert client.get(second)["Location"] == first


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (timezone.now() + timedelta(days=365), "still to come"),
        (datetime(1066, 10, 14, tzinfo=UTC), "no newspapers"),
        (THEN, "the date it has already"),
    ],
)
def test_a_date_that_cannot_be_is_refused(at, words):
    with pytest.raises(NotReady, match=words):
        redated(make.article(at=THEN), at=at)


def test_why_it_was_wrong_is_said_and_kept(editor):
    article = make.article()
    with pytest.raises(NotReady):
        redated(article, reason=" ")

    redated(article)

    event = article.events.first()
    assert (event.past, event.takes_effect) == ("date of first publication corrected", THEN)
    assert event.reason == "The import took the day of the move for it."


@pytest.mark.parametrize("state", ["draft", "scheduled", "withdrawn"])
def test_only_a_live_article_has_a_date_to_correct(state):
    at = timezone.now() + make.hours(1) if state == "scheduled" else None

    with pytest.raises(IllegalMove):
        redated(make.article(state, at=at))


def test_what_was_updated_before_it_appeared_was_not_updated():
    article = make.article(at=THEN)
    article.revise(by=None, headline="Corrected")
    article.publish(by=None, expected=2)
    Article.objects.update(updated_at=THEN + timedelta(days=1))

    assert redated(article, at=THEN + timedelta(days=2)).updated_at is None


def test_the_form_shows_the_date_it_has_and_corrects_it(client, editor):
    client.force_login(editor)
    article = make.article(at=THEN, slug="steel")
    page = client.get(f"/admin/articles/article/{article.pk}/move/redate/").text
    assert 'value="2019-03-04"' in page and "/2019/03/04/steel/" in page

    move(client, article, "redate", day="2018-12-31", clock="18:30", reason="The archive says so.")

    assert Article.objects.get().publish_at == datetime(2018, 12, 31, 18, 30, tzinfo=UTC)
