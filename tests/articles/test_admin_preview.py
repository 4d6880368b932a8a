"""The preview beside the form: what readers would see, shown in a frame of ours and to nobody else."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from articles.admin.articles import previewing
from articles.models.status import clock
from tests import make
from tests.sheet import address, opened


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def preview(client, article=None, *, of="page", **typed):
    where = address(article, "preview") if article else reverse("admin:articles_article_add_preview")
    return client.post(f"{where}?as={of}", opened(client, article, **typed))


def says(answer):
    return " ".join(BeautifulSoup(answer.text, "html.parser").find(class_="preview-banner").text.split())


def test_a_preview_shows_what_was_typed_in_the_readers_page_and_saves_nothing(desk):
    article = make.article(headline="Talks stall")

    answer = preview(desk, article, headline="Talks resume", body="## What next\n\n*Nothing* is sure.")

    page = BeautifulSoup(answer.text, "html.parser")
    assert page.find("h1").text == "Talks resume"
    assert page.find("h2", string="What next") and page.find("em", string="Nothing")
    assert article.revisions.count() == 1


def test_a_preview_may_stand_in_a_frame_of_ours_only_and_is_kept_by_nobody(desk):
    answer = preview(desk, make.article("draft"))

    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex" and answer["Referrer-Policy"] == "no-referrer"


def test_the_rest_of_the_admin_stands_in_no_frame(desk):
    answer = desk.get(address(make.article("draft")))

    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_an_article_not_yet_saved_has_a_preview(desk):
    answer = preview(desk, headline="Ports reopen", body="At dawn.")

    assert "Ports reopen" in answer.text and "At dawn." in answer.text


@pytest.mark.parametrize(
    "typed",
    [
        {"headline": "H" * 300},
        {"section": ""},
        {"section": "abc"},
        {"slug": "not a slug"},
        {"picture": "9" * 40},
        {"bylines-0-contributor": "abc"},
        {"bylines-TOTAL_FORMS": "many"},
        {"standfirst": "a\x00b"},
        {"kind": "gossip"},
    ],
    ids=str,
)
def test_a_half_filled_form_still_has_a_preview(desk, typed):
    assert preview(desk, make.article("draft"), **typed).status_code == 200
    assert preview(desk, **typed).status_code == 200


def test_a_text_that_breaks_a_limit_is_explained_in_the_frame(desk):
    answer = preview(desk, make.article("draft"), body="[" * 100)

    assert answer.status_code == 200
    assert "No preview" in answer.text


def test_a_script_in_the_text_is_no_script_in_the_preview(desk):
    answer = preview(desk, make.article("draft"), headline="<script>1</script>", body="<script>2</script>")

    assert "<script>1" not in answer.text and "<script>2" not in answer.text


def test_a_preview_shows_pictures_bylines_and_tags_as_typed(desk):
    ana, image = make.contributor("Ana Beltrán"), make.image(alt="Cranes")

    answer = preview(
        desk,
        make.article("draft"),
        **{"bylines-0-contributor": ana.pk, "tags": "Trade", "picture": image.pk},
    )

    page = BeautifulSoup(answer.text, "html.parser")
    assert "Ana Beltrán" in page.find(class_="credits").text
    assert page.find("img", alt="Cranes")
    assert "Trade" in page.text


def test_previews_are_made_at_a_human_pace(desk, monkeypatch):
    monkeypatch.setattr(previewing, "MOST_PREVIEWS", 2)
    article = make.article("draft")

    assert [preview(desk, article).status_code for _ in range(3)] == [200, 200, 429]


def test_nobody_previews_what_they_may_not_see(client, writer, moderator):
    article = make.article("draft")

    for person, status in ((writer, 404), (moderator, 404)):
        client.force_login(person)
        assert client.post(address(article, "preview"), {}).status_code == status
    assert client.post(reverse("admin:articles_article_add_preview"), {}).status_code == 403


def test_a_stranger_is_asked_to_log_in(client, db):
    article = make.article("draft", headline="Talks stall")

    answer = client.post(address(article, "preview"), {})

    assert answer.status_code == 403 and 'action="/admin/login/"' in answer.text
    assert "Talks stall" not in answer.text


def test_a_preview_is_posted_and_never_linked_to(desk):
    assert desk.get(address(make.article("draft"), "preview")).status_code == 405


def test_nothing_in_a_preview_can_be_followed_or_pressed_and_all_of_it_can_be_read(desk):
    article = make.article(
        "draft", body="See [the report](https://example.org/a?b=1&c=2), *twice* & more.[^1]\n\n[^1]: A note."
    )

    page = BeautifulSoup(preview(desk, article).text, "html.parser")

    assert not page.select(
        "a[href], area[href], form[action], :is(button, input, select, textarea):not([disabled])"
    )
    assert not page.select("summary:not([tabindex='-1']), iframe:not([tabindex='-1'])")
    assert page.find("main")["tabindex"] == "0"
    assert "See the report, twice & more." in page.find(class_="prose").text
    assert not page.select("[inert], [aria-hidden=true] p, .comments, comment-form")


def test_a_preview_says_whether_its_words_are_saved(desk):
    article = make.article("draft", headline="Talks stall")

    assert says(preview(desk, article)) == "You see version 1, not yet published. Readers see nothing yet."
    assert says(preview(desk, article, headline="Talks resume")).startswith(
        "You see words that are not saved yet."
    )
    assert says(preview(desk)) == "You see words that are not saved yet. Readers see nothing yet."


def test_a_preview_says_what_readers_see_meanwhile(desk, editor):
    article = make.article(headline="Talks stall")
    assert says(preview(desk, article)) == "You see version 1, which readers see."

    article.revise(by=editor, headline="Talks resume")
    assert says(preview(desk, article)) == "You see version 2, not yet published. Readers see version 1."

    article.publish(by=editor, expected=2, at=timezone.now() + make.hours(1))
    assert says(preview(desk, article)).startswith("You see version 2, scheduled for ")
    assert says(preview(desk, article)).endswith("Readers see version 1.")


def test_the_preview_of_an_older_version_says_that_it_is_older(desk, editor):
    article = make.article(headline="Talks stall")
    article.revise(by=editor, headline="Talks resume")
    article.publish(by=editor, expected=2)

    answer = desk.get(reverse("admin:articles_article_version_preview", args=[article.pk, 1]))

    assert says(answer) == "You see version 1, older than the one published. Readers see version 2."


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("in_review", "You see version 1, not yet published. Readers see nothing yet."),
        ("approved", "You see version 1, approved and not yet published. Readers see nothing yet."),
        ("withdrawn", "You see version 1, which was withdrawn. Readers are told that it was withdrawn."),
    ],
)
def test_a_preview_says_where_the_article_stands(desk, state, sentence):
    assert says(preview(desk, make.article(state))) == sentence


def test_a_scheduled_article_says_when(desk):
    article = make.article("scheduled", at=timezone.now() + make.hours(100))

    assert (
        says(preview(desk, article))
        == f"You see version 1, scheduled for {clock(article.publish_at)}. Readers see nothing yet."
    )


def test_the_same_words_are_shown_as_cards(desk):
    image = make.image(alt="Cranes")

    answer = preview(desk, make.article("draft"), of="cards", headline="Talks resume", picture=image.pk)

    page = BeautifulSoup(answer.text, "html.parser")
    cards = page.select(".card")
    assert [card.find(class_="card-title").text for card in cards] == ["Talks resume"] * 4
    assert [card["class"][1] for card in cards] == ["card-lead", "card-standard", "card-row", "card-plain"]
    assert page.find("img", alt="Cranes") and "not saved yet" in says(answer)
    assert not page.select("a[href]")


def test_the_same_words_are_shown_as_a_search_engine_cuts_them(desk):
    article = make.article("draft", section="world/americas")
    typed = {"seo_title": "x" * 50 + " and more words", "seo_description": "Both coasts."}

    page = BeautifulSoup(preview(desk, article, of="search", **typed).text, "html.parser")

    title = page.find(class_="found-title").text
    assert title.endswith("…") and len(title) <= 60
    words = " ".join(page.find(class_="seen-elsewhere").text.split())
    assert (
        page.find(class_="found-title").text.endswith("…") and len(page.find(class_="found-title").text) <= 60
    )
    assert "world › americas ›" in words and "12 characters; about 155 are seen." in words
    assert "The rest is cut off." in words


def test_the_same_words_are_shown_as_a_social_card(desk):
    article = make.article("draft", headline="Ports reopen", standfirst="Both coasts.")

    def shown(**typed):
        page = BeautifulSoup(preview(desk, article, of="social", **typed).text, "html.parser")
        return page.find(class_="social-card")

    card, plain = shown(picture=make.image(alt="Cranes").pk), shown()
    assert card.find("img")["alt"] == "Cranes" and "/media/pictures/" in card.find("img")["src"]
    assert "Ports reopen" in card.text and "Both coasts." in card.text
    assert "social" in plain.find("img")["src"]


@pytest.mark.parametrize("of", ["page", "cards", "search", "social", "nothing", "../../etc", ""])
def test_every_view_of_a_half_filled_form_is_an_answer(desk, of):
    assert preview(desk, of=of).status_code == 200
    assert (
        preview(desk, make.article("draft"), of=of, section="", slug="not a slug", headline="").status_code
        == 200
    )
    assert preview(desk, make.article("draft"), of=of, body="[" * 100).status_code == 200
