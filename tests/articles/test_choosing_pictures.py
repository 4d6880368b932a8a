"""Pictures go into a text by choosing them; a number that means nothing never reaches readers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from articles.models import Image, NotReady
from tests import make

pytestmark = pytest.mark.django_db


def upload(client, content=None, **fields):
    file = SimpleUploadedFile("harbour.jpg", make.picture_bytes() if content is None else content)
    return client.post(reverse("admin:articles_image_upload"), {"file": file, **fields})


def chosen(client, **query):
    return client.get(reverse("admin:articles_image_choose"), query)


@pytest.fixture
def writer(client):
    client.force_login(make.user("contributor"))
    return client


# Choosing


def test_pictures_are_found_by_their_words(writer):
    make.image(title="Town hall")
    harbour = make.image(title="Harbour at dawn", credit="Photograph: Ana")

    found = chosen(writer, q="dawn").json()["pictures"]

    assert [picture["number"] for picture in found] == [harbour.pk]
    assert found[0]["line"] == "Harbour at dawn · Photograph: Ana"
    assert found[0]["markdown"] == f"![Cranes over stacked containers](image:{harbour.pk})"


def test_pictures_are_found_by_their_numbers_whatever_else_is_asked(writer):
    image = make.image()

    found = chosen(writer, numbers=f"{image.pk},0,x,-1,{10**17},{10**40}").json()["pictures"]

    assert [picture["number"] for picture in found] == [image.pk]


def test_what_is_asked_of_the_database_does_not_grow_with_the_pictures(writer, django_assert_max_num_queries):
    for number in range(12):
        make.image(title=f"Harbour {number}")

    with django_assert_max_num_queries(6):
        assert len(chosen(writer, q="harbour").json()["pictures"]) == 12


def test_a_moderator_chooses_and_uploads_no_pictures(client):
    client.force_login(make.user("moderator"))

    assert chosen(client, q="").status_code == 403
    assert upload(client, alt="Cranes").status_code == 403


# Uploading


def test_a_picture_is_added_with_its_alternative_text_and_credit(writer):
    answer = upload(writer, alt="Cranes at dusk", credit="Photograph: Ana")

    image = Image.objects.get()
    assert answer.status_code == 201
    assert answer.json()["picture"]["markdown"] == f"![Cranes at dusk](image:{image.pk})"
    assert (image.title, image.credit) == ("Cranes at dusk", "Photograph: Ana")


def test_a_picture_without_alternative_text_is_refused_in_words(writer):
    answer = upload(writer)

    assert answer.status_code == 400
    assert "Describe the picture" in answer.json()["errors"]["alt"][0]
    assert not Image.objects.exists()


def test_what_is_no_picture_is_refused_in_words(writer):
    answer = upload(writer, b"<svg onload=alert(1)>", alt="A drawing")

    assert answer.status_code == 400
    assert answer.json()["errors"]["file"]


# In the text


def test_the_sheet_says_whose_pictures_a_text_names(client):
    image = make.image(title="Harbour at dawn", credit="Photograph: Ana")
    article = make.article("draft", body=f"Text.\n\n![](image:{image.pk})\n\n![](image:99999)")
    client.force_login(make.user("editor"))

    sheet = client.get(reverse("admin:articles_article_change", args=[article.pk])).text

    assert "Harbour at dawn · Photograph: Ana" in sheet
    assert "There is no such picture." in sheet


@pytest.mark.parametrize("at", [None, make.hours(2)])
def test_a_story_that_names_no_such_picture_is_not_published(at):
    article = make.article("draft", body="Text.\n\n![](image:99999)")

    with pytest.raises(NotReady, match="image:99999"):
        article.publish(by=make.user("editor"), expected=1, at=at and timezone.now() + at)

    article.refresh_from_db()
    assert article.state == "draft"


def test_a_planned_replacement_that_names_no_such_picture_is_refused_at_once():
    article = make.article()
    article.revise(by=None, body="Text.\n\n![](image:99999)", based_on=1)

    with pytest.raises(NotReady):
        article.publish(by=None, expected=2, at=timezone.now() + make.hours(2))
