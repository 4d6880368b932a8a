"""Pictures in the admin: taken with care, refused with reasons."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Image
from tests import make

ADD = "/admin/articles/image/add/"
WORDS = {"title": "Harbour", "alt": "Cranes over containers", "caption": "", "credit": "Photograph: Ana"}


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def upload(content=None, name="harbour.jpg"):
    return SimpleUploadedFile(name, make.picture_bytes() if content is None else content)


def change(image):
    return reverse("admin:articles_image_change", args=[image.pk])


def test_an_upload_is_kept_and_rendered(desk):
    desk.post(ADD, {**WORDS, "file": upload()})

    image = Image.objects.get()
    assert (image.title, image.width, image.height) == ("Harbour", 640, 400)
    assert image.renditions.count() == 4


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"file": upload(b"<svg onload='alert(1)'/>", "x.jpg")}, "file", "This is not a JPEG"),
        ({"file": upload(make.picture_bytes()[:900])}, "file", "damaged"),
        ({"file": upload(b"")}, "file", "empty"),
        ({}, "file", "required"),
        ({"file": upload(), "alt": " "}, "alt", "Describe the picture"),
        ({"file": upload(), "title": ""}, "title", "required"),
    ],
    ids=str,
)
def test_what_is_no_picture_or_lacks_its_words_is_refused_in_the_form(desk, given, field, why):
    answer = desk.post(ADD, {**WORDS, **given})

    errors = answer.context["adminform"].form.errors
    assert why in str(errors[field])
    assert not Image.objects.exists()


def test_a_picture_too_large_is_refused_in_the_form(desk, settings):
    settings.PICTURE_MAX_BYTES = 100

    answer = desk.post(ADD, {**WORDS, "file": upload()})

    assert "larger than" in str(answer.context["adminform"].form.errors["file"])


def test_a_tall_infographic_is_taken_and_shown(desk):
    answer = desk.post(ADD, {**WORDS, "file": upload(make.picture_bytes(1080, 16_384))})

    image = Image.objects.get()
    assert answer.status_code == 302
    assert (image.widest().width, image.widest().height) == (1079, 16_369)
    assert desk.get(change(image)).status_code == 200


def test_a_picture_no_encoder_takes_is_refused_in_the_form(desk):
    answer = desk.post(ADD, {**WORDS, "file": upload(make.picture_bytes(1, 20_000))})

    assert "too narrow" in str(answer.context["adminform"].form.errors["file"])


def test_a_decorative_picture_needs_no_words(desk):
    desk.post(ADD, {**WORDS, "alt": "", "decorative": "on", "file": upload()})

    assert Image.objects.get().decorative


def test_changing_the_words_leaves_the_file_alone(desk):
    image = make.image()
    renditions = set(image.renditions.values_list("pk", flat=True))

    desk.post(change(image), {**WORDS, "caption": "At dawn"})

    image.refresh_from_db()
    assert image.caption == "At dawn"
    assert set(image.renditions.values_list("pk", flat=True)) == renditions


def test_another_file_is_rendered_anew(desk):
    image = make.image()

    desk.post(change(image), {**WORDS, "file": upload(make.picture_bytes(1000, 500))})

    image.refresh_from_db()
    assert (image.width, image.height) == (1000, 500)


def test_a_picture_says_where_it_is_used(desk):
    image = make.image()
    make.article(headline="Ports reopen", picture=image)
    make.contributor("Ana Beltrán", portrait=image)

    page = BeautifulSoup(desk.get(change(image)).text, "html.parser")

    assert [link.text for link in page.select(".field-uses a")] == ["Ports reopen", "Ana Beltrán"]


def test_a_picture_in_use_is_not_deleted(client, administrator):
    client.force_login(administrator)
    leading, in_text, unused = make.image(), make.image(), make.image()
    make.article(picture=leading, body=f"Words.\n\n![Cranes](image:{in_text.pk})")

    for image in (leading, in_text, unused):
        client.post(reverse("admin:articles_image_delete", args=[image.pk]), {"post": "yes"})

    assert set(Image.objects.all()) == {leading, in_text}


def test_the_picker_shows_thumbnails(desk):
    image = make.image()
    asked = {"app_label": "articles", "model_name": "article", "field_name": "picture", "term": "harb"}

    found = desk.get("/admin/autocomplete/", asked).json()["results"]

    assert [(row["id"], row["text"]) for row in found] == [(str(image.pk), "Harbour")]
    assert found[0]["thumbnail"].endswith("320.jpeg")


def test_the_card_beside_the_picker_says_what_the_picture_says(desk, client):
    image = make.image(caption="At dawn")

    card = desk.get(reverse("admin:articles_image_card", args=[image.pk])).json()

    assert (card["caption"], card["markdown"]) == ("At dawn", f"![{image.alt}](image:{image.pk})")
    assert desk.get(reverse("admin:articles_image_card", args=[999])).status_code == 404


def test_a_moderator_sees_no_picture_cards(client, moderator):
    client.force_login(moderator)

    assert client.get(reverse("admin:articles_image_card", args=[make.image().pk])).status_code == 403


def test_a_picture_added_from_the_articles_form_is_chosen_there(desk):
    answer = desk.post(
        f"{ADD}?_popup=1&_to_field=id", {**WORDS, "file": upload(), "_popup": "1", "_to_field": "id"}
    )

    assert f"&quot;value&quot;: &quot;{Image.objects.get().pk}&quot;" in answer.text
