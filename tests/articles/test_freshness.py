"""A kept page goes the moment something it shows changes, and not otherwise."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles.models import Contributor, FormerPath, Section, Tag
from articles.models.order import Cursor
from comments.models import HouseRules
from newsroom.foundations.models import Purge
from newsroom.models import Masthead
from tests import make
from tests.kept import Site

pytestmark = pytest.mark.django_db


class Paper:
    """A newsroom of two sections whose pages are all in the cache."""

    def __init__(self):
        self.ana, self.marc = make.contributor("Ana Beltran"), make.contributor("Marc Tremblay")
        yesterday = timezone.now() - timedelta(days=1)
        self.article = make.article(
            headline="Talks stall",
            section="world/americas",
            bylines=[(self.ana, "by")],
            tags=["Trade"],
            at=yesterday,
        )
        self.other = make.article(
            headline="Cup final",
            section="sport",
            bylines=[(self.marc, "by")],
            tags=["Football"],
            at=yesterday,
        )
        self.page = make.page(title="Standards", slug="standards", body="We correct mistakes.")
        self.site = Site()
        self.kept = [
            "/",
            "/feed/",
            *SHOWN_BY_STORY,
            *SHOWN_BY_OTHER,
            "/standards/",
            "/feeds/",
            "/sitemap.xml",
        ]
        self.kept += [self.article.get_absolute_url(), self.other.get_absolute_url(), "/nothing/"]
        for address in self.kept:
            self.site.get(address)

    def gone(self):
        """Which of the pages are not in the cache any more."""
        return {address for address in self.kept if not self.site.get(address, method="HEAD").is_hit}


SHOWN_BY_STORY = [
    "/world/", "/world/americas/", "/world/feed/", "/world/americas/feed/", "/topics/trade/", "/topics/trade/feed/",
    "/by/ana-beltran/", "/by/ana-beltran/feed/",
]  # fmt: skip
SHOWN_BY_OTHER = ["/sport/", "/sport/feed/", "/topics/football/", "/by/marc-tremblay/"]
LISTS = {"/", "/feed/", *SHOWN_BY_STORY}


@pytest.fixture
def paper():
    return Paper()


def test_a_correction_goes_to_every_page_that_shows_the_story_and_to_no_other(paper, editor):
    paper.article.revise(by=editor, headline="Talks resume")
    assert paper.gone() == set()

    paper.article.publish(by=editor, expected=paper.article.latest_revision)

    assert paper.gone() == {*LISTS, paper.article.get_absolute_url(), "/sitemap.xml"}


def test_a_short_headline_goes_to_the_pages_that_may_show_it(paper, editor):
    paper.article.revise(by=editor, short_headline="Talks")
    paper.article.publish(by=editor, expected=paper.article.latest_revision)

    assert paper.gone() == {*LISTS, paper.article.get_absolute_url(), "/sitemap.xml"}


def test_a_correction_of_the_text_alone_leaves_the_pages_that_show_a_card(paper, editor):
    paper.article.revise(by=editor, body="The talks went on into the night.")
    paper.article.publish(by=editor, expected=paper.article.latest_revision)

    feeds = {address for address in LISTS if address.endswith("feed/")}
    assert paper.gone() == {paper.article.get_absolute_url(), "/sitemap.xml", *feeds}


def test_a_new_story_enters_its_lists_and_no_others(paper):
    make.article(
        headline="Second round", section="world/americas", tags=["Trade"], bylines=[(paper.ana, "by")]
    )

    assert paper.gone() == {*LISTS, "/sitemap.xml"}


def test_a_story_put_among_older_ones_leaves_what_does_not_show_it(paper):
    address = "/sport/2020/01/02/old/"
    paper.site.get(address)

    make.article(section="sport", slug="old", at=timezone.now().replace(year=2020, month=1, day=2))

    assert {"/sport/", "/sport/feed/"} <= paper.gone()
    assert paper.site.get(address).status == 200
    assert "/world/" not in paper.gone()


def test_a_withdrawn_story_leaves_every_page_at_once(paper, editor):
    paper.article.withdraw(
        by=editor, expected=paper.article.latest_revision, reason="It rested on a forged document."
    )

    assert paper.gone() == {*LISTS, paper.article.get_absolute_url(), "/sitemap.xml"}
    assert paper.site.get(paper.article.get_absolute_url()).status == 410

    paper.article.reinstate(by=editor, expected=paper.article.latest_revision)

    assert paper.site.get(paper.article.get_absolute_url()).status == 200


def test_what_the_desk_does_before_publication_touches_no_page(paper, writer, editor):
    draft = make.article(state="draft", section="world/americas", by=writer)
    draft.submit(by=writer, expected=draft.latest_revision)
    draft.approve(by=editor, expected=draft.latest_revision)

    assert paper.gone() == set()


def test_a_scheduled_story_appears_at_its_second_with_no_job_running(paper):
    at = timezone.now() + timedelta(hours=2)
    later = make.article(state="scheduled", headline="Dawn edition", section="world/americas", at=at)
    assert paper.gone() == set()
    assert paper.site.get(later.get_absolute_url()).status == 404

    with time_machine.travel(at - timedelta(seconds=1), tick=False):
        assert "/world/" not in paper.gone()
        assert paper.site.get(later.get_absolute_url()).is_hit
    with time_machine.travel(at, tick=False):
        assert b"Dawn edition" in paper.site.get("/world/").body
        assert b"Dawn edition" in paper.site.get("/").body
        assert paper.site.get(later.get_absolute_url()).status == 200
        assert paper.site.get("/sport/").is_hit


def test_a_scheduled_story_appears_where_its_section_has_moved_meanwhile(paper):
    at = timezone.now() + timedelta(hours=2)
    make.article(state="scheduled", headline="Dawn edition", section="world/americas/mexico", at=at)
    americas = Section.objects.get(path="world/americas")
    americas.parent = Section.objects.get(path="sport")
    americas.save()
    for address in ("/sport/", "/sport/americas/"):
        paper.site.get(address)

    with time_machine.travel(at, tick=False):
        assert b"Dawn edition" in paper.site.get("/sport/").body
        assert b"Dawn edition" in paper.site.get("/sport/americas/").body


def test_a_scheduled_story_appears_under_the_topic_that_its_own_was_made_one_with(paper):
    at = timezone.now() + timedelta(hours=2)
    make.article(state="scheduled", headline="Dawn edition", tags=["Freight"], at=at)
    Tag.objects.get(name="Trade").absorb(Tag.objects.get(name="Freight"))
    paper.site.get("/topics/trade/")

    with time_machine.travel(at, tick=False):
        assert b"Dawn edition" in paper.site.get("/topics/trade/").body


def test_what_is_scheduled_is_announced_once_however_often_its_section_is_saved(paper):
    make.article(state="scheduled", section="world/americas", at=timezone.now() + timedelta(hours=2))
    americas = Section.objects.get(path="world/americas")
    for order in (3, 4):
        americas.order = order
        americas.save()

    assert Purge.objects.filter(at__gt=timezone.now()).count() == 1


def test_a_story_taken_off_the_schedule_purges_nothing_at_its_hour(paper, editor):
    at = timezone.now() + timedelta(hours=2)
    later = make.article(state="scheduled", section="world/americas", at=at)
    later.unschedule(by=editor, expected=later.latest_revision)

    with time_machine.travel(at + timedelta(seconds=1), tick=False):
        assert paper.gone() == set()


def test_a_story_moved_to_another_hour_appears_then_and_only_then(paper, editor):
    at = timezone.now() + timedelta(hours=2)
    later = make.article(state="scheduled", headline="Dawn edition", section="world/americas", at=at)
    later.publish(by=editor, expected=later.latest_revision, at=at + timedelta(hours=1))

    with time_machine.travel(at, tick=False):
        assert paper.gone() == set()
    with time_machine.travel(at + timedelta(hours=1), tick=False):
        assert b"Dawn edition" in paper.site.get("/world/").body


def test_a_comment_touches_its_own_story_once_readers_see_it(paper, moderator):
    comment = make.comment("We knew.", state="pending", article=paper.article)
    assert paper.gone() == set()

    comment.approve(by=moderator)
    assert paper.gone() == {paper.article.get_absolute_url()}

    comment.reject(by=moderator)
    assert paper.gone() == {paper.article.get_absolute_url()}


def test_a_conversation_closes_on_kept_pages_at_its_hour():
    article, site = make.article(comments_close_after=1), Site()
    site.get(article.get_absolute_url())

    with time_machine.travel(article.publish_at + timedelta(days=1, seconds=1), tick=False):
        assert b"Leave a comment" not in site.get(article.get_absolute_url()).body


def test_house_rules_touch_the_pages_with_conversations(paper):
    HouseRules(pk=1, open=False).save()

    assert paper.gone() == {paper.article.get_absolute_url(), paper.other.get_absolute_url()}


def test_a_section_moved_takes_its_addresses_along_on_every_page(paper):
    section = make.section("world/americas")
    section.parent = make.section("sport")
    section.save()

    assert b"/sport/americas/" in paper.site.get("/").body
    assert b"Talks stall" in paper.site.get("/sport/").body
    assert b"Talks stall" not in paper.site.get("/world/").body
    former = paper.site.get("/world/americas/")
    assert (former.status, former.headers["Location"]) == (301, "/sport/americas/")


def test_a_section_far_down_renamed_touches_only_what_names_it(paper):
    deep = make.section("world/americas/mexico")
    for address in paper.kept:
        paper.site.get(address)

    deep.name = "México"
    deep.save()

    assert paper.gone() == {"/world/americas/", "/feeds/"}
    assert "México".encode() in paper.site.get("/feeds/").body


def test_a_person_renamed_is_renamed_everywhere_they_sign(paper):
    ana = Contributor.objects.get(pk=paper.ana.pk)
    ana.name = "Ana Beltran Ruiz"
    ana.save()

    assert paper.gone() == {*LISTS, paper.article.get_absolute_url()}
    assert b"Ana Beltran Ruiz" in paper.site.get(paper.article.get_absolute_url()).body


def test_a_topic_renamed_is_renamed_where_it_stands(paper):
    tag = Tag.objects.get(slug="trade")
    tag.name = "World trade"
    tag.save()

    shown = {paper.article.get_absolute_url(), "/topics/trade/"}
    assert shown <= paper.gone() <= {*shown, *LISTS} - {"/", "/world/"}
    assert b"World trade" in paper.site.get(paper.article.get_absolute_url()).body


def test_people_and_topics_are_those_of_now_when_their_pages_are_drawn_again(paper):
    paper.ana.bio, paper.ana.portrait = "She lived in Quito.", make.image()
    paper.ana.save()
    trade = Tag.objects.get(name="Trade")
    trade.name = "Free trade"
    trade.save()

    person, tag = paper.site.get("/by/ana-beltran/"), paper.site.get("/topics/trade/")
    assert b"She lived in Quito." in person.body
    assert paper.ana.portrait.fallback().url.encode() in person.body
    assert b"Free trade" in tag.body

    paper.ana.slug = "ana-maria"
    paper.ana.save()
    trade.delete()

    answers = [
        paper.site.get(path).status for path in ("/by/ana-beltran/", "/by/ana-maria/", "/topics/trade/")
    ]
    assert answers == [301, 200, 404]


def test_topics_made_one_are_one_on_every_page(paper):
    Tag.objects.get(slug="trade").absorb(Tag.objects.get(slug="football"))

    assert b"Cup final" in paper.site.get("/topics/trade/").body
    assert paper.site.get("/topics/football/").status == 301
    assert b"Football" not in paper.site.get(paper.other.get_absolute_url()).body


def test_the_name_of_the_paper_is_on_every_page(paper):
    Masthead(pk=1, name="The Meridian").save()

    assert paper.gone() >= set(paper.kept) - {"/sitemap.xml", "/nothing/"}
    assert b"The Meridian" in paper.site.get("/nothing/").body


def test_a_standing_page_changes_alone_unless_the_footer_names_it_otherwise(paper):
    paper.page.body = "We correct mistakes at once."
    paper.page.save()
    assert paper.gone() == {"/standards/"}

    paper.page.title = "Our standards"
    paper.page.save()
    assert b"Our standards" in paper.site.get("/").body


def test_what_was_not_there_is_there_once_it_is_made(paper):
    for address in ("/climate/", "/imprint/", "/by/priya-raman/", "/topics/steel/", "/climate/feed/"):
        assert paper.site.get(address).status == 404
    make.article(section="climate", bylines=[(make.contributor("Priya Raman"), "by")], tags=["Steel"])
    make.page(title="Imprint", slug="imprint", body="Who we are.")

    for address in ("/climate/", "/imprint/", "/by/priya-raman/", "/topics/steel/", "/climate/feed/"):
        assert paper.site.get(address).status == 200, address


def test_older_pages_of_a_list_stay_when_a_story_comes_on_top():
    for number in range(45):
        make.article(section="sport", at=timezone.now() - timedelta(days=1, minutes=number))
    site = Site()
    older = site.get("/sport/").body.decode().partition('rel="next" href="')[2].partition('"')[0]
    site.get(f"/sport/{older}")

    make.article(section="sport")

    assert not site.get("/sport/").is_hit
    assert site.get(f"/sport/{older}").is_hit


def test_the_last_story_of_the_next_page_gone_the_way_there_goes(editor):
    articles = [make.article(section="sport", at=timezone.now() - timedelta(minutes=n)) for n in range(21)]
    site = Site()
    assert b'rel="next"' in site.get("/sport/").body

    articles[-1].withdraw(by=editor, expected=articles[-1].latest_revision, reason="Forged.")

    assert b'rel="next"' not in site.get("/sport/").body


def test_a_topic_taken_off_a_story_no_longer_lists_it(paper, editor):
    paper.article.revise(by=editor, tags=["Steel"])
    paper.article.publish(by=editor, expected=paper.article.latest_revision)

    assert paper.site.get("/topics/trade/").status == 404
    assert b"Talks stall" in paper.site.get("/topics/steel/").body


def test_a_deleted_topic_is_named_nowhere(paper):
    Tag.objects.get(slug="trade").delete()

    assert paper.site.get("/topics/trade/").status == 404
    assert b"Trade" not in paper.site.get(paper.article.get_absolute_url()).body


def test_a_portrait_taken_anew_is_the_new_one_on_every_page(paper):
    paper.ana.portrait = make.image()
    paper.ana.save()
    shown = {paper.article.get_absolute_url(), "/by/ana-beltran/"}
    for address in paper.kept:
        paper.site.get(address)
    former = paper.ana.portrait.fallback().url

    paper.ana.portrait.take(make.picture_bytes(width=900))

    assert shown <= paper.gone()
    assert former.encode() not in paper.site.get(paper.article.get_absolute_url()).body


def test_a_former_address_kept_at_the_desk_leads_on_at_once(paper, client, administrator):
    client.force_login(administrator)
    paper.site.get("/old-page/")
    add = reverse("admin:articles_formerpath_add")
    client.post(add, {"old_path": "/old-page/", "new_path": "/standards/"})
    assert paper.site.get("/old-page/").headers["Location"] == "/standards/"

    client.post(
        reverse("admin:articles_formerpath_changelist"),
        {"action": "delete_selected", "_selected_action": FormerPath.objects.get().pk, "post": "yes"},
    )

    assert paper.site.get("/old-page/").status == 404


def test_what_lay_beyond_the_last_page_of_a_list_is_there_when_there_is_more(editor):
    articles = [make.article(section="sport", at=timezone.now() - timedelta(minutes=n)) for n in range(21)]
    articles[20].withdraw(by=editor, expected=articles[20].latest_revision, reason="Forged.")
    site, place = Site(), Cursor.beside(articles[19])
    assert site.get(f"/sport/?before={place}").status == 404

    articles[20].reinstate(by=editor, expected=articles[20].latest_revision)

    assert site.get(f"/sport/?before={place}").status == 200


def test_a_conversation_that_was_not_there_is_there_with_its_story(paper, editor):
    make.comment("We knew.", article=paper.article)
    paper.article.withdraw(by=editor, expected=paper.article.latest_revision, reason="Forged.")
    assert paper.site.get(f"/comments/{paper.article.pk}/").status == 404

    paper.article.reinstate(by=editor, expected=paper.article.latest_revision)

    assert paper.site.get(f"/comments/{paper.article.pk}/").status == 200


def test_a_front_page_of_old_news_is_kept_as_well():
    make.article(at=timezone.now() - timedelta(days=5))
    site = Site()
    site.get("/")

    assert site.get("/").is_hit
