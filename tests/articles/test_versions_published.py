"""Which version a verb acts on: nothing is published twice, and events name for ever what went before readers."""

import pytest
import time_machine
from django.utils import timezone

from articles.models import Article, ArticleEvent, IllegalMove, NotReady
from newsroom.foundations.models import Purge
from tests import make

pytestmark = pytest.mark.django_db


def latest(article):
    """What somebody says who looks at the latest version."""
    return {"by": None, "expected": article.latest_revision}


def soon():
    return timezone.now() + make.hours(1)


def told(article):
    """Of each event, oldest first: the verb, the version it acted on, and the one it took the place of."""
    events = article.events.select_related("revision", "replaced").order_by("pk")
    return [(e.verb, e.revision.number, e.replaced.number if e.replaced else None) for e in events]


@pytest.mark.parametrize("ahead", [None, 1])
@pytest.mark.parametrize("minor", [True, False])
def test_what_readers_see_already_is_not_published_again(ahead, minor):
    article = make.article()
    before, purges, events = (
        Article.objects.values().get(),
        Purge.objects.count(),
        ArticleEvent.objects.count(),
    )

    assert not article.can("publish")
    with pytest.raises(IllegalMove, match="readers see these words already"):
        article.publish(**latest(article), at=ahead and soon(), minor=minor)

    assert Article.objects.values().get() == before
    assert (Purge.objects.count(), ArticleEvent.objects.count()) == (purges, events)


def test_going_back_to_the_words_readers_see_is_nothing_new():
    article = make.article(headline="Talks stall")
    article.revise(by=None, headline="Talks resume")
    article.revise(by=None, headline="Talks stall")

    with pytest.raises(IllegalMove, match="nothing new"):
        article.publish(**latest(article))


def test_a_planned_change_does_not_make_the_words_of_now_new():
    article = changing()

    with pytest.raises(IllegalMove, match="nothing new"):
        article.publish(**latest(article), version=1)


def changing(**words):
    """A live article, version 2 of which replaces version 1 in an hour."""
    article = make.article(headline="Talks stall")
    article.revise(by=None, headline="Talks resume", **words)
    article.publish(**latest(article), at=soon())
    return article


def test_what_the_clock_replaces_is_told_from_what_a_person_publishes():
    article = changing()
    article.revise(by=None, headline="Written since")

    with time_machine.travel(soon()):
        article.replace()

    assert told(article) == [("publish", 1, None), ("publish", 2, None), ("replace", 2, 1)]
    assert article.events.first().past == "replaced as planned"


def test_a_person_publishing_says_what_went_out_for_it(editor):
    article = make.article()
    article.revise(by=editor, headline="Talks resume")

    article.publish(by=editor, expected=2)

    assert told(article)[-1] == ("publish", 2, 1)


def test_withdrawing_and_putting_back_name_the_version_that_was_live():
    article = make.article()
    article.revise(by=None, headline="Never published")

    article.withdraw(**latest(article), reason="Forged.")
    article.reinstate(**latest(article))

    assert told(article)[-2:] == [("withdraw", 1, None), ("reinstate", 1, None)]
    assert Article.objects.get().headline != "Never published"


def test_taking_off_the_schedule_names_the_version_that_was_to_appear():
    article = make.article("scheduled", at=soon())
    article.revise(by=None, headline="Written since")

    article.unschedule(**latest(article))

    assert told(article)[-1] == ("unschedule", 1, None)


def test_off_the_schedule_the_desk_sees_what_was_written_last(editor):
    article = make.article("scheduled", at=soon(), headline="As scheduled", tags=["Trade"])
    article.revise(by=editor, headline="Written since", tags=["Steel"])

    article.unschedule(by=editor, expected=2)

    article = Article.objects.get()
    assert (article.headline, [tag.name for tag in article.tag_list()]) == ("Written since", ["Steel"])
    assert (article.approved.number, article.adopted) == (1, None)


def test_cancelling_names_the_version_that_was_planned():
    article = changing()
    article.revise(by=None, headline="Written since")

    article.cancel_replacement(**latest(article))

    assert told(article)[-1] == ("cancel_replacement", 2, None)


def test_publishing_now_leaves_an_event_of_the_planned_change_it_cancels():
    article = changing()
    article.revise(by=None, headline="Talks end")

    article.publish(**latest(article))

    assert told(article)[-2:] == [("cancel_replacement", 2, None), ("publish", 3, 1)]
    assert not article.will_change


def test_publishing_now_may_leave_the_planned_change_waiting():
    article = changing()
    article.revise(by=None, headline="Talks end")

    article.publish(**latest(article), keep_planned=True)

    assert article.replacement.number == 2
    with time_machine.travel(soon()):
        article.replace()
    assert told(article)[-2:] == [("publish", 3, 1), ("replace", 2, 3)]


def test_what_is_planned_may_be_published_at_once_and_is_then_not_cancelled():
    article = changing()

    article.publish(**latest(article))

    assert told(article)[-1] == ("publish", 2, 1)
    assert ("cancel_replacement", 2, None) not in told(article)
    assert not article.will_change


def test_another_version_planned_says_which_it_took_the_place_of():
    article = changing()
    article.revise(by=None, headline="Talks end")

    article.publish(**latest(article), at=soon())

    assert told(article)[-1] == ("publish", 3, 2)


def test_withdrawing_leaves_an_event_of_the_planned_change_it_cancels():
    article = changing()

    article.withdraw(**latest(article), reason="Forged.")

    assert told(article)[-2:] == [("cancel_replacement", 2, None), ("withdraw", 1, None)]


def test_a_withdrawn_article_is_put_back_as_corrected(client, editor):
    article = make.article("withdrawn", headline="Forged", slug="letter")
    article.revise(by=editor, headline="What the letter was", slug="the-letter")
    former = article.get_absolute_url()
    assert "Version 2 was saved since." in article.status_sentence()

    article.reinstate(by=editor, expected=2, version=2)

    assert "What the letter was" in client.get(article.get_absolute_url()).text
    assert client.get(former).status_code == 301
    assert told(article)[-1] == ("reinstate", 2, 1)
    assert article.updated_at


def test_a_scheduled_article_says_which_version_goes_out_and_that_there_is_a_newer():
    with time_machine.travel("2026-05-18 04:00+0000", tick=False):
        article = make.article("scheduled", at=timezone.now() + make.hours(2))
        article.revise(by=None, headline="Written since")

        sentence = article.status_sentence()

    assert sentence == (
        "Scheduled for 06:00. Version 1 goes out then, and not version 2, which was saved since."
    )


@pytest.mark.parametrize(
    ("version", "headline", "replaced"), [(None, "Written since", 1), (1, "First", None)]
)
def test_a_scheduled_article_that_was_edited_goes_out_in_the_version_chosen(version, headline, replaced):
    article = make.article("scheduled", at=soon(), headline="First")
    article.revise(by=None, headline="Written since")

    article.publish(**latest(article), at=soon() + make.hours(1), version=version)

    assert (article.headline, article.is_scheduled) == (headline, True)
    assert told(article)[-1] == ("publish", version or 2, replaced)


@pytest.mark.parametrize("version", [2, 9, "1"])
def test_no_version_goes_out_but_the_latest_or_the_one_scheduled(version):
    article = make.article("scheduled", at=soon())
    for headline in ("Second", "Third"):
        article.revise(by=None, headline=headline)

    with pytest.raises(NotReady, match="Choose the latest version"):
        article.publish(**latest(article), at=soon(), version=version)
