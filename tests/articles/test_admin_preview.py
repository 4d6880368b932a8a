"""The preview beside the form: what readers would see, shown in a frame of ours and to nobody else."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from articles.admin.articles import previewing
from tests import make
from tests.sheet import address, opened


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def preview(client, article=None, **typed):
    where = address(article, "preview") if article else reverse("admin:articles_article_add_preview")
    return client.post(where, opened(client, article, **typed))


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
