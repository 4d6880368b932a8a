"""One story among others: its card, its picture, who signed it and when."""

from datetime import UTC, datetime
from xml.etree.ElementTree import fromstring

import pytest
from bs4 import BeautifulSoup
from django.template import engines

from articles.models import Article
from tests import make

pytestmark = pytest.mark.django_db


def drawn(markup, **context):
    """What the markup shows, with the partials at hand."""
    partials = {"card": "_card", "article_meta": "_article_meta"}
    imports = "".join(f'{{% from "articles/{file}.html" import {name} %}}' for name, file in partials.items())
    page = engines["jinja2"].from_string(imports + markup)
    return BeautifulSoup(page.render(context), "html.parser")


def signed(*bylines):
    article = make.article(bylines=list(bylines))
    return Article.objects.get(pk=article.pk).facts.credits


def test_the_first_picture_of_a_page_is_fetched_before_all_others():
    page = drawn("{{ card(article, 'lead', eager=True) }}", article=make.article(picture=make.image()))

    assert page.img["fetchpriority"] == "high"
    assert "loading" not in page.img.attrs


def test_every_other_picture_waits_until_the_reader_comes_near():
    page = drawn("{{ card(article) }}", article=make.article(picture=make.image()))

    assert page.img["loading"] == "lazy"
    assert "fetchpriority" not in page.img.attrs


def test_a_picture_names_its_size_and_its_renditions():
    image = make.image()

    page = drawn("{{ card(article) }}", article=make.article(picture=image))

    assert (page.img["width"], page.img["height"]) == (str(image.width), str(image.height))
    assert page.img["src"].endswith(".jpeg")
    assert page.source["srcset"] == image.srcset()
    assert "18rem" in page.source["sizes"]


def test_a_decorative_picture_is_silent():
    article = make.article(picture=make.image(alt="", decorative=True), picture_alt="A harbour")

    assert drawn("{{ card(article) }}", article=article).img["alt"] == ""


def test_the_article_may_describe_its_picture_better_than_the_archive_did():
    article = make.article(
        picture=make.image(alt="Cranes"), picture_alt="Idle cranes on the first day of the strike"
    )

    assert (
        drawn("{{ card(article) }}", article=article).img["alt"]
        == "Idle cranes on the first day of the strike"
    )


def test_a_story_without_a_picture_leaves_no_hole():
    assert not drawn("{{ card(article, 'lead') }}", article=make.article()).select(".card-picture")


def test_a_headline_is_words_and_never_markup():
    page = drawn("{{ card(article) }}", article=make.article(headline="<b>Tariffs</b> & “talks”"))

    assert page.select_one(".card-title a").text == "<b>Tariffs</b> & “talks”"
    assert not page.select("b")


@pytest.mark.parametrize(("weight", "words"), [("plain", "Talks resume"), ("standard", "Trade talks resume")])
def test_the_short_headline_stands_where_there_is_little_room(weight, words):
    article = make.article(headline="Trade talks resume", short_headline="Talks resume")

    page = drawn("{{ card(article, weight) }}", article=article, weight=weight)

    assert page.select_one(".card-title a").text == words


def test_without_a_short_headline_the_headline_stands_everywhere():
    page = drawn("{{ card(article, 'plain') }}", article=make.article(headline="Trade talks resume"))

    assert page.select_one(".card-title a").text == "Trade talks resume"


def test_opinion_says_that_it_is_opinion():
    page = drawn("{{ card(article) }}", article=make.article(kind="opinion", kicker="Trade"))

    assert page.select_one(".kicker").text == "Opinion"
    assert "kind-opinion" in page.article["class"]


def test_a_label_that_only_repeats_the_heading_above_is_left_out():
    article = make.article(section="world/americas")

    assert drawn("{{ card(article) }}", article=article).select_one(".kicker").text == "Americas"
    assert not drawn("{{ card(article, without='Americas') }}", article=article).select(".kicker")


def test_the_heading_fits_under_the_one_above_it():
    assert drawn("{{ card(article, level=2) }}", article=make.article()).h2


def test_three_reporters_are_named_in_order():
    ana, marc, tom = make.contributor("Ana"), make.contributor("Marc"), make.contributor("Tom")

    page = drawn("{{ credits_line(credits) }}", credits=signed((ana, "by"), (marc, "by"), (tom, "by")))

    assert page.text == "By Ana, Marc and Tom"
    assert [link["href"] for link in page.select("a[rel=author]")] == ["/by/ana/", "/by/marc/", "/by/tom/"]


def test_photographers_and_translators_are_credited_for_what_they_did():
    ana, priya, tom = make.contributor("Ana"), make.contributor("Priya"), make.contributor("Tom")

    page = drawn(
        "{{ credits_line(credits) }}",
        credits=signed((ana, "by"), (priya, "photographs"), (tom, "translated")),
    )

    assert page.text == "By Ana; photographs by Priya; translated by Tom"


def test_a_name_is_never_markup_or_a_blank_to_fill():
    odd = make.contributor("<i>{names}</i>")

    page = drawn("{{ credits_line(credits, links=False) }}", credits=signed((odd, "by")))

    assert page.text == "By <i>{names}</i>"


def test_nobody_is_credited_when_nobody_signed():
    assert drawn("{{ credits_line(credits) }}", credits=()).text == ""


def test_a_time_is_told_in_the_papers_zone_and_whole_to_machines(settings):
    settings.TIME_ZONE = "America/Toronto"

    page = drawn("{{ stamp(at) }}", at=datetime(2026, 11, 22, 14, 12, tzinfo=UTC))

    assert page.time.text == "22 November 2026, 09:12 EST"
    assert page.time["datetime"] == "2026-11-22T09:12:00-05:00"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        ("full", "1 March 2026, 00:05 UTC"),
        ("short", "1 Mar 2026, 00:05"),
        ("day", "1 March 2026"),
    ],
)
def test_a_time_is_told_at_the_length_there_is_room_for(length, words):
    page = drawn("{{ stamp(at, length) }}", at=datetime(2026, 3, 1, 0, 5, 59, tzinfo=UTC), length=length)

    assert page.time.text == words


def test_text_cannot_break_out_of_the_data_block():
    page = engines["jinja2"].from_string("{{ data_block(json) }}")

    text = page.render({"json": '{"headline": "</script><script>alert(1)</script> & more"}'})

    assert text.count("<") == 2
    assert "alert(1)" in fromstring(text).text


def test_crawlers_read_the_time_to_the_second():
    article = make.article(at=datetime(2026, 5, 18, 9, 12, 3, 456789, tzinfo=UTC))

    page = drawn("{{ article_meta(article, ()) }}", article=article)

    assert page.find("meta", property="article:published_time")["content"] == "2026-05-18T09:12:03+00:00"
