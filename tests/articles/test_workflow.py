"""The desk's machine, whole: every verb in every state, and who may ask for it."""

from itertools import product

import pytest
from django.utils import timezone

from articles.models import MOVES, Article, ArticleEvent, IllegalMove, NotAllowed, NotReady, State
from newsroom.foundations.history import AppendOnlyError
from tests import make

pytestmark = pytest.mark.django_db

STATES = ["draft", "in_review", "approved", "published", "changing", "scheduled", "withdrawn"]
LEADS_TO = {
    ("draft", "submit"): "in_review",
    ("draft", "publish"): "published",
    ("in_review", "send_back"): "draft",
    ("in_review", "approve"): "approved",
    ("in_review", "publish"): "published",
    ("approved", "send_back"): "draft",
    ("approved", "publish"): "published",
    ("published", "publish"): "published",
    ("published", "withdraw"): "withdrawn",
    ("changing", "publish"): "published",
    ("changing", "keep"): "published",
    ("changing", "withdraw"): "withdrawn",
    ("scheduled", "publish"): "published",
    ("scheduled", "unschedule"): "approved",
    ("withdrawn", "reinstate"): "published",
}
SAYS_WHY = {"send_back", "withdraw"}


def article_in(state):
    """In this state of the table; "scheduled" and "changing" are published, with something to come in an hour."""
    soon = timezone.now() + make.hours(1)
    if state != "changing":
        return make.article(state, at=soon if state == "scheduled" else None)
    article = make.article("published")
    article.revise(by=None, headline="Talks resume")
    article.publish(by=None, at=soon)
    return article


def do(article, verb, by=None):
    getattr(article, verb)(by=by, **({"reason": "The figures are wrong."} if verb in SAYS_WHY else {}))


def test_these_tests_know_every_state_and_every_verb():
    assert {State(state) for state in STATES if state not in {"scheduled", "changing"}} == set(State)
    assert {verb for _state, verb in LEADS_TO} == set(MOVES)


@pytest.mark.parametrize(("state", "verb"), list(product(STATES, MOVES)))
def test_every_verb_in_every_state_leads_where_the_table_says_or_nowhere(state, verb):
    article = article_in(state)
    before = Article.objects.values().get()
    events = ArticleEvent.objects.count()

    if (state, verb) in LEADS_TO:
        assert article.can(verb)
        do(article, verb)
        assert Article.objects.get().state == LEADS_TO[state, verb]
        assert ArticleEvent.objects.count() == events + 1
    else:
        assert not article.can(verb)
        with pytest.raises(IllegalMove):
            do(article, verb)
        assert Article.objects.values().get() == before
        assert ArticleEvent.objects.count() == events


def test_every_move_leaves_who_did_what_and_why(editor):
    article = make.article("in_review")

    article.send_back(by=editor, reason="Who says so? ")

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
    article = article_in({"send_back": "in_review", "withdraw": "published"}[verb])

    with pytest.raises(NotReady):
        getattr(article, verb)(by=None, reason=reason)


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
    article.approve(by=editor)

    with pytest.raises(IllegalMove):
        stale.approve(by=editor)
