"""“Spotted an error?”: readers tell, the desk hears, and what becomes a correction is settled."""

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from articles.models import Note
from comments.leads.pace import FROM_AN_ADDRESS
from comments.models import Lead, LeadEvent, NotAllowed, VerbRefused
from tests import make

pytestmark = pytest.mark.django_db

WORDS = {"text": "The pier is 80 metres long.", "name": "Ana", "email": "", "paragraph": "", "website": ""}


def address(article):
    return reverse("lead_new", args=[article.pk])


def opened(client, article):
    page = BeautifulSoup(client.get(address(article)).text, "html.parser")
    return {
        "form_token": page.select_one("input[name=form_token]")["value"],
        "choices": [option["value"] for option in page.select("option")],
    }


def send(client, article, form=None, *, after=10, **words):
    form = form or opened(client, article)
    with time_machine.travel(timezone.now() + make.hours(after / 3600), tick=False):
        return client.post(address(article), {"form_token": form["form_token"], **WORDS, **words})


def test_a_reader_tells_of_an_error_and_the_desk_sees_it_beside_the_paragraph(client, editor):
    article = make.article()
    assert address(article) in client.get(article.get_absolute_url()).text
    form = opened(client, article)

    response = send(client, article, form, paragraph=form["choices"][1])

    assert response.status_code == 303
    assert "Thank you" in client.get(response["Location"]).text
    client.force_login(editor)
    assert "Errors reported" in client.get("/admin/").text
    listed = client.get(reverse("admin:comments_lead_changelist")).text
    assert WORDS["text"] in listed
    assert "The paper is eleven pages long and has no letterhead." in listed


def test_the_form_is_kept_by_nobody(client):
    response = client.get(address(make.article()))

    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


@pytest.mark.parametrize("state", ["draft", "in_review", "scheduled", "withdrawn"])
def test_there_is_no_form_for_what_readers_may_not_see(client, state):
    article = make.article(state, at=timezone.now() + make.hours(1) if state == "scheduled" else None)

    assert client.get(address(article)).status_code == 404
    assert client.post(address(article), WORDS).status_code == 404


def test_words_written_while_the_article_was_withdrawn_are_taken(client):
    article = make.article()
    form = opened(client, article)
    article.withdraw(by=None, expected=1, reason="Forged.")

    response = send(client, article, form, paragraph=form["choices"][1])

    assert response.status_code == 422  # the paragraph is not there to be chosen
    assert article.headline not in response.text
    assert send(client, article, form).status_code == 303


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ({"text": ""}, 422),
        ({"text": "x" * 2_001}, 422),
        ({"paragraph": "0" * 12}, 422),
        ({"email": "not an address"}, 422),
        ({"name": "—"}, 422),
        ({"form_token": "forged"}, 422),
        ({"text": "\x00"}, 422),
    ],
)
def test_what_cannot_be_taken_comes_back_with_a_reason(client, words, status):
    article = make.article()

    response = send(client, article, **words)

    assert response.status_code == status
    assert 'role="alert"' in response.text
    assert not Lead.objects.exists()


def test_a_form_for_a_comment_is_no_form_for_this(client):
    article = make.article()
    page = BeautifulSoup(client.get(reverse("comment_new", args=[article.pk])).text, "html.parser")
    token = page.select_one("input[name=form_token]")["value"]

    assert send(client, article, {"form_token": token}).status_code == 422


def test_what_was_sent_from_another_site_is_refused(client):
    article = make.article()
    form = opened(client, article)

    response = client.post(
        address(article),
        {**WORDS, "form_token": form["form_token"]},
        headers={"sec-fetch-site": "cross-site"},
    )

    assert response.status_code == 403
    assert not Lead.objects.exists()


def test_a_machine_learns_nothing_and_bothers_nobody(client):
    article = make.article()

    assert send(client, article, after=1).status_code == 422
    assert send(client, article, website="https://spam.example").status_code == 303
    assert [lead.state for lead in Lead.objects.all()] == ["dismissed"]


def test_one_form_brings_one_lead_however_often_it_is_sent(client):
    article = make.article()
    form = opened(client, article)

    assert [send(client, article, form).status_code for _ in range(3)] == [303, 303, 303]
    assert Lead.objects.count() == 1


def test_a_flood_from_one_address_is_asked_to_wait(client):
    article = make.article()
    for _ in range(FROM_AN_ADDRESS):
        assert send(client, article).status_code == 303

    response = send(client, article, text="One more.")

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "One more." in response.text


def test_hostile_words_are_shown_as_words(client, editor):
    evil = '"><script>alert(1)</script>'
    article = make.article()
    send(client, article, text=evil, name=f"A {evil}")
    client.force_login(editor)

    listed = client.get(reverse("admin:comments_lead_changelist"))

    assert "<script>alert" not in listed.text
    lead = Lead.objects.get()
    begun = client.get(reverse("admin:comments_lead_correct", args=[lead.pk]), follow=True)
    assert "<script>alert" not in begun.text


def verb(client, lead, name, **data):
    return client.post(
        reverse("admin:comments_lead_move", args=[name]), {"lead": lead.pk, **data}, follow=True
    )


def test_the_desk_takes_and_dismisses_with_a_reason(client, editor):
    lead = Lead.objects.receive(make.article(), key="form:1", text="Wrong.")
    client.force_login(editor)

    verb(client, lead, "take")
    assert Lead.objects.get().state == "taken"
    verb(client, lead, "dismiss")
    assert Lead.objects.get().state == "taken"
    verb(client, lead, "dismiss", **{f"reason-{lead.pk}": "It is right."})

    assert Lead.objects.get().state == "dismissed"
    assert [(event.verb, event.by) for event in LeadEvent.objects.all()] == [
        ("dismiss", editor),
        ("take", editor),
    ]


def test_a_lead_becomes_a_correction_with_credit_and_is_settled_with_it(client, editor):
    article = make.article()
    lead = Lead.objects.receive(article, key="form:1", text="Wrong.", name="Ana", paragraph="Eleven pages.")
    client.force_login(editor)

    page = client.get(reverse("admin:comments_lead_correct", args=[lead.pk]), follow=True)
    form = BeautifulSoup(page.text, "html.parser").select_one("form.move-form")
    fields = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    assert (fields["note_credit"], fields["note_about"]) == ("Spotted by Ana", "Eleven pages.")
    client.post(form["action"], {**fields, "note_kind": "correction", "note_text": "Twelve pages."})

    assert Lead.objects.get().state == "corrected"
    assert "Spotted by Ana" in client.get(article.get_absolute_url()).text


@pytest.mark.parametrize("named", ["lead:999999", "lead:x", "lead:", "lead:-1", "lead:٣", "other"])
def test_a_note_that_names_no_lead_of_this_article_settles_none(named):
    lead = Lead.objects.receive(make.article(), key="form:1", text="Wrong.")
    article = make.article()

    for prompted_by in (named, lead.prompted_by):
        article.correct(by=None, expected=1, note=Note("correction", "Right.", prompted_by=prompted_by))

    assert Lead.objects.get().state == "new"


def test_a_moderator_hands_a_comment_to_the_desk(client, moderator):
    comment = make.comment("The pier is 80 metres long.")
    client.force_login(moderator)

    for _ in range(2):
        client.post(reverse("admin:comments_lead_from_comment"), {"comment": comment.pk})

    lead = Lead.objects.get()
    assert (lead.comment, lead.text, lead.name) == (comment, comment.text, comment.name)
    assert "Is a lead" in client.get(reverse("admin:comments_comment_changelist"), {"state": "all"}).text


@pytest.mark.parametrize("role", ["contributor", "moderator"])
def test_nobody_handles_leads_who_may_not(client, role):
    person = make.user(role)
    lead = Lead.objects.receive(make.article(), key="form:1", text="Wrong.", email="ana@mail.example")
    client.force_login(person)

    assert client.get(reverse("admin:comments_lead_changelist")).status_code == 403
    assert verb(client, lead, "take").status_code == 403
    assert client.get(reverse("admin:comments_lead_correct", args=[lead.pk])).status_code in {403, 404}
    with pytest.raises(NotAllowed):
        lead.take(by=person)


@pytest.mark.parametrize("pk", ["", "x", "٣", "9" * 30, "0"])
def test_a_lead_or_comment_there_is_not_is_a_404(client, pk, editor):
    client.force_login(editor)

    assert client.post(reverse("admin:comments_lead_move", args=["take"]), {"lead": pk}).status_code == 404
    assert client.post(reverse("admin:comments_lead_move", args=["settle"]), {"lead": pk}).status_code == 404


def test_the_list_asks_no_more_for_many(client, editor, django_assert_max_num_queries):
    for number in range(15):
        lead = Lead.objects.receive(make.article(), key=f"form:{number}", text="Wrong.")
        lead.take(by=editor)
    client.force_login(editor)
    client.get(reverse("admin:comments_lead_changelist"))

    with django_assert_max_num_queries(14):
        client.get(reverse("admin:comments_lead_changelist"))


def test_network_addresses_are_forgotten_in_time():
    lead = Lead.objects.receive(make.article(), key="form:1", text="Wrong.", ip_hash="a" * 64)
    Lead.objects.update(received_at=timezone.now() - make.hours(24 * 31))

    assert Lead.objects.forget_ip_addresses() == 1
    lead.refresh_from_db()
    assert lead.ip_hash == ""


def test_what_is_dismissed_needs_a_reason():
    lead = Lead.objects.receive(make.article(), key="form:1", text="Wrong.")

    with pytest.raises(VerbRefused):
        lead.dismiss(by=None, reason=" ")
