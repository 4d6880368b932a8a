"""One story at its address: what is shown, what machines are told, what it costs."""

import json
from datetime import UTC, datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Contributor, Tag
from newsroom.models import Masthead
from tests import make

pytestmark = pytest.mark.django_db


def page_of(client, article):
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def facts(page):
    """What machines are told, by type."""
    blocks = [json.loads(block.string) for block in page.select('script[type="application/ld+json"]')]
    return {"story" if "headline" in block else block["@type"]: block for block in blocks}


def test_a_story_is_shown_whole(client):
    ana, marc = make.contributor("Ana Beltrán"), make.contributor("Marc Tremblay")
    article = make.article(
        kind="analysis",
        headline="Eleven pages",
        standfirst="What the draft says.",
        body="## Steel\n\nA *narrow* text.",
        dateline="Ottawa",
        bylines=[(ana, "by"), (marc, "photographs")],
        tags=["Trade"],
        picture=make.image(caption="At dusk.", credit="Photograph: Marc Tremblay"),
        at=datetime(2026, 5, 18, 6, 30, tzinfo=UTC),
    )

    page = page_of(client, article)

    assert [heading.text for heading in page.select("h1")] == ["Eleven pages"]
    words = page.select_one("main").get_text(" ", strip=True)
    for shown in (
        "Analysis",
        "What the draft says.",
        "Ottawa",
        "At dusk.",
        "Photograph: Marc Tremblay",
        "Trade",
    ):
        assert shown in words
    assert page.select_one(".prose h2").text == "Steel"
    assert page.select_one("main time")["datetime"] == "2026-05-18T06:30:00+00:00"
    assert [link["href"] for link in page.select('.signed a[rel="author"]')] == [
        ana.get_absolute_url(),
        marc.get_absolute_url(),
    ]


def test_machines_are_told_the_same(client):
    ana = make.contributor("Ana Beltrán", slug="ana", role="Correspondent")
    Masthead.objects.create(pk=1, name="The Courier")
    article = make.article(
        headline="Eleven pages",
        standfirst="What the draft says.",
        section="world/americas",
        bylines=[(ana, "by"), (make.contributor("Marc"), "photographs")],
        tags=["Trade", "Steel"],
        dateline="Ottawa",
        picture=make.image(credit="Photograph: Marc"),
    )

    told = facts(page_of(client, article))
    about = told["story"]

    assert about["@context"] == "https://schema.org"
    assert about["@type"] == "NewsArticle"
    assert (about["headline"], about["description"]) == ("Eleven pages", "What the draft says.")
    assert about["author"] == [
        {"@type": "Person", "name": "Ana Beltrán", "url": "https://news.example/by/ana/"}
    ]
    assert about["contributor"][0]["name"] == "Marc"
    assert about["publisher"]["name"] == "The Courier"
    assert about["mainEntityOfPage"] == f"https://news.example{article.get_absolute_url()}"
    assert datetime.fromisoformat(about["datePublished"]) == article.publish_at.replace(microsecond=0)
    assert about["dateModified"] >= about["datePublished"]
    assert about["image"][0]["url"].startswith("https://news.example/media/pictures/")
    assert about["image"][0]["creditText"] == "Photograph: Marc"
    assert (about["articleSection"], about["keywords"]) == ("Americas", ["Trade", "Steel"])
    assert about["locationCreated"] == {"@type": "Place", "name": "Ottawa"}
    assert about["isAccessibleForFree"] is True
    assert [step["name"] for step in told["BreadcrumbList"]["itemListElement"]] == [
        "Home",
        "World",
        "Americas",
    ]


@pytest.mark.parametrize(
    ("kind", "narrower"),
    [
        ("analysis", "AnalysisNewsArticle"),
        ("opinion", "OpinionNewsArticle"),
        ("editorial", "OpinionNewsArticle"),
        ("explainer", "BackgroundNewsArticle"),
        ("interview", "ReportageNewsArticle"),
        ("review", "ReviewNewsArticle"),
    ],
)
def test_what_is_not_plain_news_says_what_it_is(client, kind, narrower):
    article = make.article(kind=kind)

    assert facts(page_of(client, article))["story"]["@type"] == ["NewsArticle", narrower]


def test_an_unsigned_story_is_the_papers_own(client):
    article = facts(page_of(client, make.article()))["story"]

    assert article["author"]["@type"] == "NewsMediaOrganization"


def test_no_headline_can_close_the_script_element(client):
    nasty = '</script><script>alert(1)</script> & "quotes" <!--'
    article = make.article(headline=nasty, tags=["</script>"])

    response = client.get(article.get_absolute_url())

    assert "<script>alert" not in response.text
    assert facts(BeautifulSoup(response.content, "html.parser"))["story"]["headline"] == nasty


def test_social_networks_and_search_engines_get_their_own_words(client):
    article = make.article(seo_title="Steel talks", seo_description="In short.", picture=make.image())

    page = page_of(client, article)
    named = {
        meta.get("property") or meta.get("name"): meta["content"] for meta in page.select("meta[content]")
    }

    assert page.title.text.startswith("Steel talks")
    assert named["description"] == named["og:description"] == "In short."
    assert named["og:type"] == "article"
    assert named["og:url"] == f"https://news.example{article.get_absolute_url()}"
    assert named["og:image"].startswith("https://news.example/media/")
    assert "noindex" not in named["robots"]


def test_a_story_first_published_elsewhere_says_where(client):
    article = make.article(canonical_url="https://other.example/story")

    page = page_of(client, article)

    assert page.select_one('link[rel="canonical"]')["href"] == "https://other.example/story"


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "scheduled"])
def test_what_is_not_before_readers_is_nothing_to_anybody_at_its_address(client, editor, state):
    at = timezone.now() + make.hours(1) if state == "scheduled" else None
    article = make.article(state, at=at, slug="steel")
    day = article.published_on or timezone.localdate()
    client.force_login(editor)

    assert client.get(f"/world/americas/{day:%Y/%m/%d}/steel/").status_code == 404


def test_a_day_no_calendar_has_is_nothing(client):
    make.article(slug="steel")

    for day in ("2026/02/30", "2026/13/01", "0000/01/01", "9999/99/99", "2026/00/00"):
        assert client.get(f"/world/americas/{day}/steel/").status_code == 404


def test_parameters_change_nothing(client):
    article = make.article()

    plain = client.get(article.get_absolute_url())
    decorated = client.get(article.get_absolute_url() + "?static=1&order=asc&preview=true")

    assert plain.content == decorated.content


def test_more_on_the_story_is_about_the_same_things_then_from_the_same_place(client):
    hours = iter(range(1, 20))

    def published(headline, **fields):
        make.article(headline=headline, at=timezone.now() - make.hours(next(hours)), **fields)

    article = make.article(tags=["Trade", "Steel"], section="world/americas")
    published("Same place", section="world/americas")
    published("One topic", tags=["Trade"], section="sport")
    published("Both topics", tags=["Trade", "Steel"], section="sport")
    published("Elsewhere", section="sport")
    published("Same place, older", section="world/americas")
    published("Same place, oldest", section="world/americas")

    listed = [title.text.strip() for title in page_of(client, article).select("aside .card-title")]

    assert listed == ["Both topics", "One topic", "Same place", "Same place, older"]


def test_more_on_the_story_shows_nothing_readers_may_not_see(client):
    article = make.article(tags=["Trade"])
    make.article("draft", headline="Secret", tags=["Trade"])
    make.article("scheduled", headline="Later", tags=["Trade"], at=timezone.now() + make.hours(1))

    assert not page_of(client, article).select("aside .card-title")


def withdraw(article):
    article.withdraw(by=None, expected=article.latest_revision, reason="It was forged.")


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (lambda other: correct(other, "Corrected"), {"Corrected"}),
        (withdraw, set()),
        (
            lambda _: make.article(headline="Steel", tags=["Trade"], section="sport"),
            {"Steel prices", "Steel"},
        ),
        (lambda _: make.article(headline="Same place", section="world"), {"Steel prices", "Same place"}),
    ],
    ids=["corrected", "withdrawn", "about the same", "from the same place"],
)
def test_more_on_the_story_is_of_the_day_it_is_drawn(client, change, after):
    """Cards are made once for rows that say the same; a row that says something else is another card."""
    article = make.article(tags=["Trade"], section="world")
    other = make.article(headline="Steel prices", tags=["Trade"], section="sport")
    make.article("scheduled", headline="Later", tags=["Trade"], at=timezone.now() + make.hours(1))

    def listed():
        client.forget_pages()
        return {title.text.strip() for title in page_of(client, article).select("aside .card-title")}

    assert listed() == listed() == {"Steel prices"}
    change(other)

    assert listed() == listed() == after
    with time_machine.travel(timezone.now() + make.hours(1.001)):
        assert listed() == {*after, "Later"}


def correct(article, name):
    article.revise(by=None, headline=name)
    article.publish(by=None, expected=article.latest_revision)


def renamed(find):
    def rename(article, name):
        thing = find(article)
        thing.name = name
        thing.save()

    return rename


@pytest.mark.parametrize(
    "change",
    [
        correct,
        renamed(lambda article: Contributor.objects.get()),
        renamed(lambda article: article.section),
        renamed(lambda article: article.section.parent),
        renamed(lambda article: Tag.objects.get()),
        renamed(lambda article: Masthead.current()),
    ],
    ids=["story", "person", "section", "section above", "tag", "masthead"],
)
def test_a_story_drawn_again_says_what_is_true_then(client, change):
    """Whatever is made once, for many pages, is made anew when it changes."""
    ana = make.contributor("Ana Beltrán")
    article = make.article(section="world/americas", tags=["Trade"], bylines=[(ana, "by")])
    old = page_of(client, article)
    assert page_of(client, article) == old

    change(article, "Whatever is new")

    new = page_of(client, article)
    told = [block.text for block in new.select('script[type="application/ld+json"]')]
    assert "Whatever is new" in new.body.text
    assert "Whatever is new" in "".join(told)


def test_a_story_withdrawn_is_gone_though_its_page_was_just_drawn(client, editor):
    article = make.article()
    assert page_of(client, article) == page_of(client, article)

    article.withdraw(by=editor, expected=article.latest_revision, reason="It was forged.")

    assert client.get(article.get_absolute_url()).status_code == 410


def test_a_page_drawn_again_for_one_comment_more_asks_three_queries(client, django_assert_num_queries):
    article = make.article(tags=["Trade"], section="world/americas")
    for _time in range(2):
        page_of(client, article)
        client.forget_pages()

    make.comment("Well said.", article=article)

    with django_assert_num_queries(3):
        assert "Well said." in page_of(client, article).text


def test_a_page_unchanged_is_not_sent_again(client):
    address = make.article().get_absolute_url()
    first = client.get(address)

    again = client.get(address, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]


def test_a_page_says_what_it_shows_to_the_cache_in_front(client, settings):
    settings.CACHES_IN_FRONT = ["fastly://service"]
    other = make.article(section="world/americas")
    article = make.article(section="world/americas")

    shown = client.get(article.get_absolute_url())["Surrogate-Key"].split()

    assert f"article:{article.pk}" in shown
    assert f"card:{other.pk}" in shown


def test_a_story_asks_the_same_questions_however_much_hangs_on_it(client):
    people = [make.contributor(portrait=make.image()) for _number in range(20)]

    def queries(many):
        article = make.article(
            bylines=[(person, "by") for person in people[:many]],
            tags=[f"Topic {number}" for number in range(many)],
            picture=make.image(),
        )
        for _number in range(many):
            make.article(tags=["Topic 0"], picture=make.image())
        with CaptureQueriesContext(connection) as asked:
            assert client.get(article.get_absolute_url()).status_code == 200
        return len(asked)

    one = queries(1)

    assert queries(20) <= one <= 18
    assert Article.objects.published().count() > 20
