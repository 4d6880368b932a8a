"""The nights in which clocks go forward and back: no time that is skipped or comes twice, and each at its instant."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from articles.models import Article, UnderEmbargo
from tests import make
from tests.articles.test_admin_moving import move
from tests.client import NewsroomClient

pytestmark = pytest.mark.django_db

SPRING, AUTUMN = "2027-03-28", "2027-10-31"
IN_THESE_NIGHTS = [  # by the clocks of Berlin, and in UTC: an hour's wait is two by the clock in spring, none in autumn
    (SPRING, "01:59", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
    (SPRING, "03:00", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
    (AUTUMN, "01:59", datetime(2027, 10, 30, 23, 59, tzinfo=UTC)),
    (AUTUMN, "03:00", datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
]
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def berlin(settings):
    settings.TIME_ZONE = "Europe/Berlin"


@pytest.fixture
def evening(berlin, time_machine, request):
    """Six hours before a time in one of these nights. Each test moves the clock on from there."""
    time_machine.move_to(request.getfixturevalue("instant") - timedelta(hours=6), tick=False)
    return time_machine


def ask(article, verb, **given):
    """An editor logs in, now, and presses the button."""
    desk = NewsroomClient()
    desk.force_login(make.user("editor"))
    return move(desk, article, verb, **given)


@pytest.mark.parametrize("verb", ["publish", "embargo", "redate"])
@pytest.mark.parametrize(("day", "sentence"), [(SPRING, "does not exist"), (AUTUMN, "comes twice")])
def test_a_time_that_is_skipped_or_comes_twice_is_refused_with_a_sentence(
    berlin, time_machine, verb, day, sentence
):
    now = datetime(2028, 1, 1, tzinfo=UTC) if verb == "redate" else datetime(2027, 1, 1, tzinfo=UTC)
    time_machine.move_to(now, tick=False)
    article = make.article("published" if verb == "redate" else "approved")
    before = Article.objects.values().get()

    answer = ask(article, verb, when="later", day=day, clock="02:30", reason="It was agreed.")

    assert sentence in answer.text
    assert Article.objects.values().get() == before


@pytest.mark.parametrize(("day", "clock", "instant"), IN_THESE_NIGHTS)
def test_a_scheduled_story_appears_at_its_instant_on_pages_stored_before(
    client, evening, day, clock, instant
):
    article = make.article("approved", headline="Talks resume")
    ask(article, "publish", when="later", day=day, clock=clock)
    pages = ["/", "/world/americas/", "/world/americas/feed/", Article.objects.get().get_absolute_url()]

    evening.move_to(instant - A_SECOND, tick=False)
    assert not [page for page in pages if "Talks resume" in client.get(page).text]

    evening.move_to(instant, tick=False)
    assert [page for page in pages if "Talks resume" in client.get(page).text] == pages
    assert Article.objects.get().published_on == date.fromisoformat(day)


@pytest.mark.parametrize(("day", "clock", "instant"), IN_THESE_NIGHTS)
def test_an_embargo_ends_at_its_instant(evening, day, clock, instant):
    article = make.article("approved")
    ask(article, "embargo", day=day, clock=clock, reason="")

    evening.move_to(instant - A_SECOND, tick=False)
    with pytest.raises(UnderEmbargo):
        article.publish(by=None, expected=1)

    evening.move_to(instant, tick=False)
    article.publish(by=None, expected=1)
    assert article.is_live


@pytest.mark.parametrize(("day", "clock", "instant"), IN_THESE_NIGHTS)
def test_a_replacement_is_adopted_at_its_instant(client, evening, day, clock, instant):
    article = make.article(headline="Talks stall")
    article.revise(by=None, headline="Talks resume")
    ask(article, "publish", when="later", day=day, clock=clock)
    url = article.get_absolute_url()

    evening.move_to(instant - A_SECOND, tick=False)
    call_command("run_due", stdout=StringIO())
    assert "Talks stall" in client.get(url).text

    evening.move_to(instant, tick=False)
    call_command("run_due", stdout=StringIO())
    assert "Talks resume" in client.get(url).text
    assert Article.objects.get().updated_at == instant


@pytest.mark.parametrize(("day", "clock", "instant"), IN_THESE_NIGHTS)
def test_a_date_of_first_publication_is_its_instant(evening, day, clock, instant):
    evening.move_to(instant + timedelta(days=30), tick=False)
    article = make.article()

    ask(article, "redate", day=day, clock=clock, reason="The archive says so.")

    assert Article.objects.get().publish_at == instant


def test_two_stories_of_the_hour_that_comes_twice_stand_in_the_order_in_which_they_appeared(
    client, berlin, time_machine
):
    time_machine.move_to(datetime(2027, 10, 31, 6, tzinfo=UTC), tick=False)
    make.article(headline="Second half past two", at=datetime(2027, 10, 31, 1, 30, tzinfo=UTC))
    make.article(headline="First half past two", at=datetime(2027, 10, 31, 0, 30, tzinfo=UTC))

    page = client.get("/world/americas/").text

    assert page.index("Second half") < page.index("First half")
