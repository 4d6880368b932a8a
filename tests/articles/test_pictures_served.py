"""Pictures as the site itself serves them: found by their names only, and inert."""

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def rendition():
    return make.image().renditions.filter(format="jpeg").last()


def test_a_rendition_is_sent_as_it_was_made(client, rendition):
    response = client.get(rendition.file.url)

    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(response) == rendition.file.open().read()


def test_a_rendition_can_do_nothing_and_keeps_for_ever(client, rendition):
    response = client.get(rendition.file.url)

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "immutable" in response["Cache-Control"]
    assert not response.cookies


def test_a_rendition_is_not_compressed_again(client, rendition):
    response = client.get(rendition.file.url, headers={"accept-encoding": "gzip"})

    assert "Content-Encoding" not in response
    assert int(response["Content-Length"]) == rendition.file.size


def test_a_rendition_unchanged_is_not_sent_again(client, rendition):
    first = client.get(rendition.file.url)

    again = client.get(rendition.file.url, headers={"if-modified-since": first["Last-Modified"]})

    assert again.status_code == 304


def test_a_rendition_can_be_asked_about(client, rendition):
    response = client.head(rendition.file.url)

    assert (response.status_code, b"".join(response)) == (200, b"")
    assert int(response["Content-Length"]) == rendition.file.size


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nobody_writes_here(client, rendition, method):
    assert getattr(client, method)(rendition.file.url).status_code == 405


def test_an_original_is_never_served(client):
    original = make.image().original

    for address in (
        f"/media/{original.name}",
        f"/media/originals/{original.name}",
        f"/media/../originals/{original.name}",
        f"/media/pictures/..%2f..%2foriginals%2f{original.name}",
        f"/originals/{original.name}",
    ):
        assert client.get(address).status_code in {301, 404}
        assert client.get(address, follow=True).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/media/",
        "/media/pictures/",
        "/media/pictures/x/640.jpeg",
        "/media/pictures/../../secret_key",
        "/media/pictures/..%2f..%2fsecret_key",
        "/media/pictures/%2e%2e/640.jpeg",
        "/media/pictures/x/640.svg",
        "/media/pictures/x/640.html",
        "/media/pictures/x/640.jpeg/",
        "/media/pictures/x/640.jpeg%0a",
        "/media//etc/passwd",
        "/media/pictures/" + "x" * 5000 + "/640.jpeg",
        "/media/pictures/x/" + "9" * 5000 + ".jpeg",
    ],
)
def test_what_is_not_a_rendition_is_nothing(client, address):
    (settings.DATA_DIR / "secret_key").write_text("hidden")

    assert client.get(address, follow=True).status_code == 404


def test_whatever_else_lies_there_is_not_served(client):
    default_storage.save("pictures/token/page.html", ContentFile(b"<script>alert(1)</script>"))

    assert client.get("/media/pictures/token/page.html").status_code == 404
