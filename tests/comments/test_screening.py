"""What the site notices before anybody reads: evidence for moderators, and comments that come too fast."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Comment, HouseRules, Thread, TooMany
from comments.screening import names, pace, repeats
from tests import make

pytestmark = pytest.mark.django_db


def receive(text="They said the same in 2019.", article=None, **fields):
    by_default = {"name": "R. Castellanos", "email": "r@mail.example", "ip_hash": "a" * 64}
    return Thread.for_article(article or make.article()).receive(text=text, **{**by_default, **fields})


def found(comment):
    return [(finding.screen, finding.verdict) for finding in comment.findings.all()]


def test_an_ordinary_comment_leaves_no_finding():
    assert found(receive()) == []


def test_more_links_than_the_house_allows_hold_a_comment_and_fewer_are_noted():
    HouseRules(pk=1, most_links=1).save()

    assert found(receive("I read it at https://a.example last week.")) == [("links", "note")]
    assert found(receive("See https://a.example and also https://b.example for more.")) == [("links", "hold")]


def test_a_comment_that_is_only_a_link_is_held():
    assert found(receive("Look: https://a.example/watches")) == [("links", "hold")]


@pytest.mark.parametrize("said", ["a CASINO in town", "the casino, again", "**casino**", "ＣＡＳＩＮＯ"])
def test_listed_words_are_found_however_they_are_dressed(said):
    HouseRules(pk=1, held_words="casino").save()

    assert found(receive(said)) == [("words", "hold")]


@pytest.mark.parametrize("said", ["the casinos", "Scunthorpe has its charm", "cas ino"])
def test_listed_words_are_whole_words(said):
    HouseRules(pk=1, held_words="casino\ncunt\n\n  ").save()

    assert found(receive(said)) == []


def test_listed_phrases_and_names_are_found():
    HouseRules(pk=1, spam_words="cheap  Watches (really)").save()

    assert found(receive("Buy cheap — watches, really!")) == [("words", "spam")]
    assert found(receive("Hello.", name="Cheap Watches Really")) == [("words", "spam")]


def test_a_word_list_is_never_read_as_a_pattern():
    HouseRules(pk=1, held_words="(a+)+$\n.*\n[").save()

    assert found(receive("a" * 4000)) == []


def test_spam_is_kept_from_the_queue_and_the_first_decisive_finding_gives_the_reason():
    HouseRules(pk=1, spam_words="pills", most_links=0).save()

    comment = receive("Buy pills at https://pills.example today friends.")

    assert comment.state == "spam"
    assert found(comment) == [("words", "spam"), ("links", "hold")]
    assert "pills" in comment.decisions.get().reason
    assert not Comment.objects.awaiting().exists()


def test_nearly_the_same_words_elsewhere_are_held_and_say_where():
    first = receive("I earn 3,000 a week from home, ask me how: https://a.example/1")

    again = receive(
        "I EARN 4000 a week from home; ask me how! https://b.example/2", email="other@mail.example"
    )

    assert ("repeats", "hold") in found(again)
    assert str(first) in again.findings.get(screen="repeats").detail


def test_short_words_may_be_said_by_many():
    receive("I agree.")

    assert found(receive("I agree!", email="other@mail.example")) == []
    assert repeats.fingerprint("I agree.") == ""


def test_a_network_that_writes_too_fast_is_asked_to_wait_and_then_may_go_on(settings):
    settings.COMMENTS_PER_ADDRESS_PER_HOUR = 3
    for number in range(3):
        receive(f"Number {number}.")

    with pytest.raises(TooMany) as refusal:
        receive("One more.")
    receive("From another network.", ip_hash="b" * 64)
    with time_machine.travel(timezone.now() + make.hours(1)):
        receive("An hour later.")

    assert 3500 < refusal.value.retry_after <= 3600


def test_neighbours_share_a_bound_that_holds_the_quiet_and_stops_the_loud(settings):
    settings.COMMENTS_PER_ADDRESS_PER_HOUR = 1
    for number in range(pace.BUSY_ADDRESSES):
        receive(f"Number {number}.", ip_hash=str(number), network_hash="n")

    quiet = receive("I only live here.", ip_hash="quiet", network_hash="n")
    settings.COMMENTS_PER_ADDRESS_PER_HOUR = 2
    elsewhere = receive("And I do not.", ip_hash="elsewhere", network_hash="m")

    assert (found(quiet), found(elsewhere)) == ([("pace", "hold")], [])


def test_an_address_in_a_busy_network_speaks_once_in_the_hour(settings):
    settings.COMMENTS_PER_ADDRESS_PER_HOUR = 2
    for number in range(2 * pace.BUSY_ADDRESSES):
        receive(f"Number {number}.", ip_hash=str(number), network_hash="n")

    with pytest.raises(TooMany):
        receive("One more.", ip_hash="0", network_hash="n")
    assert receive("My first.", ip_hash="quiet", network_hash="n")


def test_whoever_holds_a_whole_network_is_stopped_in_the_end(settings, monkeypatch):
    monkeypatch.setattr(pace, "NEIGHBOURS", 2)
    settings.COMMENTS_PER_ADDRESS_PER_HOUR = 1
    for number in range(pace.BUSY_ADDRESSES + 2):
        receive(f"Number {number}.", ip_hash=str(number), network_hash="n")

    with pytest.raises(TooMany):
        receive("One more.", ip_hash="new", network_hash="n")


def test_a_flooded_conversation_refuses_nobody_and_holds_everybody(monkeypatch):
    monkeypatch.setattr(pace, "IN_A_THREAD", 2)
    article = make.article()
    for number in range(2):
        receive(f"Number {number}.", article, ip_hash=str(number))

    assert found(receive("One more.", article, ip_hash="c")) == [("pace", "hold")]
    assert found(receive("Elsewhere.", ip_hash="c")) == []


def test_a_flood_over_the_whole_paper_refuses_nobody_and_holds_everybody(monkeypatch):
    HouseRules(pk=1, trust_after=1).save()
    rosa = {"name": "Rosa", "email": "rosa@mail.example", "ip_hash": "rosa"}
    receive("My first.", **rosa).approve(by=None)
    monkeypatch.setattr(pace, "TO_THE_PAPER", 2)
    receive("Number 2.", ip_hash="b")

    comment = receive("My second.", **rosa)

    assert (comment.state, found(comment)) == ("pending", [("pace", "hold")])


def test_spam_in_a_flood_is_spam(monkeypatch):
    monkeypatch.setattr(pace, "TO_THE_PAPER", 1)
    HouseRules(pk=1, spam_words="pills").save()
    receive("Number 1.")

    assert receive("Buy pills.").state == "spam"


def test_many_from_one_network_are_noted():
    for number in range(5):
        receive(f"Number {number}.")

    assert found(receive("One more.")) == [("pace", "note")]


@pytest.mark.parametrize(
    "name", ["Ana Beltrán", "ANA  BELTRAN", "Аnа Веltrаn", "ana.beltran", "4na Be1tran (Reporter)"]
)
def test_a_name_like_one_of_ours_is_held(name):
    make.contributor("Ana Beltrán")

    assert found(receive(name=name)) == [("names", "hold")]


def test_of_thousands_of_names_of_ours_the_one_within_is_found():
    ours = names.OurNames(
        ["Ana Beltrán", "Bo", "安娜", *(f"Reporter Number {number}" for number in range(3000))]
    )

    assert ours.like(names.skeleton("the real Ana Beltran")) == "Ana Beltrán"
    assert ours.like(names.skeleton("reporter number 2999!")) == "Reporter Number 2999"
    assert ours.like(names.skeleton("Bob")) == ""
    assert ours.like(names.skeleton("Bo")) == "Bo"


def test_a_comment_costs_as_many_queries_however_many_write_here(editor):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            receive(f"Number {next(make.numbers)}.", article)
        return len(asked)

    article = make.article()
    receive("The first.", article)
    few = queries()
    for _number in range(20):
        make.contributor()
        make.user("contributor")
    receive("The next.", article)

    assert queries() == few


def test_a_name_is_ours_from_the_moment_it_is_given_until_it_is_taken_away(editor):
    ana = make.contributor("Ana Beltrán")
    assert found(receive("One.", name="Carmen Ruiz de Lobera")) == []

    ana.name = "Carmen Ruiz de Lobera"
    ana.save()
    assert found(receive("Two.", name="Carmen Ruiz de Lobera")) == [("names", "hold")]
    ana.delete()
    assert found(receive("Three.", name="Carmen Ruiz de Lobera")) == []

    editor.first_name, editor.last_name = "Carmen", "Ruiz de Lobera"
    editor.save()
    assert found(receive("Four.", name="Carmen Ruiz de Lobera")) == [("names", "hold")]


@pytest.mark.parametrize("name", ["The Editor", "Moderator", "Adm1n", "S T A F F"])
def test_a_name_that_claims_an_office_is_held(name):
    assert found(receive(name=name)) == [("names", "hold")]


def test_a_login_cannot_be_imitated_either(editor):
    assert found(receive(name=editor.username.upper())) == [("names", "hold")]


@pytest.mark.parametrize("name", ["Ana", "Beltrán", "Mariana Belt", "安娜", "Анна"])
def test_other_names_are_free(name):
    make.contributor("Ana Beltrán")

    assert found(receive(name=name)) == []


def test_letters_of_other_scripts_keep_their_difference():
    assert names.skeleton("Анна") != names.skeleton("Иван")
