"""What moderators do: verbs, who may, what is left on record, and two of them at once."""

import pytest

from comments.models import MOVES, Comment, Conflict, Decision, IllegalMove, NotAllowed, Reader, State
from newsroom.foundations.db.append_only import AppendOnlyError
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("verb", MOVES)
def test_every_verb_from_every_state(verb, state, moderator):
    comment = make.comment(state=state)
    move = MOVES[verb]

    if state not in move.start:
        assert not comment.can(verb)
        with pytest.raises(IllegalMove):
            getattr(comment, verb)(by=moderator)
        assert Comment.objects.get(pk=comment.pk).state == state
        return
    getattr(comment, verb)(by=moderator, reason="As the house rules say.")

    stored = Comment.objects.get(pk=comment.pk)
    latest = stored.decisions.first()
    assert stored.state == comment.state == move.end
    assert (latest.verb, latest.by, latest.start, latest.end) == (verb, moderator, state, move.end)
    assert latest.reason == "As the house rules say."


@pytest.mark.parametrize("role", ["contributor", "editor"])
@pytest.mark.parametrize("verb", MOVES)
def test_only_moderators_decide(verb, role):
    comment = make.comment(state=next(iter(MOVES[verb].start)))

    with pytest.raises(NotAllowed):
        getattr(comment, verb)(by=make.user(role))

    assert comment.decisions.count() == 1


def test_a_moderator_who_left_decides_nothing(moderator):
    moderator.is_active = False

    with pytest.raises(NotAllowed):
        make.comment(state="pending").approve(by=moderator)


def test_approving_what_another_has_just_rejected_is_a_conflict_that_names_them(moderator):
    colleague = make.user("moderator", first_name="Mara", last_name="Voss")
    on_my_page = make.comment(state="pending")
    Comment.objects.get(pk=on_my_page.pk).reject(by=colleague)

    with pytest.raises(Conflict, match=r"rejected.*Mara Voss") as conflict:
        on_my_page.approve(by=moderator, expected="pending")

    assert conflict.value.decision.by == colleague
    assert Comment.objects.get(pk=on_my_page.pk).state == "rejected"


def test_a_verb_acts_on_what_is_stored_and_not_on_what_was_loaded(moderator):
    loaded_early = make.comment(state="pending")
    Comment.objects.get(pk=loaded_early.pk).approve(by=moderator)

    with pytest.raises(IllegalMove):
        loaded_early.approve(by=moderator)


def test_a_mistake_is_another_verb_and_both_stay_on_record(moderator):
    comment = make.comment(state="pending")

    comment.approve(by=moderator)
    comment.hold(by=moderator, reason="Names a minor.")

    assert [decision.verb for decision in comment.decisions.all()] == ["hold", "approve", "restore"]


def test_decisions_are_never_rewritten():
    decision = make.comment().decisions.get()

    with pytest.raises(AppendOnlyError):
        decision.delete()
    with pytest.raises(AppendOnlyError):
        Decision.objects.all().update(reason="It was always so.")


def test_a_readers_standing_is_recounted_after_each_decision(moderator):
    comment = make.comment(state="pending", email="r@mail.example")
    make.comment(state="approved", email="R@MAIL.example")

    comment.mark_spam(by=moderator)
    comment.reject(by=moderator)

    reader = Reader.objects.get()
    assert (reader.approved, reader.rejected, reader.spam) == (1, 1, 0)
