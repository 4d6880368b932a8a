"""What a page says of a story besides its words, kept on the story's own row."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Image, Tag, facts
from articles.models.facts import Facts
from articles.paths import article_path, path_to
from articles.reading import listings
from newsroom.foundations import outbox
from newsroom.foundations.models import Job, Purge
from tests import make

pytestmark = pytest.mark.django_db


def stored(article):
    return Article.objects.get(pk=article.pk)


def only_card():
    (card,) = listings.of_the_paper().newest(1)
    return card


def test_publishing_takes_down_who_is_credited():
    ana = make.contributor("Ana Beltrán", portrait=make.image())

    (credit,) = stored(make.article(bylines=[(ana, "photographs")])).facts.credits

    assert (credit.pk, credit.name, credit.role) == (ana.pk, "Ana Beltrán", "photographs")
    assert credit.get_absolute_url() == ana.get_absolute_url()
    assert credit.face.src == ana.portrait.fallback().url


def test_publishing_takes_down_the_picture_in_the_story_s_own_words():
    harbour = make.image(alt="Cranes", caption="The port.", credit="Photograph: Ana")

    picture = stored(make.article(picture=harbour, picture_caption="Rotterdam at dawn.")).facts.picture

    assert (picture.alt, picture.caption, picture.credit) == (
        "Cranes",
        "Rotterdam at dawn.",
        "Photograph: Ana",
    )
    assert picture.srcset == harbour.srcset()


def test_a_decorative_picture_has_no_words():
    article = make.article(picture=make.image(decorative=True, alt=""), picture_alt="Never said")

    assert stored(article).facts.picture.alt == ""


def test_publishing_takes_down_the_topics_in_their_order():
    make.article(tags=["Trade", "Steel"])

    tags = only_card().facts.tags

    assert [tag.name for tag in tags] == ["Trade", "Steel"]
    assert tags[0].get_absolute_url() == Tag.objects.get(name="Trade").get_absolute_url()


def test_a_card_answers_as_its_article_does():
    article = make.article(kicker="Harbours", tags=["Trade"], bylines=[(make.contributor(), "by")])

    card = only_card()

    for name in "pk kind kicker headline standfirst slug publish_at published_on section label url".split():
        assert getattr(card, name) == getattr(article, name)
    assert card.get_absolute_url() == article.get_absolute_url()
    assert card.facts == article.facts


def test_cards_of_many_stories_are_one_query(django_assert_max_num_queries):
    for _ in range(3):
        make.article(tags=["Trade"], picture=make.image(), bylines=[(make.contributor(), "by")])

    with django_assert_max_num_queries(
        2
    ):  # the tree of sections is the other, where it is not remembered yet
        assert all(card.facts.picture for card in listings.of_the_paper().newest(3))


def test_a_row_stored_in_another_shape_is_made_anew_when_read():
    article = make.article(
        tags=["Trade", "Steel"], picture=make.image(), bylines=[(make.contributor(), "by")]
    )
    Article.objects.update(stored_facts=["in an older shape"], facts_version=0)

    assert stored(article).facts == article.facts
    assert only_card().facts == article.facts


def test_a_working_copy_has_the_facts_of_its_revision():
    article = make.article(tags=["Trade"])
    article.revise(by=None, tags=["Steel"], bylines=[(make.contributor("Ana"), "by")])

    facts = article.working_copy().facts

    assert [tag.name for tag in facts.tags] == ["Steel"]
    assert [credit.name for credit in facts.credits] == ["Ana"]
    assert stored(article).facts.credits == ()


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("section", ["world/américas"]),
        ("tag", ["стал-и_железо"]),
        ("contributor", ["ana-b"]),
        ("article", ["world", "0987", "01", "31", "überfahrt"]),
    ],
)
def test_an_address_is_the_one_django_would_write(name, parts):
    assert path_to(name, *parts) == reverse(name, args=parts)


def test_a_story_s_address_has_the_day_in_full():
    article = make.article()

    day = article.published_on
    parts = [f"{day:%Y}", f"{day:%m}", f"{day:%d}"]

    assert article_path("world", day, "strike") == reverse("article", args=["world", *parts, "strike"])


def test_a_contributor_s_new_name_stands_on_their_stories():
    ana = make.contributor("Ana")
    make.article(bylines=[(ana, "by")])

    ana.name, ana.slug = "Ana Beltrán", "ana-beltran"
    ana.save()

    (credit,) = only_card().facts.credits
    assert (credit.name, credit.slug) == ("Ana Beltrán", "ana-beltran")


def test_a_contributor_s_new_portrait_stands_on_their_stories():
    ana = make.contributor("Ana")
    article = make.article(bylines=[(ana, "by")])

    ana.portrait = make.image()
    ana.save()

    assert stored(article).facts.credits[0].face.src == ana.portrait.fallback().url


def test_a_picture_s_new_words_and_file_stand_on_the_stories_that_show_it():
    image = make.image(alt="Cranes")
    article = make.article(picture=image)

    image.alt = "Cranes over containers"
    image.take(make.picture_bytes(1200, 800))

    picture = stored(article).facts.picture
    assert (picture.alt, picture.width, picture.src) == ("Cranes over containers", 1200, image.fallback().url)


def test_a_portrait_that_is_deleted_leaves_the_stories():
    ana = make.contributor("Ana", portrait=make.image())
    article = make.article(bylines=[(ana, "by")])

    Image.objects.filter(pk=ana.portrait_id).delete()

    assert stored(article).facts.credits[0].face is None


def test_a_renamed_tag_stands_on_its_stories():
    article = make.article(tags=["Trade"])

    tag = Tag.objects.get(name="Trade")
    tag.name = "World trade"
    tag.save()

    assert [tag.name for tag in stored(article).facts.tags] == ["World trade"]


def test_merged_and_deleted_tags_leave_their_stories():
    article = make.article(tags=["Trade", "Commerce", "Steel"])
    trade, commerce = Tag.objects.get(name="Trade"), Tag.objects.get(name="Commerce")

    trade.absorb(commerce)
    Tag.objects.filter(name="Steel").delete()

    assert [tag.name for tag in stored(article).facts.tags] == ["Trade"]


def test_stories_are_right_when_read_and_their_rows_soon():
    ana = make.contributor("Ana")
    article = make.article(bylines=[(ana, "by")])

    ana.name = "Ana Beltrán"
    ana.save()

    assert list(Article.objects.outdated()) == [article]
    assert stored(article).facts.credits[0].name == only_card().facts.credits[0].name == "Ana Beltrán"
    outbox.deliver()
    assert not Article.objects.outdated().exists()
    assert "Ana Beltrán" in json.dumps(stored(article).stored_facts, ensure_ascii=False)


def test_of_very_many_stories_the_newest_are_right_at_once_and_the_others_when_their_job_comes(monkeypatch):
    monkeypatch.setattr(facts, "MARKED", 1)
    monkeypatch.setattr(facts, "A_JOB", 1)
    ana = make.contributor("Ana")
    older, newer = (make.article(bylines=[(ana, "by")]) for _ in range(2))

    ana.name = "Ana Beltrán"
    ana.save()

    assert list(Article.objects.outdated()) == [newer]
    outbox.deliver()
    assert stored(older).facts.credits[0].name == stored(newer).facts.credits[0].name == "Ana Beltrán"


def test_a_scheduled_story_beyond_those_marked_enters_the_lists_of_its_new_topic_in_time(
    monkeypatch, time_machine
):
    time_machine.move_to("2026-05-18 06:00+0000", tick=False)
    monkeypatch.setattr(facts, "MARKED", 1)
    make.article("scheduled", at=timezone.now() + make.hours(1), tags=["Commerce"])
    make.article(tags=["Commerce", "Trade"])
    trade = Tag.objects.get(name="Trade")

    trade.absorb(Tag.objects.get(name="Commerce"))
    outbox.deliver()

    dated = Purge.objects.filter(at=timezone.now() + make.hours(1)).values_list("keys", flat=True)
    assert any(f"newest:tag:{trade.pk}" in tags for tags in dated)


def test_a_picture_s_change_renders_no_text_inside_its_transaction(
    monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr(facts, "A_JOB", 5)
    image = make.image()
    for _ in range(12):
        make.article(body=f"![](image:{image.pk})", picture=image)
    image.credit = "Photograph: Marc"

    with django_assert_max_num_queries(25):  # as many for twelve as for five thousand, but for one job a 200
        image.save()

    assert Job.objects.count() == 3
    assert not Article.objects.filter(body_html__contains="Marc").exists()


def test_drafts_keep_their_facts_too():
    ana = make.contributor("Ana")
    draft = make.article("draft", bylines=[(ana, "by")], tags=["Trade"])

    assert stored(draft).facts == Facts.read(stored(draft).stored_facts)
    assert [credit.name for credit in stored(draft).facts.credits] == ["Ana"]
