"""A picture in a text is the picture as it is now, and stays as long as a text names it."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.urls import reverse

from articles.models import Article, Image, facts, refreshing
from newsroom.foundations import outbox
from tests import make
from tests.kept import Site

pytestmark = pytest.mark.django_db


def text_with(image):
    return f"The port is closed.\n\n![](image:{image.pk})\n\nNobody knows for how long."


def stored(article):
    return Article.objects.get(pk=article.pk)


def shown_in(html):
    """The files that a text's pictures are loaded from, by their names in the store."""
    pictures = BeautifulSoup(html, "html.parser").select("figure img")
    sources = [one.split()[0] for img in pictures for one in [img["src"], *img["srcset"].split(", ")]]
    return {source.removeprefix(default_storage.base_url) for source in sources}


def files_of(image):
    return {size.name for size in [image.fallback(), *image.sizes("webp")]}


def delete(client, image):
    return client.post(reverse("admin:articles_image_delete", args=[image.pk]), {"post": "yes"})


# As it is now


def test_another_file_is_shown_in_the_texts(django_capture_on_commit_callbacks):
    image = make.image()
    article = make.article(body=text_with(image))

    with django_capture_on_commit_callbacks(execute=True):
        image.take(make.picture_bytes(1200, 800))
    outbox.deliver()

    shown = shown_in(stored(article).body_html)
    assert shown == files_of(image)
    assert all(default_storage.exists(name) for name in shown)


def test_its_new_words_are_said_in_the_texts():
    image = make.image(credit="Photograph: Ana")
    article = make.article(body=text_with(image))

    image.alt, image.caption, image.credit = "A crane at dusk", "The east quay.", "Photograph: Marc"
    image.save()
    outbox.deliver()

    assert 'alt="A crane at dusk"' in stored(article).body_html
    assert "The east quay. Photograph: Marc" in stored(article).body_text


def test_a_title_only_the_desk_sees_leaves_the_texts_alone():
    image = Image.objects.get(pk=make.image().pk)
    article = make.article(body=text_with(image))
    Article.objects.update(body_html="As it was rendered.")

    image.title = "Harbour, second choice"
    image.save()
    outbox.deliver()

    assert stored(article).body_html == "As it was rendered."


def test_pages_that_show_the_text_are_made_anew_and_no_others():
    image = make.image()
    port = make.article(body=text_with(image), section="world").get_absolute_url()
    cup = make.article(section="sport").get_absolute_url()
    site = Site()
    for address in (port, cup, "/world/feed/", "/sport/feed/"):
        site.get(address)
    former = image.fallback().url.encode()
    assert former in site.get("/world/feed/").body

    image.take(make.picture_bytes(1200, 800))

    kept = [one for one in (port, cup, "/world/feed/", "/sport/feed/") if site.get(one, method="HEAD").is_hit]
    assert kept == [cup, "/sport/feed/"]
    assert shown_in(site.get(port).body) == files_of(image)
    feed = site.get("/world/feed/").body
    assert former not in feed and image.fallback().url.encode() in feed


def test_texts_are_right_when_read_before_any_job_has_rendered_them():
    image = make.image()
    article = make.article(body=text_with(image))
    site = Site()
    site.get(article.get_absolute_url())

    image.take(make.picture_bytes(1200, 800))

    assert shown_in(stored(article).body_html) != files_of(image)
    assert shown_in(site.get(article.get_absolute_url()).body) == files_of(image)


def test_pages_of_more_texts_than_are_marked_are_purged_when_their_job_comes_to_them(monkeypatch):
    monkeypatch.setattr(facts, "MARKED", 1)
    monkeypatch.setattr(facts, "A_JOB", 1)
    image = make.image()
    older, newer = (make.article(body=text_with(image)) for _ in range(2))
    site = Site()

    image.take(make.picture_bytes(1200, 800))
    assert shown_in(site.get(newer.get_absolute_url()).body) == files_of(image)
    assert shown_in(site.get(older.get_absolute_url()).body) != files_of(image)
    outbox.deliver()

    assert shown_in(site.get(older.get_absolute_url()).body) == files_of(image)
    assert shown_in(stored(older).body_html) == shown_in(stored(newer).body_html) == files_of(image)


def test_a_text_rendered_before_its_row_was_locked_is_not_kept_when_its_picture_has_changed_since():
    image = make.image()
    body = text_with(image)
    made = refreshing.Made.of(body)
    assert made.is_still(body) and not made.is_still(f"{body} At all.")

    image.take(make.picture_bytes(1200, 800))

    assert not made.is_still(body)


def test_one_story_that_cannot_be_refreshed_keeps_no_other_from_it(caplog):
    image, portrait = make.image(), make.image()
    ana = make.contributor("Ana", portrait=portrait)
    broken = make.article(body=text_with(image), bylines=[(ana, "by")])
    fine = make.article(body=text_with(image))
    Image.objects.filter(pk=portrait.pk).update(made=[])  # no file of it is left

    image.take(make.picture_bytes(1200, 800))

    assert outbox.deliver() == 1
    assert shown_in(stored(fine).body_html) == files_of(image)
    assert f"{broken.pk} could not be done" in caplog.text and "Traceback" in caplog.text


def test_a_version_readers_do_not_see_yet_shows_it_as_it_is_then():
    image = make.image()
    article = make.article(body="The port is closed.")
    article.revise(by=None, body=text_with(image))

    image.take(make.picture_bytes(1200, 800))
    stored(article).publish(by=None, expected=article.latest_revision)

    assert shown_in(stored(article).body_html) == files_of(image)


def test_a_standing_page_shows_the_new_file_too():
    image = make.image()
    page = make.page(title="About", slug="about", body=text_with(image))
    site = Site()
    site.get("/about/")

    image.take(make.picture_bytes(1200, 800))

    assert shown_in(site.get("/about/").body) == files_of(image)
    outbox.deliver()
    page.refresh_from_db()
    assert shown_in(page.body_html) == files_of(image)


# As long as a text names it


@pytest.mark.parametrize(
    "text", ["![](image:{})", '![Cranes](image:{} "At dawn.")', "![Cranes][1]\n\n[1]: image:{}"]
)
def test_what_stands_in_a_text_is_not_deleted(client, administrator, text):
    client.force_login(administrator)
    image = make.image()
    make.article(state="draft", body=text.format(image.pk))

    delete(client, image)

    assert Image.objects.exists()


def test_what_stands_on_a_page_is_not_deleted(client, administrator):
    client.force_login(administrator)
    image = make.image()
    make.page(title="About", slug="about", body=text_with(image))

    answer = delete(client, image)

    assert Image.objects.exists()
    assert "stands on the page “About”" in answer.text


def test_what_was_taken_out_of_its_text_can_be_deleted(client, administrator):
    client.force_login(administrator)
    image = make.image()
    article = make.article(body=text_with(image))
    article.revise(by=None, body="The port is open again.")
    stored(article).publish(by=None, expected=article.latest_revision)

    delete(client, image)

    assert not Image.objects.exists()


def test_a_picture_says_in_which_texts_it_stands(client, editor):
    client.force_login(editor)
    image = make.image()
    make.article(headline="Port closed", body=text_with(image), picture=image)
    make.article(headline="Cup final", body=f"No picture:{image.pk} here.")
    make.page(title="About", slug="about", body=text_with(image))

    page = BeautifulSoup(
        client.get(reverse("admin:articles_image_change", args=[image.pk])).text, "html.parser"
    )

    assert [link.text for link in page.select(".field-uses a")] == ["Port closed", "About"]


def test_a_writer_reads_no_headline_there_that_is_not_theirs_to_see(client, writer):
    client.force_login(writer)
    image = make.image()
    make.article("draft", headline="Minister resigns", body=text_with(image))
    make.article("draft", headline="My own", body=text_with(image), by=writer)

    page = BeautifulSoup(
        client.get(reverse("admin:articles_image_change", args=[image.pk])).text, "html.parser"
    )

    uses = page.select_one(".field-uses").get_text(" ")
    assert "My own" in uses and "1 article not listed here" in uses
    assert "Minister" not in page.get_text()
