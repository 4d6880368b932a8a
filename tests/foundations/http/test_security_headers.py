"""What every answer has the browser refuse, whoever asks and whatever is there."""

import pytest

from tests import make, public_urls
from tests.kept import Site

pytestmark = pytest.mark.django_db

# Whatever has no directive of its own (scripts, styles, frames …) is held to default-src.
STRICT = {
    "default-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
REFERRERS = {"strict-origin-when-cross-origin", "no-referrer"}  # the second where an address is a secret


def policy(answer):
    """Directive by directive."""
    said = answer.headers["Content-Security-Policy"].split(";")
    return {name: rest for name, _space, rest in (directive.strip().partition(" ") for directive in said)}


def is_strict(answer):
    headers = dict(answer.headers)
    is_guarded = headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] in REFERRERS
    return policy(answer) == STRICT and is_guarded


def test_every_public_page_runs_only_what_is_ours_and_stands_in_nobodys_frame():
    article = make.article()
    found = [each for group in public_urls.of(article, article.slug, "ports").values() for each in group]
    site = Site()

    answers = {address: site.get(address) for address in [*found, "/no/such/page/"]}

    assert {answer.status for answer in answers.values()} >= {200, 404}
    assert [address for address, answer in answers.items() if not is_strict(answer)] == []


def test_so_does_a_page_that_is_gone():
    article = make.article()
    article.withdraw(by=None, expected=article.latest_revision, reason="It rested on a forged document.")

    answer = Site().get(article.get_absolute_url())

    assert answer.status == 410
    assert is_strict(answer)


@pytest.mark.parametrize("path", ["", "articles/article/", "articles/article/add/", "no/such/page/"])
def test_so_does_the_desk(client, editor, path):
    client.force_login(editor)

    answer = client.get(f"/admin/{path}")

    assert is_strict(answer)
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_so_does_the_way_in(client):
    assert is_strict(client.get("/admin/login/"))


def test_no_public_page_depends_on_who_asks(client):
    """One list of middleware answers readers and the desk; a page that asks for no session has none."""
    article = make.article()
    found = public_urls.of(article, article.slug, "ports")
    pages = [each for name, group in found.items() for each in group if name not in public_urls.FORMS]

    answers = {page: client.get(page) for page in pages}

    assert [page for page, answer in answers.items() if answer.cookies] == []
    assert [page for page, answer in answers.items() if "Cookie" in answer.get("Vary", "")] == []
