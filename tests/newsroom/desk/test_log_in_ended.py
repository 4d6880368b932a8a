"""A log-in that ended while somebody worked: what they sent is not done, and none of its words are lost."""

import json

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Article, StandingPage
from comments.models import Comment
from tests import make
from tests.client import NewsroomClient
from tests.sheet import address, opened

pytestmark = pytest.mark.django_db

DOOR = "/admin/login/"
PAGES = "/admin/articles/standingpage/"


def fields_in(answer, action=None):
    """The fields of the only form of this page, or of the one that goes there, as the browser would send them."""
    page = BeautifulSoup(answer.text, "html.parser").find(id="content")
    found = [form for form in page.find_all("form") if action in {None, form["action"]}]
    outside = page.find_all(attrs={"name": True, "form": found[0].get("id", "none")})
    return [(field["name"], field.get("value", "")) for field in [*found[0].select("[name]"), *outside]]


def as_form(fields, **typed):
    together = {}
    for name, value in fields:
        together.setdefault(name, []).append(value)
    return {**together, **typed}


def log_in(client, shown, person, password="correct horse", **extra):
    return client.post(DOOR, as_form(fields_in(shown), username=person.username, password=password), **extra)


def send_again(client, shown, path):
    return client.post(path, as_form(fields_in(shown, path)), follow=True)


def article_form(client, editor):
    article = make.article("draft")
    client.force_login(editor)
    return address(article), opened(client, article, headline="Words <of> the night")


def verb(client, editor):
    article = make.article("in_review")
    path = reverse("admin:articles_article_move", args=[article.pk, "send_back"])
    return path, {"expected": article.latest_revision.number, "reason": "Words <of> the night"}


def bulk_action(client, editor):
    articles = [make.article("in_review"), make.article("in_review")]
    shown = {f"shown-{one.pk}": one.latest_revision.number for one in articles}
    ticked = [one.pk for one in articles]
    chosen = {"action": "approve", "_selected_action": ticked, "confirmed": 1}
    return f"{reverse('admin:articles_article_changelist')}?state=in_review", {**shown, **chosen}


def moderation(client, editor):
    comment = make.comment(state="pending")
    path = "/admin/comments/comment/move/reject/"
    return path, {"comment": comment.pk, f"shown-{comment.pk}": "pending", "reason": "Words <of> the night"}


def standing_page(client, editor):
    return f"{PAGES}add/", {"title": "About", "body": "Words <of> the night", "slug": "about", "order": 100}


KINDS = {
    article_form: lambda: Article.objects.get().latest_revision.content["headline"] == "Words <of> the night",
    verb: lambda: Article.objects.get().state == "draft",
    bulk_action: lambda: Article.objects.filter(state="approved").count() == 2,
    moderation: lambda: Comment.objects.get().state == "rejected",
    standing_page: lambda: StandingPage.objects.filter(title="About").exists(),
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_what_was_sent_goes_through_the_log_in_and_is_done_when_it_is_sent_again(client, administrator, kind):
    path, typed = kind(client, administrator)
    client.logout()

    refused = client.post(path, typed)
    assert refused.status_code == 403 and not KINDS[kind]()
    shown = log_in(client, refused, administrator)
    assert shown.status_code == 200 and not KINDS[kind]()
    assert kind is bulk_action or "Words &lt;of&gt; the night" in shown.text
    send_again(client, shown, path)

    assert KINDS[kind]()


def test_words_survive_a_wrong_password(client, editor):
    refused = client.post(f"{PAGES}add/", {"title": "Written all night"})

    wrong = log_in(client, refused, editor, password="wrong")
    shown = log_in(client, wrong, editor)

    assert ("title", "Written all night") in fields_in(shown, f"{PAGES}add/")


def test_words_survive_too_many_wrong_passwords(client, editor):
    shown = client.post(f"{PAGES}add/", {"title": "Written all night"})
    for _ in range(settings.AXES_FAILURE_LIMIT):
        shown = log_in(client, shown, editor, password="wrong")
    assert shown.status_code == 429

    later = client.post(DOOR, as_form(fields_in(shown)))

    assert "Written all night" in log_in(client, later, editor, REMOTE_ADDR="198.51.100.7").text


def test_passwords_and_files_are_never_kept(client, administrator):
    secret = {"username": "ana", "password1": "hunter2hunter2", "password2": "hunter2hunter2"}
    refused = client.post("/admin/newsroom/user/add/", secret)
    shown = log_in(client, refused, administrator)
    assert "hunter2" not in refused.text + shown.text and "Send it again" not in shown.text

    client.logout()
    picture = SimpleUploadedFile("harbour.jpg", make.picture_bytes())
    refused = client.post("/admin/articles/image/add/", {"title": "Harbour", "file": picture})
    assert "choose the file again" in log_in(client, refused, administrator).text


def test_a_page_too_long_to_be_kept_says_where_the_words_are(client, editor):
    noise = "".join(chr(0x4E00 + (number * 7919) % 20_000) for number in range(600_000))

    refused = client.post(f"{PAGES}add/", {"title": "About", "body": noise})

    assert refused.status_code == 403 and "your browser still has" in refused.text
    assert len(refused.content) < 50_000


def test_who_logs_in_still_has_to_be_allowed(client, moderator):
    refused = client.post(f"{PAGES}add/", {"title": "About", "slug": "about", "order": 1})

    shown = log_in(client, refused, moderator)

    assert send_again(client, shown, f"{PAGES}add/").status_code == 403
    assert not StandingPage.objects.exists()


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_what_another_site_sends_is_carried_nowhere(client, editor, headers):
    answer = client.post(f"{PAGES}add/", {"title": "Forged"}, headers=headers)
    assert answer.status_code == 302

    strict = NewsroomClient(enforce_csrf_checks=True)
    strict.force_login(editor)
    answer = strict.post(f"{PAGES}add/", {"title": "Forged"}, headers=headers)
    assert answer.status_code == 403 and "Forged" not in answer.text


@pytest.mark.parametrize("kept", ["nonsense", json.dumps(["https://evil.example/", [], False, ""]), "\ud83d"])
def test_a_log_in_carries_nothing_that_this_site_did_not_seal(client, editor, kept):
    given = {"username": editor.username, "password": "correct horse", "kept": kept, "next": "/admin/"}

    answer = client.post(DOOR, {**given, "kept": kept.encode("utf-8", "replace").decode()})

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


@pytest.mark.parametrize(
    "headers",
    [{"Accept": "application/json"}, {"Sec-Fetch-Dest": "empty"}, {"Content-Type": "application/json"}],
)
def test_a_script_is_told_in_a_sentence(client, db, headers):
    kind = headers.get("Content-Type", "application/x-www-form-urlencoded")
    answer = client.post(f"{PAGES}add/", '{"body": "a"}', content_type=kind, headers=headers)

    assert answer.status_code == 401 and answer["Content-Type"].startswith("text/plain")


# A token that a newer log-in made void


@pytest.fixture
def strict(editor):
    """A browser that is logged in, and whose tokens are looked at."""
    browser = NewsroomClient(enforce_csrf_checks=True)
    browser.force_login(editor)
    return browser


def test_a_form_with_an_old_token_is_offered_again(strict):
    typed = {"title": "About", "slug": "about", "order": 1, "body": "Night's words"}

    shown = strict.post(f"{PAGES}add/", {**typed, "csrfmiddlewaretoken": "x" * 64})
    assert shown.status_code == 403 and not StandingPage.objects.exists()
    send_again(strict, shown, f"{PAGES}add/")

    assert StandingPage.objects.get().body == "Night's words"


def test_an_old_token_and_an_ended_log_in_are_survived_together(strict, editor):
    typed = {"title": "About", "slug": "about", "order": 1, "body": "Night's words"}
    strict.logout()

    refused = strict.post(f"{PAGES}add/", {**typed, "csrfmiddlewaretoken": "x" * 64})
    send_again(strict, log_in(strict, refused, editor), f"{PAGES}add/")

    assert StandingPage.objects.get().body == "Night's words"


def test_words_survive_a_log_in_that_happened_in_another_window(strict, editor):
    strict.logout()
    refused = strict.post(f"{PAGES}add/", {"title": "Night's words"})
    strict.force_login(editor)

    given = as_form(fields_in(refused), csrfmiddlewaretoken="x" * 64)
    shown = strict.post(DOOR, {**given, "username": editor.username, "password": "correct horse"})

    assert ("title", "Night's words") in fields_in(shown, f"{PAGES}add/")


def test_an_old_token_is_explained_to_a_script(strict):
    answer = strict.post(f"{PAGES}add/", {"title": "A"}, headers={"Accept": "application/json"})

    assert answer.status_code == 403 and answer["Content-Type"].startswith("text/plain")


def test_a_reader_sees_the_page_for_readers(db):
    article = make.article()

    answer = NewsroomClient(enforce_csrf_checks=True).post(f"/comments/{article.pk}/new/", {"text": "A"})

    assert "Send it again" not in answer.text
