"""Contributors, tags and standing pages in the admin."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Contributor, StandingPage, Tag
from tests import make


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def person(**fields):
    return {"name": "Ana Beltrán", "role": "", "bio": "", "portrait": "", "links": "", "slug": "", **fields}


def test_links_are_written_one_on_a_line(desk):
    desk.post(
        "/admin/articles/contributor/add/",
        person(links="Mastodon | https://social.example/@ana\nmailto:ana@news.example"),
    )

    assert Contributor.objects.get().links == [
        {"label": "Mastodon", "url": "https://social.example/@ana"},
        {"label": "ana@news.example", "url": "mailto:ana@news.example"},
    ]


@pytest.mark.parametrize(
    "links",
    [
        "Click | javascript:alert(1)",
        "no address",
        "a | b | ftp://x",
        "a | https://x\n" * 13,
        "\x00 | https://x",
    ],
)
def test_a_link_that_could_harm_a_reader_is_refused_in_the_form(desk, links):
    answer = desk.post("/admin/articles/contributor/add/", person(links=links))

    assert "links" in answer.context["adminform"].form.errors
    assert not Contributor.objects.exists()


def test_links_come_back_as_they_were_written(desk):
    ana = make.contributor("Ana", links=[{"label": "Site", "url": "https://ana.example"}])

    form = desk.get(reverse("admin:articles_contributor_change", args=[ana.pk])).context["adminform"].form

    assert form["links"].value() == "Site | https://ana.example"


def test_a_byline_never_tells_a_login_name(desk):
    make.user(username="ana")

    answer = desk.post("/admin/articles/contributor/add/", person(name="Ana"))

    assert "is a login name" in str(answer.context["adminform"].form.errors["slug"])


def test_only_who_gives_out_logins_ties_one_to_a_byline(desk, client, administrator):
    login, ana = make.user("contributor"), make.contributor("Ana")
    path = reverse("admin:articles_contributor_change", args=[ana.pk])

    desk.post(path, person(slug="ana-b", user=login.pk))
    assert Contributor.objects.get().user is None

    client.force_login(administrator)
    client.post(path, person(slug="ana-b", user=login.pk))
    assert Contributor.objects.get().user == login


def test_a_contributors_former_address_leads_to_the_new_one(desk, client):
    ana = make.contributor("Ana")
    make.article(bylines=[(ana, "by")])

    desk.post(reverse("admin:articles_contributor_change", args=[ana.pk]), person(slug="a-beltran"))

    assert client.get("/by/ana/")["Location"] == "/by/a-beltran/"


def test_who_has_signed_anything_is_not_deleted(client, administrator):
    client.force_login(administrator)
    ana = make.contributor("Ana")
    make.article(bylines=[(ana, "by")])

    answer = client.post(reverse("admin:articles_contributor_delete", args=[ana.pk]), {"post": "yes"})

    assert "has signed 1 article" in answer.text
    assert Contributor.objects.exists()


def test_who_has_commented_as_a_colleague_is_not_deleted(client, administrator):
    client.force_login(administrator)
    ana = make.contributor("Ana")
    make.comment("Thank you.", contributor=ana)

    answer = client.post(reverse("admin:articles_contributor_delete", args=[ana.pk]), {"post": "yes"})

    assert "Ana is needed by comments" in answer.text
    assert Contributor.objects.exists()


# Tags


def tags(*names):
    return Tag.objects.named(*names)


def test_tags_are_suggested_by_their_beginning_first(desk):
    tags("Trade", "Free trade", "Trades unions", "Steel")

    assert desk.get("/admin/articles/tag/suggest/", {"q": "tRAde"}).json() == {
        "tags": ["Trade", "Trades unions", "Free trade"]
    }
    assert desk.get("/admin/articles/tag/suggest/").json() == {"tags": []}


def secrets_and_others(writer):
    """Tags by what a writer may know of the stories they are on."""
    make.article("draft", tags=["Secret merger", "Secret and told"])
    make.article("withdrawn", tags=["Secret past"])
    make.article("scheduled", at=timezone.now() + make.hours(1), tags=["Secret dawn"])
    make.article(tags=["Secret and told", "Told"])
    make.article("draft", by=writer, tags=["Own secret"])
    Tag.objects.named("Never used secret")
    return {"Secret and told", "Own secret", "Never used secret"}


def test_a_writer_is_suggested_no_tag_of_a_story_hidden_from_them(client, writer):
    known = secrets_and_others(writer)
    client.force_login(writer)

    assert set(client.get("/admin/articles/tag/suggest/", {"q": "secret"}).json()["tags"]) == known


def test_a_writer_finds_no_such_tag_in_the_list_nor_by_its_address(client, writer):
    known = secrets_and_others(writer)
    client.force_login(writer)

    listed = {tag.name: tag.count for tag in client.get("/admin/articles/tag/").context["cl"].result_list}
    assert listed == dict.fromkeys(known | {"Told"}, 1) | {"Never used secret": 0}
    hidden = Tag.objects.get(name="Secret merger")
    assert client.get(f"/admin/articles/tag/{hidden.pk}/change/").status_code == 302


def test_an_editor_is_suggested_every_tag(desk, writer):
    secrets_and_others(writer)

    assert len(desk.get("/admin/articles/tag/suggest/", {"q": "secret"}).json()["tags"]) == 6


def test_no_picker_tells_a_writer_of_a_story_hidden_from_them(client, writer):
    make.article("draft", headline="Secret merger")
    own = make.article("draft", by=writer, headline="Own secret")
    client.force_login(writer)

    asked = {"app_label": "articles", "model_name": "byline", "field_name": "article", "term": "secret"}
    found = client.get("/admin/autocomplete/", asked)

    assert found.status_code == 403 or [one["id"] for one in found.json()["results"]] == [str(own.pk)]


def test_a_moderator_is_suggested_nothing(client, moderator):
    client.force_login(moderator)

    assert client.get("/admin/articles/tag/suggest/", {"q": "t"}).status_code == 403


def test_a_renamed_tag_keeps_its_address_and_its_articles(desk, editor):
    (trade,) = tags("Trade")
    article = make.article(tags=["Trade"])

    desk.post(reverse("admin:articles_tag_change", args=[trade.pk]), {"name": "Commerce"})
    article.revise(by=editor, headline="Anew")
    article.publish(by=editor, expected=article.latest_revision)

    tag = Tag.objects.get()
    assert (tag.name, tag.slug) == ("Commerce", "trade")
    assert list(article.tags.all()) == [tag]


@pytest.mark.parametrize("name", ["STEEL", " ", "x" * 101])
def test_a_name_that_is_taken_or_none_is_refused_in_the_form(desk, name):
    trade, _steel = tags("Trade", "Steel")

    answer = desk.post(reverse("admin:articles_tag_change", args=[trade.pk]), {"name": name})

    assert "name" in answer.context["adminform"].form.errors
    assert Tag.objects.count() == 2


def merge(client, *chosen, **more):
    given = {"action": "merge", "_selected_action": [tag.pk for tag in chosen], **more}
    return client.post("/admin/articles/tag/", given, follow=True)


def test_merging_asks_first_which_one_stays(desk):
    trade, steel = tags("Trade", "Steel")

    answer = merge(desk, trade, steel)

    assert set(answer.context["tags"]) == {trade, steel}
    assert Tag.objects.count() == 2


def test_merged_tags_are_one_with_all_their_articles_names_and_addresses(desk, client, editor):
    trade, commerce = tags("Trade", "Commerce")
    only_commerce, both = make.article(tags=["Commerce"]), make.article(tags=["Commerce", "Trade"])

    merge(desk, trade, commerce, stays=trade.pk)

    assert [list(article.tags.all()) for article in (only_commerce, both)] == [[trade], [trade]]
    assert client.get("/topics/commerce/")["Location"] == "/topics/trade/"
    only_commerce.revise(by=editor, headline="Anew")
    only_commerce.publish(by=editor, expected=only_commerce.latest_revision)
    assert list(Tag.objects.all()) == [trade]


def test_one_tag_is_not_merged_with_itself(desk):
    (trade,) = tags("Trade")

    merge(desk, trade, stays=trade.pk)

    assert list(Tag.objects.all()) == [trade]


# Pages


def page(**fields):
    return {
        "title": "Standards",
        "slug": "standards",
        "body": "We **check**.",
        "in_footer": "on",
        "order": 10,
        **fields,
    }


def test_a_page_is_rendered_when_it_is_published(desk, client):
    desk.post("/admin/articles/standingpage/add/", page())
    made = StandingPage.objects.get()
    desk.post(f"/admin/articles/standingpage/{made.pk}/move/publish/", {"expected": 1})

    assert "<strong>check</strong>" in client.get("/standards/").text


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"body": "[" * 100}, "body"), ({"slug": "admin"}, "slug"), ({"slug": "world"}, "slug")],
)
def test_a_page_that_cannot_be_is_refused_in_the_form(desk, fields, field):
    make.section("world")

    answer = desk.post("/admin/articles/standingpage/add/", page(**fields))

    form = answer.context["adminform"].form
    assert field in form.errors or form.non_field_errors()
    assert not StandingPage.objects.exists()


def test_a_page_has_a_preview(desk):
    answer = desk.post("/admin/articles/standingpage/preview/", page(title="<b>S</b>"))

    assert "<strong>check</strong>" in answer.text
    assert "<b>S</b>" not in answer.text
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert not StandingPage.objects.exists()
    assert "No preview" in desk.post("/admin/articles/standingpage/preview/", page(body="[" * 100)).text


def test_a_writer_previews_no_pages(client, writer):
    client.force_login(writer)

    assert client.post("/admin/articles/standingpage/preview/", page()).status_code == 403
