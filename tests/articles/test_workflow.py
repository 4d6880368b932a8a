"""The desk's machine, whole: every verb in every state, who may ask for it, and which version it is about."""

from inspect import Parameter, getmembers, isfunction, ismethod, signature
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import (
    MOVES,
    Article,
    ArticleEvent,
    IllegalMove,
    NotAllowed,
    Note,
    NotReady,
    State,
    Unread,
)
from newsroom.foundations.db.append_only import AppendOnlyError
from tests import make

pytestmark = pytest.mark.django_db

STATES = [
    *["draft", "in_review", "approved", "published", "rewritten", "changing", "scheduled", "withdrawn"],
    *["corrected", "hidden", "embargoed"],
]
LEADS_TO = {
    ("draft", "submit"): "in_review",
    ("draft", "publish"): "published",
    ("draft", "embargo"): "draft",
    ("in_review", "recall"): "draft",
    ("in_review", "send_back"): "draft",
    ("in_review", "approve"): "approved",
    ("in_review", "publish"): "published",
    ("in_review", "embargo"): "in_review",
    ("approved", "embargo"): "approved",
    ("approved", "reopen"): "in_review",
    ("approved", "send_back"): "draft",
    ("approved", "publish"): "published",
    ("published", "withdraw"): "withdrawn",
    ("published", "block"): "withdrawn",
    ("published", "redate"): "published",
    ("rewritten", "publish"): "published",
    ("rewritten", "withdraw"): "withdrawn",
    ("rewritten", "block"): "withdrawn",
    ("rewritten", "redate"): "published",
    ("changing", "publish"): "published",
    ("changing", "cancel_replacement"): "published",
    ("changing", "withdraw"): "withdrawn",
    ("changing", "block"): "withdrawn",
    ("changing", "redate"): "published",
    ("scheduled", "publish"): "published",
    ("scheduled", "unschedule"): "approved",
    ("scheduled", "embargo"): "published",
    ("withdrawn", "block"): "withdrawn",
    ("withdrawn", "reinstate"): "published",
    ("withdrawn", "embargo"): "withdrawn",
    ("embargoed", "submit"): "in_review",
    ("embargoed", "publish"): "published",
    ("embargoed", "embargo"): "draft",
    ("embargoed", "lift_embargo"): "draft",
    ("corrected", "redate"): "published",
    ("hidden", "redate"): "published",
    ("published", "correct"): "published",
    ("rewritten", "correct"): "published",
    ("changing", "correct"): "published",
    ("withdrawn", "correct"): "withdrawn",
    ("corrected", "withdraw"): "withdrawn",
    ("corrected", "block"): "withdrawn",
    ("corrected", "correct"): "published",
    ("corrected", "take_back"): "published",
    ("corrected", "hide_changes"): "published",
    ("hidden", "withdraw"): "withdrawn",
    ("hidden", "block"): "withdrawn",
    ("hidden", "correct"): "published",
    ("hidden", "take_back"): "published",
    ("hidden", "show_changes"): "published",
}
SAYS_WHY = {"send_back", "withdraw", "block", "redate", "lift_embargo", "take_back", "hide_changes"}
OF_OTHERS = {
    "scheduled",
    "rewritten",
    "changing",
    "corrected",
    "hidden",
    "embargoed",
}  # states of the table, besides
WRITING = {"start", "unwritten", "revise", "revise_live", "rejoin"}


def article_in(state):
    """In this state of the table; "scheduled" and "changing" are published, with something to come in an hour.

    "rewritten" is published, with a newer version that nobody has published yet; "embargoed" is a draft.
    "corrected" and "hidden" are published with a note for readers, and what changed shown or hidden.
    """
    soon = timezone.now() + make.hours(1)
    if state in {"corrected", "hidden"}:
        return make.corrected_article(hidden=state == "hidden")
    if state == "embargoed":
        article = make.article("draft")
        article.embargo(by=None, expected=1, until=timezone.now() + make.hours(1 / 4))
        return article
    if state not in {"changing", "rewritten"}:
        return make.article(state, at=soon if state == "scheduled" else None)
    article = make.article("published")
    article.revise(by=None, headline="Talks resume")
    if state == "changing":
        article.publish(by=None, expected=article.latest_revision, at=soon)
    return article


def do(article, verb, by=None, expected=None, reason="The figures are wrong."):
    """By somebody who has read the version given, or else the latest."""
    told = {"reason": reason} if verb in SAYS_WHY else {}
    if verb == "embargo" or (verb == "publish" and article.is_embargoed):
        told["until" if verb == "embargo" else "at"] = timezone.now() + make.hours(1 / 2)
    if verb == "redate":
        told["at"] = timezone.now() - make.hours(30)
    if verb == "correct":
        told["note"] = Note("correction", "The pier is 80 metres long.")
    if verb == "take_back":
        told["correction"] = note.pk if (note := article.corrections.first()) else 0
    getattr(article, verb)(by=by, expected=expected or article.latest_revision, **told)


def test_these_tests_know_every_state_and_every_verb():
    assert {State(state) for state in STATES if state not in OF_OTHERS} == set(State)
    assert {verb for _state, verb in LEADS_TO} == set(MOVES)


@pytest.mark.parametrize(("state", "verb"), list(product(STATES, MOVES)))
def test_every_verb_in_every_state_leads_where_the_table_says_or_nowhere(state, verb):
    article = article_in(state)
    before = Article.objects.values().get()
    events = ArticleEvent.objects.count()
    told = ArticleEvent.objects.filter(verb=verb).count()

    if (state, verb) in LEADS_TO:
        assert article.can(verb)
        do(article, verb)
        assert Article.objects.get().state == LEADS_TO[state, verb]
        assert ArticleEvent.objects.filter(verb=verb).count() == told + 1
    else:
        assert not article.can(verb)
        with pytest.raises(IllegalMove):
            do(article, verb)
        assert Article.objects.values().get() == before
        assert ArticleEvent.objects.count() == events


@pytest.mark.parametrize("verb", MOVES)
def test_every_verb_must_be_told_which_version_it_is_about(verb):
    expected = signature(getattr(Article, verb)).parameters["expected"]

    assert expected.kind is Parameter.KEYWORD_ONLY
    assert expected.default is Parameter.empty


def test_a_person_does_nothing_to_an_article_but_by_a_verb_of_the_table_and_by_writing():
    methods = getmembers(Article, lambda member: isfunction(member) or ismethod(member))
    done_by_people = {name for name, method in methods if "by" in signature(method).parameters}

    assert {name for name in done_by_people if not name.startswith("_")} == {*MOVES, *WRITING}


@pytest.mark.parametrize(("state", "verb"), LEADS_TO)
def test_no_verb_is_done_to_a_version_the_person_has_not_seen(state, verb, editor):
    article = article_in(state)
    Article.objects.update(started_by=editor)
    read = article.latest_revision
    newer = article.revise(by=editor, headline="Written meanwhile")
    before, events = Article.objects.values().get(), ArticleEvent.objects.count()

    with pytest.raises(Unread, match=f"{editor} saved version {newer.number}") as refusal:
        do(article, verb, by=editor, expected=read)

    assert refusal.value.revision == newer
    assert Article.objects.values().get() == before
    assert ArticleEvent.objects.count() == events


@pytest.mark.parametrize("expected", [None, 0, 2, "1"])
def test_a_version_there_is_not_is_no_version_to_publish(expected, editor):
    article = make.article("draft")

    with pytest.raises(Unread):
        article.publish(by=editor, expected=expected)


def test_a_version_of_another_article_is_not_the_one_expected(editor):
    article, other = make.article("draft"), make.article("draft")

    with pytest.raises(Unread):
        article.publish(by=editor, expected=other.latest_revision)


def test_every_move_leaves_who_did_what_and_why(editor):
    article = make.article("in_review")

    article.send_back(by=editor, expected=article.latest_revision, reason="Who says so? ")

    event = article.events.first()
    assert (event.verb, event.by, event.reason) == ("send_back", editor, "Who says so?")
    assert (event.start, event.end, event.revision.number) == ("in_review", "draft", 1)


def test_what_happened_cannot_be_rewritten():
    event = make.article().events.first()

    event.reason = "It never happened."

    for rewriting in (event.save, event.delete, ArticleEvent.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            rewriting()


@pytest.mark.parametrize("verb", sorted(SAYS_WHY))
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_the_writer_and_the_readers_are_told_why(verb, reason):
    article = article_in(next(state for state, possible in LEADS_TO if possible == verb))

    with pytest.raises(NotReady):
        do(article, verb, reason=reason)


@pytest.mark.parametrize("verb", MOVES)
def test_nobody_moves_an_article_without_the_permission_of_the_verb(verb, moderator):
    state = next(state for state, possible in LEADS_TO if possible == verb)
    article = article_in(state)

    with pytest.raises(NotAllowed):
        do(article, verb, by=moderator)

    assert Article.objects.get().state == article.state


def test_a_contributor_submits_their_own_draft_and_nobody_elses(writer):
    own = make.article("draft")
    Article.objects.update(started_by=writer)
    anothers = make.article("draft")

    do(own, "submit", by=writer)

    assert own.state == "in_review"
    with pytest.raises(NotAllowed):
        do(anothers, "submit", by=writer)


def test_a_contributor_publishes_nothing_not_even_their_own(writer):
    article = make.article("draft")
    Article.objects.update(started_by=writer)

    with pytest.raises(NotAllowed):
        do(article, "publish", by=writer)


@pytest.mark.parametrize("verb", MOVES)
def test_an_editor_may_do_every_verb_of_the_desk(verb, editor):
    state = next(state for state, possible in LEADS_TO if possible == verb)
    article = article_in(state)
    Article.objects.update(started_by=editor)  # her own: nobody takes back what another has submitted

    do(article, verb, by=editor)

    assert article.state == LEADS_TO[state, verb]


def test_somebody_who_has_left_may_do_nothing(editor):
    article = make.article("approved")
    editor.is_active = False
    editor.save()

    with pytest.raises(NotAllowed):
        do(article, "publish", by=editor)


def test_the_verb_acts_on_the_stored_row_not_on_what_somebody_had_in_hand(editor):
    article = make.article("in_review")
    stale = Article.objects.get()
    article.approve(by=editor, expected=article.latest_revision)

    with pytest.raises(IllegalMove):
        stale.approve(by=editor, expected=stale.latest_revision)


def test_an_approval_names_the_version_it_approved(editor):
    article = make.article("in_review")

    do(article, "approve", by=editor)

    assert Article.objects.get().approved == article.latest_revision
    assert article.status_sentence() == "Approved, not yet published."


def test_changing_an_approved_article_takes_it_back_to_review():
    author = make.subeditor()
    article = make.article("approved")

    article.revise(by=author, headline="Changed")

    event = article.events.first()
    assert (event.verb, event.by, event.revision.number) == ("reopen", author, 2)
    assert event.reason == "Version 1 was approved, and has been changed since."
    assert (Article.objects.get().state, Article.objects.get().approved) == ("in_review", None)


def test_an_import_that_changes_an_approved_article_takes_it_back_to_review():
    article = make.article("approved")

    article.revise(by=None, headline="Changed")

    assert Article.objects.get().state == "in_review"


def test_who_may_publish_changes_an_approved_article_and_the_approval_still_names_its_version(editor):
    article = make.article("approved")

    article.revise(by=editor, headline="Changed")

    stored = Article.objects.get()
    assert (stored.state, stored.approved.number) == ("approved", 1)
    assert stored.status_sentence() == (
        "Approved, not yet published. Version 1 was approved; version 2 was saved since."
    )


def test_saving_an_approved_article_without_a_change_leaves_it_approved():
    article = make.article("approved", headline="Ports")

    article.revise(by=make.subeditor(), headline="Ports")

    assert Article.objects.get().state == "approved"


def test_taken_off_the_schedule_what_was_to_appear_is_what_is_approved(editor):
    article = article_in("scheduled")
    scheduled = article.latest_revision
    article.revise(by=editor, headline="Written since")

    do(article, "unschedule", by=editor)

    assert Article.objects.get().approved == scheduled


@pytest.mark.parametrize("verb", ["publish", "send_back", "reopen"])
def test_only_an_approved_article_names_an_approval(verb, editor):
    article = make.article("approved")

    do(article, verb, by=editor)

    assert Article.objects.get().approved is None


def test_the_database_knows_no_approval_without_its_version():
    article = make.article("approved")

    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(approved=None)
