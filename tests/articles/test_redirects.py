"""Addresses never die: what moved is found in one hop, what is gone says so."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import redirects
from articles.models import Article, FormerPath, Section
from tests import make

pytestmark = pytest.mark.django_db


def test_a_changed_slug_leads_on_in_one_hop_for_ever(client):
    article = make.article(slug="first")
    first = article.get_absolute_url()
    for slug in ("second", "third"):
        article.revise(by=None, slug=slug)
        article.publish(by=None, expected=article.latest_revision)

    response = client.get(first)

    assert response.status_code == 301
    assert response["Location"] == article.get_absolute_url()
    assert article.get_absolute_url().endswith("/third/")


def test_a_slug_taken_back_is_the_address_again(client):
    article = make.article(slug="first")
    first = article.get_absolute_url()
    for slug in ("second", "first"):
        article.revise(by=None, slug=slug)
        article.publish(by=None, expected=article.latest_revision)

    assert client.get(first).status_code == 200


def test_a_wrong_section_leads_to_the_right_one(client):
    article = make.article(section="world/americas", slug="steel")
    make.section("sport")
    tail = article.get_absolute_url().removeprefix("/world/americas")

    for wrong in ("/sport", "/world", "/never/was"):
        assert client.get(wrong + tail).headers["Location"] == article.get_absolute_url()


def test_moving_a_section_keeps_every_address_below_alive(client):
    article = make.article(section="world/americas/canada")
    before = article.get_absolute_url()
    americas = Section.objects.get(path="world/americas")
    americas.parent, americas.slug = None, "the-americas"
    americas.save()
    after = Article.objects.get().get_absolute_url()

    assert after.startswith("/the-americas/canada/")
    assert client.get(before).headers["Location"] == after
    assert client.get("/world/americas/canada/").headers["Location"] == "/the-americas/canada/"
    assert client.get("/world/americas/feed/atom/").headers["Location"] == "/the-americas/feed/atom/"


def test_moving_a_section_writes_no_article():
    make.article(section="world/americas")
    americas = Section.objects.get(path="world/americas")
    americas.slug = "new-world"

    with CaptureQueriesContext(connection) as asked:
        americas.save()

    written = [query["sql"] for query in asked.captured_queries if not query["sql"].startswith("SELECT")]
    assert written and not [sql for sql in written if '"articles_article"' in sql]


def test_a_withdrawn_article_answers_410_with_the_reason(client):
    article = make.article(slug="first")
    first = article.get_absolute_url()
    article.revise(by=None, slug="second")
    article.publish(by=None, expected=article.latest_revision)

    article.withdraw(by=None, expected=article.latest_revision, reason="It rested on a <forged> document.")

    for address in (first, article.get_absolute_url()):
        response = client.get(address)
        assert response.status_code == 410
        assert "It rested on a &lt;forged&gt; document." in response.text
        assert article.headline not in response.text


def test_an_article_put_back_is_read_again_where_it_was(client):
    article = make.article("withdrawn")

    article.reinstate(by=None, expected=article.latest_revision)

    assert client.get(article.get_absolute_url()).status_code == 200


def test_a_former_slug_of_a_story_that_is_not_live_leads_nowhere(client):
    article = make.article(slug="first")
    former = article.get_absolute_url()
    article.revise(by=None, slug="second")
    article.publish(by=None, expected=article.latest_revision)
    Article.objects.update(publish_at=article.publish_at + make.hours(1))

    assert client.get(former).status_code == 404


@pytest.mark.parametrize("address", ["/?p=123", "/?page_id=123", "/?p=123&utm_source=mail"])
def test_wordpress_numbers_lead_to_what_became_of_them(client, address):
    for name in ("p", "page_id"):
        redirects.remember(f"/?{name}=123", "/world/2011/03/04/steel/")

    response = client.get(address)

    assert (response.status_code, response["Location"]) == (301, "/world/2011/03/04/steel/")


@pytest.mark.parametrize("address", ["/?p=124", "/?p=", "/?p=abc", "/?page_id=%FF", f"/?p={'9' * 5000}"])
def test_a_number_wordpress_never_gave_is_nothing(client, address):
    assert client.get(address).status_code == 404


def test_a_number_of_something_gone_says_so(client):
    FormerPath.objects.create(old_path="/?p=9", new_path="")

    assert client.get("/?p=9").status_code == 410


def test_old_permalinks_lead_on(client):
    redirects.remember("/2011/03/steel/", "/world/2011/03/04/steel/")

    assert client.get("/2011/03/steel/").headers["Location"] == "/world/2011/03/04/steel/"


def test_chains_are_flattened_and_loops_not_written():
    redirects.remember("/a/", "/b/")
    redirects.remember("/b/", "/c/")
    assert redirects.destination("/a/") == "/c/"

    redirects.remember("/c/", "/a/")

    assert redirects.destination("/a/") is None
    assert redirects.destination("/b/") == redirects.destination("/c/") == "/a/"


@pytest.mark.parametrize("old", ["", "/", "elsewhere", "/" + "x" * 600 + "/"])
def test_what_cannot_be_remembered_is_said(old):
    assert not redirects.remember(old, "/world/")
    assert not FormerPath.objects.exists()


def test_addresses_in_any_script_are_remembered(client):
    redirects.remember("/новости/сталь/", "/world/")

    assert client.get("/новости/сталь/").headers["Location"] == "/world/"


def test_a_renamed_page_keeps_its_old_address(client):
    page = make.page(title="About", slug="about", body="Who we are.")
    page.slug = "about-us"
    page.save()

    assert client.get("/about/").headers["Location"] == "/about-us/"


def test_a_renamed_contributor_keeps_the_old_address(client):
    ana = make.contributor("Ana", slug="ana")
    make.article(bylines=[(ana, "by")])
    ana.slug = "ana-beltran"
    ana.save()

    assert client.get("/by/ana/").headers["Location"] == "/by/ana-beltran/"


@pytest.mark.parametrize(
    ("slug", "longer"),
    [
        ("новости", "внутренняя-политика-и-общество-россии"),
        ("社会", "市議会が新しい図書館の建設計画を承認-住民からは賛否の声が上がる"),
    ],
)
def test_a_path_is_measured_in_letters_of_any_script(client, slug, longer):
    section = make.section("/".join([slug] * 3))
    section.slug = longer
    section.save()

    for below in ("", "feed/", "feed/atom/"):
        former = client.get(f"/{slug}/{slug}/{slug}/{below}")
        assert (former.status_code, former["Location"]) == (301, f"{section.get_absolute_url()}{below}")


def test_a_former_path_is_known_with_whatever_was_hung_on_it(client):
    redirects.remember("/2011/03/steel/", "/steel/")

    for asked in ("/2011/03/steel/?utm_source=mail", "/2011/03/steel", "/2011/03/steel?a=b"):
        assert client.get(asked).headers["Location"] == "/steel/"


def test_what_is_gone_for_good_says_so(client):
    FormerPath.objects.create(old_path="/old-page/", new_path="")

    response = client.get("/old-page/")

    assert response.status_code == 410
    assert "withdrawn" in response.text


@pytest.mark.parametrize("path", ["elsewhere", "/", "/" + "x" * 600])
def test_a_redirect_that_could_not_be_kept_is_refused_in_the_form(client, administrator, path):
    client.force_login(administrator)

    answer = client.post("/admin/articles/formerpath/add/", {"old_path": path, "new_path": "/world/"})

    assert "old_path" in answer.context["adminform"].form.errors


def test_a_redirect_is_typed_in_any_spelling(client, administrator):
    client.force_login(administrator)
    client.post(
        "/admin/articles/formerpath/add/", {"old_path": "/%D0%BE-%D0%BD%D0%B0%D1%81/", "new_path": "/о/"}
    )

    assert client.get("/о-нас/").headers["Location"] == "/%D0%BE/"


def test_a_section_whose_path_nobody_could_ask_for_is_refused_before_it_is_saved(client, administrator):
    client.force_login(administrator)
    deep = make.section("/".join(["a" * 70] * 5))
    top = deep.trail()[0]
    fields = {"name": "A", "slug": "b" * 80, "parent": "", "description": "", "order": 1}

    answer = client.post(f"/admin/articles/section/{top.pk}/change/", {**fields, "slug": "c" * 80})
    assert answer.status_code == 302
    answer = client.post("/admin/articles/section/add/", {**fields, "parent": deep.pk})

    assert "slug" in answer.context["adminform"].form.errors
    with pytest.raises(ValidationError):
        Section.objects.create(parent=deep, name="B", slug="b" * 80)
