"""Corrections: one dated record, written with the changed text or alone, that every page and machine is told of."""

import json
from datetime import datetime
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import Correction, CorrectionKind, Note, NotReady, Section
from newsroom.foundations.db.append_only import AppendOnlyError
from tests import make

pytestmark = pytest.mark.django_db

NOTE = Note(
    "correction", "The pier is 80 metres long, not 90.", about="its length", credit="Spotted by a reader"
)
ATOM = "{http://www.w3.org/2005/Atom}"


def page_of(client, article):
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def corrected(kind="correction", text=NOTE.text):
    article = make.article(headline="Pier opens")
    article.correct(by=None, expected=1, note=Note(kind, text))
    return article


def test_text_and_note_go_out_in_one_act(client, editor):
    article = make.article()
    revision = article.revise(by=editor, body="The pier is 80 metres long.")

    article.publish(by=editor, expected=revision, note=NOTE)

    correction = Correction.objects.get()
    assert (correction.revision, correction.by, correction.at) == (revision, editor, article.updated_at)
    assert article.events.first().reason == f"Correction: {NOTE.text}"
    page = page_of(client, article)
    assert "The pier is 80 metres long." in page.select_one(".prose").text
    assert NOTE.text in page.select_one("aside.note").text
    assert NOTE.credit in page.select_one("aside.note").text


def test_a_note_that_may_not_stand_publishes_nothing(editor):
    article = make.article(headline="Pier opens")
    revision = article.revise(by=editor, headline="Pier opens at last")
    for note in (Note("rumour", "x"), Note("correction", " "), Note("correction", "x" * 2_001)):
        with pytest.raises(NotReady):
            article.publish(by=editor, expected=revision, note=note)

    article.refresh_from_db()
    assert article.headline == "Pier opens"
    assert not Correction.objects.exists()


@pytest.mark.parametrize("how", [{"minor": True}, {"at": timezone.now() + make.hours(5)}])
def test_a_note_goes_out_at_once_and_is_never_minor(how, editor):
    article = make.article()
    revision = article.revise(by=editor, headline="Pier opens")

    with pytest.raises(NotReady):
        article.publish(by=editor, expected=revision, note=NOTE, **how)


def test_what_readers_never_saw_is_published_without_a_note(editor):
    with pytest.raises(NotReady):
        make.article("draft").publish(by=editor, expected=1, note=NOTE)


@pytest.mark.parametrize("kind", CorrectionKind)
def test_a_note_stands_on_top_or_at_the_foot_by_its_kind(client, kind):
    article = corrected(kind)

    column = page_of(client, article).select_one(".columns > div")

    order = [part["class"][0] for part in column.select(":scope > aside.note, :scope > .prose")]
    on_top = kind in {"correction", "retraction", "note"}
    assert order == (["note", "prose"] if on_top else ["prose", "note"])


def test_records_are_never_changed_and_a_mistaken_one_is_taken_back(client, editor):
    article = corrected()
    record = Correction.objects.get()
    with pytest.raises(AppendOnlyError):
        record.save()

    article.take_back(by=editor, expected=1, correction=record.pk, reason="It was right all along.")

    assert not page_of(client, article).select("aside.note")
    assert NOTE.text not in client.get("/corrections/").text
    assert Correction.objects.get().taken_back.reason == "It was right all along."


def test_a_note_of_another_article_is_not_taken_back_here(editor):
    other, article = corrected(), make.corrected_article()

    with pytest.raises(NotReady):
        article.take_back(by=editor, expected=2, correction=other.notes[0].pk, reason="Wrong.")


def test_the_list_tells_the_newest_first_and_is_paged(client):
    article = make.article()
    for number in range(45):
        article.correct(by=None, expected=1, note=Note("clarification", f"Note number {number}."))

    seen, url = [], "/corrections/"
    while url:
        page = BeautifulSoup(client.get(url).content, "html.parser")
        seen += [words.text.strip() for words in page.select(".note-words")]
        following = page.select_one('a[rel="next"]')
        url = f"/corrections/{following['href']}" if following else ""
    assert seen == [f"Note number {number}." for number in reversed(range(45))]
    newer = page.select_one('a[rel="prev"]')["href"]
    assert "Note number 24." in client.get(f"/corrections/{newer}").text
    assert client.get("/corrections/?before=x").status_code == 404


def test_corrections_of_a_withdrawn_article_are_shown_when_it_is_back(client, editor):
    article = make.article("withdrawn")
    client.get("/corrections/")

    article.correct(by=editor, expected=1, note=NOTE)

    assert NOTE.text not in client.get("/corrections/").text
    assert client.get(article.get_absolute_url()).status_code == 410
    article.reinstate(by=editor, expected=1)
    assert NOTE.text in client.get("/corrections/").text
    assert NOTE.text in page_of(client, article).text
    article.withdraw(by=editor, expected=1, reason="Forged.")
    assert NOTE.text not in client.get("/corrections/").text


@pytest.mark.parametrize("form", ["", "atom/"])
def test_the_feed_tells_of_each_correction(client, form):
    corrected()

    feed = client.get(f"/corrections/feed/{form}").text

    assert "Correction: Pier opens" in feed
    assert "The pier is 80 metres long" in feed
    assert ":correction/" in feed


def test_the_entry_of_a_corrected_story_is_dated_anew_and_says_why(client):
    article = make.article(at=timezone.now() - make.hours(24))
    client.get("/feed/atom/")
    article.correct(by=None, expected=1, note=NOTE)

    entry = ElementTree.fromstring(client.get("/feed/atom/").content).find(f"{ATOM}entry")

    told = datetime.fromisoformat(entry.findtext(f"{ATOM}updated"))
    assert abs((told - article.updated_at).total_seconds()) < 1
    assert NOTE.text in entry.findtext(f"{ATOM}content")


def test_machines_are_told_of_corrections_and_not_of_updates(client):
    article = corrected()
    article.correct(by=None, expected=1, note=Note("update", "The mayor has answered."))

    block = page_of(client, article).select('script[type="application/ld+json"]')[0]

    facts = json.loads(block.string)
    assert [each["text"] for each in facts["correction"]] == [NOTE.text]
    assert facts["correction"][0]["@type"] == "CorrectionComment"
    assert facts["dateModified"][:19] == f"{timezone.localtime(article.updated_at):%Y-%m-%dT%H:%M:%S}"


def test_a_retracted_story_stays_and_says_so_everywhere(client):
    article = corrected("retraction", "The document was forged.")

    page = page_of(client, article)

    assert page.select_one('meta[property="og:title"]')["content"] == "Retracted: Pier opens"
    assert "The document was forged." in page.select_one(".columns").text
    assert page.select_one(".story-head .updated, .story-head .meta").text.count("Retracted") == 1
    for address in ("/", "/world/", "/search/?q=pier"):
        card = BeautifulSoup(client.get(address).content, "html.parser").select_one("main .card")
        assert card.select_one(".kicker").text.strip() == "Retracted", address
    assert "Retracted: Pier opens" in client.get("/feed/").text
    assert "Retracted: Pier opens" in client.get("/news-sitemap.xml").text


def test_lists_kept_before_a_retraction_show_it_at_once(client):
    article = make.article(headline="Pier opens")
    client.get("/world/")

    article.correct(by=None, expected=1, note=Note("retraction", "The document was forged."))

    assert "Retracted" in client.get("/world/").text


def test_hostile_words_are_shown_as_words(client):
    article = corrected(text='<script>alert(1)</script> [x](javascript:alert(1)) https://a.example/"onload=')

    for page in (client.get(article.get_absolute_url()).text, client.get("/corrections/").text):
        assert "<script>alert" not in page
        assert 'href="javascript:' not in page


def test_nothing_else_can_stand_where_the_corrections_do():
    with pytest.raises(ValidationError):
        Section(name="Corrections", slug="corrections").full_clean()
