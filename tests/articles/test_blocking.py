"""A take-down for legal reasons: readers are told that it is one (451), and why, wherever the article stood."""

import pytest
from django.utils import timezone

from articles.models import Article, NotReady
from tests import make
from tests.articles.test_admin_moving import move
from tests.comments.test_form import WORDS, opened, typed

pytestmark = pytest.mark.django_db

WHY = "The Regional Court of Mainz forbade it on 3 May 2026 (14 O 5/26)."


def forbidden(article=None, **told):
    article = article or make.article(slug="first")
    article.block(by=None, expected=article.latest_revision, **{"reason": WHY, **told})
    return article


def test_a_taken_down_article_answers_451_with_the_reason_at_every_url_it_had(client):
    article = make.article(slug="first")
    first = article.get_absolute_url()
    article.revise(by=None, slug="second")
    article.publish(by=None, expected=2)

    forbidden(article)

    for url in (first, article.get_absolute_url()):
        response = client.get(url)
        assert response.status_code == 451
        assert WHY in response.text and "unavailable for legal reasons" in response.text
        assert article.headline not in response.text
        assert "Link" not in response.headers


def test_who_blocks_it_is_told_to_machines(client):
    article = forbidden(blocked_by="https://example.org/légal")

    link = client.get(article.get_absolute_url()).headers["Link"]

    assert link == '<https://example.org/l%C3%A9gal>; rel="blocked-by"'


@pytest.mark.parametrize(
    "nonsense",
    [
        "the court",
        "javascript:alert(1)",
        "//example.org/",
        "https://example.org/>; rel=next",
        "https://example.org/\r\nSet-Cookie: a=b",
        "https://example.org/" + "é" * 480,
    ],
)
def test_nonsense_is_not_told_to_machines(nonsense):
    with pytest.raises(NotReady, match="a whole web address"):
        forbidden(blocked_by=nonsense)


def test_readers_are_told_why():
    with pytest.raises(NotReady, match="the reason readers will see"):
        forbidden(reason=" ")


def test_what_was_withdrawn_already_can_be_taken_down_and_a_stored_page_says_so(client):
    article = make.article("withdrawn")
    assert client.get(article.get_absolute_url()).status_code == 410

    forbidden(article)

    assert client.get(article.get_absolute_url()).status_code == 451


def test_put_back_and_withdrawn_by_the_paper_itself_it_answers_410_again(client):
    article = forbidden(blocked_by="https://example.org/legal")
    article.reinstate(by=None, expected=1)
    assert client.get(article.get_absolute_url()).status_code == 200

    article.withdraw(by=None, expected=1, reason="It rested on a forged document.")

    response = client.get(article.get_absolute_url())
    assert response.status_code == 410
    assert "Link" not in response.headers


def test_the_desk_reads_that_it_was_a_take_down(client, editor):
    client.force_login(editor)
    article = make.article()

    move(client, article, "block", reason=WHY, blocked_by="https://example.org/legal")

    article = Article.objects.get()
    sentence = f"Taken down for legal reasons; readers are told: “{WHY}”"
    assert article.events.first().past == "taken down for legal reasons"
    assert article.status_sentence() == sentence
    assert sentence in client.get("/admin/articles/article/?state=withdrawn").text


def test_the_form_refuses_what_is_no_web_address(client, editor):
    client.force_login(editor)
    article = make.article()

    answer = move(client, article, "block", reason=WHY, blocked_by="https://")

    assert "Enter a valid URL." in answer.text
    assert Article.objects.get().is_live


def test_a_comment_sent_to_a_taken_down_article_is_given_back_with_451(client):
    article = make.article(at=timezone.now() - make.hours(1))
    form, form_token = opened(client, article)
    forbidden(article)

    answer = client.post(
        form, {"name": "R", "email": "r@mail.example", "text": WORDS, "form_token": form_token}
    )

    assert answer.status_code == 451 and typed(answer) == WORDS
    assert article.headline not in answer.text
