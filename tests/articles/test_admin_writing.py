"""Writing in the admin: saving is a verb, and no refusal loses a word."""

import pytest
from bs4 import BeautifulSoup

from articles.models import Article, Byline
from tests import make
from tests.sheet import address, opened, saved


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def said(answer):
    """The messages a page shows."""
    return [str(message) for message in answer.context["messages"]]


def test_a_new_article_is_a_draft_with_one_version(desk, editor):
    section = make.section("world/americas")

    answer = saved(desk, headline="Ports reopen", body="At dawn.", section=section.pk)

    article = Article.objects.get()
    assert (article.headline, article.state, article.started_by) == ("Ports reopen", "draft", editor)
    assert article.latest_revision.number == 1
    assert said(answer) == ["Saved as version 1."]


def test_a_new_article_is_signed_by_whoever_writes_it(desk, editor):
    me = make.contributor("Edda Lind", user=editor)

    saved(desk, headline="Ports reopen", section=make.section().pk)

    assert [byline.contributor for byline in Article.objects.get().credits()] == [me]


def test_saving_a_live_article_leaves_readers_undisturbed(desk):
    article = make.article(headline="Talks stall")

    saved(desk, article, headline="Talks resume")

    article.refresh_from_db()
    assert article.headline == "Talks stall"
    assert article.latest_revision.content["headline"] == "Talks resume"


def test_the_form_shows_what_was_written_last_and_not_what_readers_see(desk, editor):
    article = make.article(headline="Talks stall", tags=["Trade"])
    article.revise(
        by=editor, headline="Talks resume", tags=["Steel"], bylines=[(make.contributor("Ana"), "with")]
    )

    form = desk.get(address(article)).context["form"]

    assert form["headline"].value() == "Talks resume"
    assert form["tags"].value() == "Steel"
    assert form.bylines.forms[0]["role"].value() == "with"


def test_saving_what_was_not_changed_writes_nothing(desk):
    article = make.article(tags=["Trade"], bylines=[(make.contributor("Ana"), "by")])

    answer = saved(desk, article)

    assert article.revisions.count() == 1
    assert said(answer) == ["Nothing had changed: version 1 is still the latest."]


def test_bylines_keep_the_order_and_the_credits_given(desk):
    ana, marc, priya = (make.contributor(name) for name in ("Ana", "Marc", "Priya"))
    article = make.article("draft", bylines=[(ana, "by"), (marc, "by")])
    rows = {
        "bylines-TOTAL_FORMS": 3,
        "bylines-0-ORDER": 3,
        "bylines-1-DELETE": "on",
        "bylines-2-contributor": priya.pk,
        "bylines-2-role": "photographs",
        "bylines-2-ORDER": 1,
    }

    saved(desk, article, **rows)

    assert [(line.contributor, line.role) for line in Byline.objects.filter(article=article)] == [
        (priya, "photographs"),
        (ana, "by"),
    ]


def test_tags_are_written_with_commas(desk):
    article = make.article("draft")

    saved(desk, article, tags=" Trade ,steel,, TRADE")

    assert [tag.name for tag in article.tags.order_by("name")] == ["Trade", "steel"]


def test_the_slug_follows_the_headline_until_readers_know_it(desk):
    draft, live = make.article("draft", headline="Working title"), make.article(headline="Talks stall")

    saved(desk, draft, headline="Ports reopen")
    saved(desk, live, headline="Talks resume")

    assert draft.latest_revision.content["slug"] == "ports-reopen"
    assert live.latest_revision.content["slug"] == "talks-stall"


def test_a_slug_somebody_chose_stays(desk):
    draft = make.article("draft", headline="Working title", slug="ports")

    saved(desk, draft, headline="Ports reopen")

    assert draft.latest_revision.content["slug"] == "ports"


def test_the_second_of_two_editors_is_told_and_keeps_every_word(desk):
    article, ana = (
        make.article("draft", headline="Ports"),
        make.user("editor", first_name="Ana", last_name="B"),
    )
    mine = opened(desk, article, headline="Mine", body="My words.")
    article.revise(by=ana, headline="Hers")

    answer = desk.post(address(article), mine)

    page = BeautifulSoup(answer.text, "html.parser")
    assert "Ana B saved version 2 while you were writing." in page.find(class_="conflict").text
    assert [said.text for said in page.select(".both-field .said")][:2] == ["Hers", "Mine"]
    assert "it stays yours: text." in " ".join(page.find(class_="conflict").text.split())
    assert page.find(id="id_body").text.strip() == "My words."
    assert article.latest_revision.content["headline"] == "Hers"


def test_saving_over_another_version_takes_a_choice_and_keeps_theirs_in_the_history(desk):
    article = make.article("draft", headline="Ports")
    mine = opened(desk, article, headline="Mine")
    article.revise(by=make.user("editor"), headline="Hers")

    without = desk.post(address(article), {**mine, "save_over": 2})
    desk.post(address(article), {**mine, "save_over": 2, "take-headline": "yours"})

    assert "Choose whose words to take: headline" in without.text
    assert [r.content["headline"] for r in article.revisions.order_by("number")] == ["Ports", "Hers", "Mine"]


def test_a_choice_about_one_version_does_not_cover_the_next(desk):
    article = make.article("draft", headline="Ports")
    mine = opened(desk, article, headline="Mine")
    for words in ("Hers", "Hers again"):
        article.revise(by=make.user("editor"), headline=words)

    answer = desk.post(address(article), {**mine, "save_over": 2, "take-headline": "yours"})

    assert answer.context["conflict"].revision.number == 3
    assert article.latest_revision.content["headline"] == "Hers again"


def test_a_form_that_does_not_say_what_it_is_based_on_saves_nothing(desk):
    article = make.article("draft", headline="Ports")
    mine = opened(desk, article, headline="Mine")
    del mine["based_on"]

    assert "conflict" in desk.post(address(article), mine).context
    assert article.revisions.count() == 1


REFUSED = {
    "too much markup": ({"body": "[" * 100}, "body"),
    "too long": ({"body": "word " * 50_000}, "body"),
    "a slug with blanks": ({"slug": "not a slug"}, "slug"),
    "a headline without end": ({"headline": "H" * 201}, "headline"),
    "no section": ({"section": ""}, "section"),
    "a section that is none": ({"section": "9" * 30}, "section"),
    "a kind that is none": ({"kind": "gossip"}, "kind"),
    "a picture that is none": ({"picture": "abc"}, "picture"),
    "an address that is none": ({"canonical_url": "javascript:alert(1)"}, "canonical_url"),
    "days that are none": ({"comments_close_after": "-1"}, "comments_close_after"),
    "a NUL byte": ({"standfirst": "a\x00b"}, "standfirst"),
    "tags without end": ({"tags": ",".join(f"t{n}" for n in range(40))}, "tags"),
}


@pytest.mark.parametrize(("typed", "field"), REFUSED.values(), ids=REFUSED)
def test_what_the_form_cannot_take_is_said_there_and_the_text_kept(desk, typed, field):
    article = make.article("draft")

    answer = desk.post(address(article), opened(desk, article, **{"kicker": "Kept words", **typed}))

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert "Kept words" in answer.text
    assert article.revisions.count() == 1


@pytest.mark.parametrize("key", ["abc", "-1", "9" * 40, "0"])
def test_a_byline_of_nobody_is_refused_in_the_form(desk, key):
    article = make.article("draft")

    answer = desk.post(address(article), opened(desk, article, **{"bylines-0-contributor": key}))

    assert answer.status_code == 200
    assert article.revisions.count() == 1


def test_a_form_of_bylines_somebody_has_tampered_with_is_refused(desk):
    article = make.article("draft")

    answer = desk.post(address(article), opened(desk, article, **{"bylines-TOTAL_FORMS": "many"}))

    assert answer.status_code == 200
    assert article.revisions.count() == 1


def test_a_picture_from_elsewhere_is_saved_with_a_warning(desk):
    article = make.article("draft")

    answer = saved(desk, article, body="![A cat](https://elsewhere.example/cat.jpg)")

    assert any("https://elsewhere.example/cat.jpg" in message for message in said(answer))


def test_one_press_saves_and_leads_to_what_publishing_would_do(desk):
    article = make.article("draft", headline="Ports")

    page = saved(desk, article, headline="Ports reopen", then="publish")

    article.refresh_from_db()
    assert (article.headline, article.is_live) == ("Ports reopen", False)
    assert "Version 2 goes before readers: “Ports reopen”" in page.text


def test_when_publishing_is_refused_what_was_saved_stands(desk):
    article = make.article("draft", headline="Ports")

    answer = saved(desk, article, headline="Ports reopen", body="", then="publish")

    assert article.latest_revision.content["headline"] == "Ports reopen"
    assert said(answer) == ["Saved as version 2.", "There is no text to publish yet."]


def test_a_writer_whose_article_was_submitted_meanwhile_keeps_the_text(client, writer):
    client.force_login(writer)
    article = make.article("draft", by=writer)
    mine = opened(client, article, body="My last words.")
    article.submit(by=writer, expected=article.latest_revision)

    answer = client.post(address(article), mine)

    assert "You may not change this article." in answer.text
    assert "My last words." in answer.text
    assert article.revisions.count() == 1


def test_an_article_one_may_only_read_has_no_field_to_type_in(client, writer):
    client.force_login(writer)
    article = make.article("in_review", by=writer)

    page = BeautifulSoup(client.get(address(article)).text, "html.parser")

    assert page.find(id="id_body").has_attr("disabled")
    assert not page.select("form#article_form button[type=submit]")


def test_the_text_of_a_draft_is_never_markup_in_the_admin(desk):
    article = make.article("draft", headline="<script>alert(1)</script>", kicker="<b>k</b>")

    page = desk.get(address(article)).text

    assert "<script>alert(1)</script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_an_article_that_never_was_leads_back_to_the_desk(desk):
    for pk in ("999", "abc", "9" * 40):
        answer = desk.get(f"/admin/articles/article/{pk}/change/", follow=True)
        assert answer.status_code == 200
        assert "doesn’t exist" in said(answer)[0]


def test_articles_are_never_deleted(desk, administrator):
    article = make.article("draft")
    desk.force_login(administrator)

    assert desk.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Article.objects.filter(pk=article.pk).exists()


def test_a_form_larger_than_we_read_is_refused_in_words_and_saves_nothing(desk, settings):
    article = make.article("draft")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 50_000

    answer = desk.post(address(article), {"body": "word " * 20_000})

    assert answer.status_code == 413
    assert "Nothing was saved." in answer.text
    assert article.revisions.count() == 1
