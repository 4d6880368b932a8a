"""The comment form: nothing typed is lost, nothing is sent twice, and no cookie is set."""

import re
from html import unescape

import pytest
import time_machine
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from comments import ip_addresses
from comments.models import Comment, HouseRules
from comments.views import RECEIVED
from tests import make
from tests.client import NewsroomClient

pytestmark = pytest.mark.django_db

WORDS = "They said the same in 2019 — <and> the port closed anyway."


@pytest.fixture
def article():
    return make.article(at=timezone.now() - make.hours(2))


def opened(client, article, parent=None):
    """The address of a form and the form_token in it, a minute after it was opened."""
    where = [article.pk, parent.pk] if parent else [article.pk]
    address = reverse("comment_reply" if parent else "comment_new", args=where)
    with time_machine.travel(timezone.now() - make.hours(1 / 60)):
        page = client.get(address).text
    return address, unescape(re.search(r'name="form_token"\s+value="([^"]+)"', page)[1])


def sent(client, article, parent=None, form_token=None, headers=None, **fields):
    address, given = opened(client, article, parent)
    by_default = {
        "name": "R. Castellanos",
        "email": "r@mail.example",
        "text": WORDS,
        "form_token": form_token or given,
    }
    return client.post(address, {**by_default, **fields}, headers=headers or {})


def typed(response):
    """What stands in the text field of the answer."""
    return unescape(re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", response.text, re.S)[1])


def test_a_readers_comment_is_held_and_the_reader_is_told(client, article):
    response = sent(client, article)
    page = client.get(response.headers["Location"])

    comment = Comment.objects.get()
    assert response.status_code == 303
    assert (comment.text, comment.name, comment.state) == (WORDS, "R. Castellanos", "pending")
    assert comment.reader.email == "r@mail.example"
    assert "awaiting moderation" in page.text
    assert not list(comment.findings.all())


def test_the_form_and_its_answers_are_kept_by_no_cache_and_set_no_cookie(client, article):
    response = sent(client, article)

    for answer in (
        client.get(f"/comments/{article.pk}/new/"),
        response,
        client.get(response.headers["Location"]),
    ):
        assert "no-store" in answer.headers["Cache-Control"]
    assert not client.cookies


def test_spam_is_never_told_that_it_is_spam(client, article):
    response = sent(client, article, website="https://pills.example")

    page = client.get(response.headers["Location"]).text
    comment = Comment.objects.get()
    assert (comment.state, comment.findings.get().screen) == ("spam", "honeypot")
    assert "awaiting moderation" in page and "spam" not in page.lower()


def test_the_answer_changes_once_the_comment_is_approved(client, article, moderator):
    response = sent(client, article)
    Comment.objects.get().approve(by=moderator)

    page = client.get(response.headers["Location"]).text

    assert "now under the article" in page
    assert f"#comment-{Comment.objects.get().pk}" in page


def test_nobody_can_ask_after_the_comments_of_others(client, article):
    comment = make.comment(article=article, state="pending")
    other = make.article()
    own = sent(client, article).headers["Location"]

    assert client.get(f"/comments/{article.pk}/received/?comment={comment.pk}").status_code == 404
    assert client.get(f"/comments/{article.pk}/received/").status_code == 404
    assert client.get(own.replace(f"/{article.pk}/", f"/{other.pk}/")).status_code == 404


def test_pressing_send_twice_brings_one_comment(client, article):
    _address, form_token = opened(client, article)

    first, second = (sent(client, article, form_token=form_token) for _ in range(2))

    assert first.status_code == second.status_code == 303
    assert Comment.objects.count() == 1


def test_going_back_and_sending_other_words_loses_neither(client, article):
    _address, form_token = opened(client, article)
    sent(client, article, form_token=form_token)

    response = sent(client, article, form_token=form_token, text="On second thoughts.")
    fresh = unescape(re.search(r'name="form_token"\s+value="([^"]+)"', response.text)[1])

    assert response.status_code == 422
    assert typed(response) == "On second thoughts."
    assert sent(client, article, form_token=fresh, text="On second thoughts.").status_code == 303
    assert Comment.objects.count() == 2


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"name": ""}, "Tell us the name to show."),
        ({"name": "…"}, "A name needs at least one letter."),
        ({"name": "x" * 61}, "at most 60"),
        ({"email": "nobody"}, "valid email"),
        ({"email": "a@b.example\nBcc: all@b.example"}, "valid email"),
        ({"text": "   "}, "Write something first."),
        ({"text": "---"}, "nothing to read"),
        ({"text": "long " * 2000}, "at most 5,000"),
        ({"text": "x" * 1_000_000}, "at most 5,000"),
        ({"text": "NUL \x00 inside"}, "did not arrive whole"),
        ({"name": "NUL \x00 inside"}, "did not arrive whole"),
    ],
)
def test_a_mistake_is_explained_and_everything_typed_stays(client, article, missing, sentence):
    response = sent(client, article, **missing)

    given = {"text": WORDS, **missing}["text"].replace("\x00", "")
    assert response.status_code == 422
    assert sentence in unescape(response.text)
    assert typed(response).strip() == given.strip()
    assert 'value="R. Castellanos"' in response.text or "name" in missing
    assert not Comment.objects.exists()


def test_bytes_that_are_no_text_are_explained(client, article):
    address, form_token = opened(client, article)
    body = f"name=R&email=r%40mail.example&form_token={form_token}&text=caf".encode() + b"%e9 \xff"

    response = client.generic("POST", address, body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 422
    assert "did not arrive whole" in response.text


@pytest.mark.parametrize("charset", ["base64", "idna", "utf-16", "latin-1"])
def test_a_form_in_another_encoding_is_refused(client, article, charset):
    body = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nhello\r\n--x--\r\n'
    kind = f"multipart/form-data; boundary=x; charset={charset}"

    assert client.generic("POST", f"/comments/{article.pk}/new/", body, content_type=kind).status_code == 400


def test_more_than_a_form_can_hold_is_refused_unread(client, article):
    assert client.post(f"/comments/{article.pk}/new/", {"text": "x" * 3_000_000}).status_code == 413


def test_line_ends_count_once_as_the_reader_sees_them(client, article):
    text = "\r\n".join(["word"] * 999)

    assert sent(client, article, text=text).status_code == 303
    assert Comment.objects.get().text == text.replace("\r\n", "\n")


def test_a_name_is_made_fit_for_one_line(client, article):
    sent(client, article, name="  Zal\u0300\u0301\u0302\u0303\u0304go\t\u202eevil\u202c \u2066R\u2069 ")

    assert Comment.objects.get().name == "Zal\u0300\u0301go evil R"


def test_a_form_open_for_long_comes_back_with_the_words_and_can_be_sent(client, article):
    address, form_token = opened(client, article)
    with time_machine.travel(timezone.now() + make.hours(25), tick=False):
        response = client.post(
            address, {"name": "R", "email": "r@mail.example", "text": WORDS, "form_token": form_token}
        )
        assert response.status_code == 422 and typed(response) == WORDS
        fresh = unescape(re.search(r'name="form_token"\s+value="([^"]+)"', response.text)[1])
        again = client.post(
            address, {"name": "R", "email": "r@mail.example", "text": WORDS, "form_token": fresh}
        )

    assert again.status_code == 303


@pytest.mark.parametrize("form_token", ["", "forged", "e30:1xVB4V:tAvVnX2i1lJk", "字" * 50])
def test_a_form_of_unknown_origin_comes_back_with_the_words(client, article, form_token):
    address, _ticket = opened(client, article)

    response = client.post(
        address, {"name": "R", "email": "r@mail.example", "text": WORDS, "form_token": form_token}
    )

    assert response.status_code == 422
    assert typed(response) == WORDS
    assert not Comment.objects.exists()


def test_the_ticket_of_one_article_is_no_ticket_for_another(client, article):
    _address, form_token = opened(client, make.article(at=article.publish_at))

    assert sent(client, article, form_token=form_token).status_code == 422


def test_a_form_sent_within_three_seconds_is_held_with_the_evidence(client, article):
    page = client.get(f"/comments/{article.pk}/new/").text
    form_token = unescape(re.search(r'name="form_token"\s+value="([^"]+)"', page)[1])

    sent(client, article, form_token=form_token)

    assert [finding.screen for finding in Comment.objects.get().findings.all()] == ["haste"]


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_form_sent_from_another_site_is_refused_with_the_words(client, article, headers):
    response = sent(client, article, headers=headers)

    assert response.status_code == 403
    assert typed(response) == WORDS
    assert not Comment.objects.exists()


def test_too_many_from_one_network_are_asked_to_wait_and_keep_their_words(client, article, settings):
    settings.COMMENTS_PER_ADDRESS_PER_HOUR = 1
    sent(client, article)

    response = sent(client, article, text="One more thing.")

    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 3600
    assert typed(response) == "One more thing."


def test_of_where_a_comment_came_from_only_keyed_hashes_are_kept(client, article):
    sent(client, article)

    comment = Comment.objects.get()
    assert comment.ip_hash == ip_addresses.hashed("127.0.0.1")
    assert comment.network_hash == ip_addresses.network_hashed("127.0.0.200")


def test_an_article_closed_while_somebody_wrote_gives_the_words_back(client, article):
    address, form_token = opened(client, article)
    HouseRules(pk=1, open=False).save()

    response = client.post(
        address, {"name": "R", "email": "r@mail.example", "text": WORDS, "form_token": form_token}
    )
    form = client.get(address)

    assert response.status_code == 403 and typed(response) == WORDS
    assert form.status_code == 403 and "<textarea" not in form.text
    assert "not taking comments" in form.text


def test_an_article_withdrawn_while_somebody_wrote_gives_the_words_back(client, article, editor):
    address, form_token = opened(client, article)
    article.withdraw(by=editor, expected=1, reason="Forged.")

    response = client.post(
        address, {"name": "R", "email": "r@mail.example", "text": WORDS, "form_token": form_token}
    )

    assert response.status_code == 410 and typed(response) == WORDS
    assert article.slug not in response.text and article.headline not in response.text
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "scheduled", "withdrawn"])
@pytest.mark.parametrize("address", ["", "new/", "reply/{comment}/", "received/?comment={received}"])
def test_of_an_article_readers_cannot_see_no_address_says_more_than_of_one_that_never_was(
    client, state, address
):
    hidden = make.article(state=state, at=timezone.now() + make.hours(2) if state == "scheduled" else None)
    comment = make.comment("Words.", article=hidden)
    where = address.format(comment=comment.pk, received=signing.dumps(comment.pk, salt=RECEIVED))

    for ask in (client.get, client.post):
        found, never = ask(f"/comments/{hidden.pk}/{where}"), ask(f"/comments/{hidden.pk + 1}/{where}")
        assert found.status_code == never.status_code in {404, 405}
        assert found.content == never.content
        assert found.headers.keys() == never.headers.keys()


def test_a_comment_rejected_while_somebody_answered_gives_the_words_back(client, article, moderator):
    parent = make.comment("Unkind words.", article=article)
    address, form_token = opened(client, article, parent)
    parent.reject(by=moderator)

    response = client.post(
        address, {"name": "R", "email": "r@mail.example", "text": WORDS, "form_token": form_token}
    )

    assert response.status_code == 409 and typed(response) == WORDS
    assert "no longer shown" in response.text and "Unkind words." not in response.text
    assert client.get(address).status_code == 404


def test_a_reply_is_stored_under_what_it_answers(client, article):
    parent = make.comment(article=article)

    sent(client, article, parent)

    assert Comment.objects.awaiting().get().parent == parent


@pytest.mark.parametrize("state", ["draft", "in_review", "approved"])
def test_an_unpublished_article_has_no_form(client, state, administrator):
    hidden = make.article(state=state)
    client.force_login(administrator)

    assert client.get(f"/comments/{hidden.pk}/new/").status_code == 404
    assert client.post(f"/comments/{hidden.pk}/new/", {"text": WORDS}).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["0/new/", f"{10**30}/new/", "-1/new/", "x/new/", f"1/reply/{10**30}/", "1/reply/0/", f"{10**30}/"],
)
def test_a_form_for_nothing_is_a_404(client, address):
    assert client.get(f"/comments/{address}").status_code == 404
    assert client.post(f"/comments/{address}", {"text": WORDS}).status_code in {404, 405}


def test_a_comment_that_waits_has_no_reply_form_and_does_not_betray_itself(client, article):
    waiting = make.comment(article=article, state="pending")

    assert client.get(f"/comments/{article.pk}/reply/{waiting.pk}/").status_code == 404
    assert client.post(f"/comments/{article.pk}/reply/{waiting.pk}/", {"text": WORDS}).status_code == 404


def test_a_colleague_sees_whom_they_speak_as_and_is_heard_at_once(client, article, editor):
    make.contributor("Ana Beltrán", user=editor, role="Correspondent")
    client.force_login(editor)
    page = client.get(f"/comments/{article.pk}/new/").text

    sent(client, article, name="Somebody Else")

    assert "Ana Beltrán" in page and 'name="email"' not in page
    assert (Comment.objects.get().name, Comment.objects.get().state) == ("Ana Beltrán", "approved")


def test_a_colleagues_form_needs_the_token_of_their_session(article, editor, client):

    make.contributor(user=editor)
    strict = NewsroomClient(enforce_csrf_checks=True)
    strict.force_login(editor)
    address, form_token = opened(strict, article)
    page = strict.get(address).text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]

    without = strict.post(address, {"text": WORDS, "form_token": form_token})
    with_it = strict.post(address, {"text": WORDS, "form_token": form_token, "csrfmiddlewaretoken": token})

    assert (without.status_code, with_it.status_code) == (403, 303)


def test_the_house_says_what_it_asks_of_readers(client, article):
    HouseRules(pk=1, guidelines="Be <b>kind</b>.\n\nStay on the subject.").save()

    page = client.get(f"/comments/{article.pk}/new/").text

    assert "Be &lt;b&gt;kind&lt;/b&gt;." in page
