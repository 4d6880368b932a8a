"""The moderators' queue: words, evidence, context; one click for each verdict, or many at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.admin import searching
from comments.models import Comment, HouseRules, State, Thread
from tests import make
from tests.client import NewsroomClient

pytestmark = pytest.mark.django_db

QUEUE = "/admin/comments/comment/"


@pytest.fixture
def desk(client, moderator):
    """A browser in which a moderator is logged in."""
    client.force_login(moderator)
    return client


def press(desk, verb, comment, shown="pending", **fields):
    data = {"comment": comment.pk, f"shown-{comment.pk}": shown, **fields}
    return desk.post(f"{QUEUE}move/{verb}/", data, follow=True)


def bulk(desk, verb, comments, address=QUEUE):
    """Tick these comments, which stood there as pending, and run the action."""
    marks = {f"shown-{comment.pk}": "pending" for comment in comments}
    data = {"action": verb, "_selected_action": [comment.pk for comment in comments], **marks}
    return desk.post(address, data, follow=True)


def state(comment):
    return Comment.objects.get(pk=comment.pk).state


def test_what_waits_is_shown_with_its_words_evidence_and_context(desk):
    article = make.article(headline="Talks stall")
    parent = make.comment("The mayor knew.", article=article, name="Ines")
    thread = Thread.for_article(article)
    thread.receive(
        text="Read https://a.example and *this*.", name="Bob", email="bob@mail.example", parent=parent,
        ip_hash="a1b2" * 16,
    )  # fmt: skip

    page = desk.get(QUEUE).text

    for shown in (
        "<em>this</em>",
        "Bob",
        "Talks stall",
        "Ines",
        "The mayor knew.",
        "Holds a link.",
        "bob@mail.example",
    ):
        assert shown in page
    assert "approved 0, rejected 0, spam 0" in page
    assert article.get_absolute_url() in page
    assert "a1b2a1b2" not in page


def test_only_what_waits_is_shown_unless_asked_the_longest_waiting_first(desk):
    first, second = (make.comment(state="pending", name=name) for name in ("Early Ada", "Late Lou"))
    make.comment(name="Decided Dan")

    page, everything = desk.get(QUEUE).text, desk.get(f"{QUEUE}?state=all").text

    assert page.index("Early Ada") < page.index("Late Lou")
    assert "Decided Dan" not in page and "Decided Dan" in everything
    assert first.received_at < second.received_at


@pytest.mark.parametrize(
    ("verb", "end"), [("approve", "approved"), ("reject", "rejected"), ("mark_spam", "spam")]
)
def test_one_click_decides(desk, moderator, verb, end):
    comment = make.comment(state="pending")
    assert f'formaction="{QUEUE}move/{verb}/"' in desk.get(QUEUE).text

    press(desk, verb, comment)

    assert state(comment) == end
    assert comment.decisions.first().by == moderator


def test_after_a_click_the_same_part_of_the_queue_is_shown(desk):
    comment = make.comment("The port again.", "pending")
    page = desk.get(f"{QUEUE}?state=all&q=port").text
    assert f'formaction="{QUEUE}move/approve/?state=all&amp;q=port"' in page

    response = desk.post(f"{QUEUE}move/approve/?state=all&q=port", {"comment": comment.pk})

    assert response.headers["Location"] == f"{QUEUE}?state=all&q=port"


def test_a_decision_another_made_meanwhile_stands_and_is_named(desk):
    comment = make.comment(state="pending")
    comment.reject(by=make.user("moderator", first_name="Mara", last_name="Voss"))

    page = press(desk, "approve", comment).text

    assert state(comment) == "rejected"
    assert "already rejected" in page and "Mara Voss" in page


@pytest.mark.parametrize(
    ("verb", "end"), [("approve", "approved"), ("reject", "rejected"), ("mark_spam", "spam")]
)
def test_many_are_decided_at_once_and_those_others_decided_are_skipped_by_name(desk, verb, end):
    waiting = [make.comment(state="pending") for _ in range(3)]
    decided = make.comment(state="pending", name="Decided Dan")
    on_my_page = [*waiting, decided]
    decided.reject(by=make.user("moderator"))

    page = bulk(desk, verb, on_my_page, address=f"{QUEUE}?state=all").text

    assert {state(comment) for comment in waiting} == {end}
    assert state(decided) == "rejected"
    assert "3 comments" in page and "Decided Dan" in page and "Left as it is" in page


def test_a_bulk_decision_reaches_no_comment_that_has_left_the_queue(desk):
    comment = make.comment(state="pending")
    comment.reject(by=None)

    bulk(desk, "approve", [comment])

    assert state(comment) == "rejected"


def test_the_comments_page_tells_its_whole_story_and_takes_a_reason(desk, moderator):
    comment = make.comment("Unkind & untrue.", "pending")

    press(desk, "reject", comment, reason="Names a minor.", stay="1")
    page = desk.get(f"{QUEUE}{comment.pk}/change/").text

    assert "Unkind &amp; untrue." in page
    assert "Names a minor." in page and str(moderator) in page
    assert f'formaction="{QUEUE}move/approve/"' in page and f'formaction="{QUEUE}move/reject/"' not in page


def test_an_editor_reads_the_queue_without_learning_who_wrote(client, editor):
    make.comment("The port again.", "pending", email="secret@mail.example")
    client.force_login(editor)

    page = client.get(QUEUE).text

    assert "The port again." in page and "secret@mail.example" not in page
    assert "The port again." not in client.get(f"{QUEUE}?q=secret@mail").text


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_only_moderators_press_buttons(client, role):
    comment = make.comment(state="pending")
    client.force_login(make.user(role))

    page = client.get(QUEUE)

    assert "formaction" not in page.text
    assert press(client, "approve", comment).status_code == 403
    assert bulk(client, "approve", [comment]).status_code in {200, 403}
    assert state(comment) == "pending"
    assert page.status_code == (200 if role == "editor" else 403)


def test_strangers_see_and_decide_nothing(client):
    comment = make.comment(state="pending")

    assert client.get(QUEUE).status_code == 302
    press(client, "approve", comment)
    assert state(comment) == "pending"


def test_a_verdict_needs_a_form_of_ours(moderator):
    comment = make.comment(state="pending")
    strict = NewsroomClient(enforce_csrf_checks=True)
    strict.force_login(moderator)

    assert press(strict, "approve", comment).status_code == 403
    assert strict.get(f"{QUEUE}move/approve/?comment={comment.pk}").status_code == 405
    assert state(comment) == "pending"


@pytest.mark.parametrize("target", ["0", "x", "", str(10**30), "\x00"])
def test_a_verdict_on_nothing_is_a_404(desk, target):
    assert desk.post(f"{QUEUE}move/approve/", {"comment": target}).status_code == 404
    assert desk.post(f"{QUEUE}move/delete/", {"comment": target}).status_code == 404


def test_comments_are_neither_written_nor_deleted_at_the_desk(client, administrator):
    comment = make.comment()
    client.force_login(administrator)

    assert client.get(f"{QUEUE}add/").status_code == 403
    assert client.post(f"{QUEUE}{comment.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{QUEUE}{comment.pk}/change/", {"state": "spam", "text": "x"}).status_code == 403
    assert 'value="delete_selected"' not in client.get(f"{QUEUE}?state=all").text


def test_the_queue_can_be_narrowed_to_a_section_with_all_below_it(desk):
    make.comment(state="pending", name="From Americas", article=make.article(section="world/americas"))
    make.comment(state="pending", name="From Sport", article=make.article(section="sport"))

    world, sport = (desk.get(f"{QUEUE}?section={path}").text for path in ("world", "sport"))

    assert "From Americas" in world and "From Sport" not in world
    assert "From Sport" in sport and "From Americas" not in sport


def test_the_queue_can_be_narrowed_to_evidence_and_searched(desk):
    thread = Thread.for_article(make.article())
    thread.receive(text="See https://a.example for the whole text.", name="Linker", email="l@mail.example")
    thread.receive(text="Plain words.", name="Talker", email="t@mail.example")

    with_links, found = desk.get(f"{QUEUE}?evidence=links").text, desk.get(f"{QUEUE}?q=t@mail").text

    assert "Linker" in with_links and "Talker" not in with_links
    assert "Talker" in found and "Linker" not in found


@pytest.mark.parametrize(
    "query", ["state=x", "section=nowhere", "evidence=x", "q=%00", "p=x", "o=9", "e=1", "q=" + "%22" * 50]
)
def test_odd_questions_to_the_queue_break_nothing(desk, query):
    make.comment(state="pending")

    assert desk.get(f"{QUEUE}?{query}").status_code in {200, 302, 400}


def test_the_queue_costs_the_same_with_twenty_comments_as_with_one(desk):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(f"{QUEUE}?state=all").status_code == 200
        return len(queries)

    thread = Thread.for_article(make.article())
    parent = thread.receive(text="See https://a.example/0 for that.", name="R0", email="r0@mail.example")
    parent.approve(by=None)
    asked()  # what is only read once is not counted
    with_one = asked()
    for number in range(1, 20):
        comment = Thread.for_article(make.article()).receive(
            text=f"See https://a.example/{number} for that.",
            name=f"R{number}",
            email=f"r{number}@mail.example",
        )
        comment.approve(by=make.user("moderator"))

    assert asked() == with_one


def test_words_cannot_run_at_the_desk_either(desk):
    comment = make.comment("<script>alert(1)</script>", "pending", name="<img src=x onerror=alert(1)>")

    pages = (
        desk.get(QUEUE).text
        + desk.get(f"{QUEUE}{comment.pk}/change/").text
        + press(desk, "reject", comment).text
    )

    assert "<script>alert" not in pages and "<img src=x" not in pages
    assert "&lt;img src=x onerror=alert(1)&gt;" in pages


def test_a_readers_page_shows_their_history_and_cannot_be_edited(desk):
    comment = make.comment("So it was.", email="rosa@mail.example")
    page = f"/admin/comments/reader/{comment.reader_id}/change/"

    assert (
        "So it was." in desk.get(page).text
        and "rosa@mail.example" in desk.get("/admin/comments/reader/").text
    )
    assert desk.post(page, {"email": "other@mail.example"}).status_code == 403


def test_the_house_rules_are_changed_by_administrators_only(client, moderator, administrator):
    page = "/admin/comments/houserules/1/change/"
    rules = {"close_after_days": "14", "trust_after": "0", "most_links": "2", "held_words": "casino"}
    client.force_login(moderator)
    refused = client.post(page, rules)

    client.force_login(administrator)
    changed = client.post(page, {**rules, "open": "on"})

    assert (refused.status_code, changed.status_code) == (403, 302)
    assert (HouseRules.current().close_after_days, HouseRules.current().held_words) == (14, "casino")
    assert client.get("/admin/comments/houserules/", follow=True).redirect_chain[-1][0] == page
    assert client.get("/admin/comments/houserules/2/change/").status_code in {302, 404}


@pytest.mark.parametrize("known", State.values)
def test_every_state_has_its_list(desk, known):
    make.comment(state=known, name="Somebody")

    assert "Somebody" in desk.get(f"{QUEUE}?state={known}").text


def test_decided_comments_are_found_among_the_latest_those_that_wait_always(desk, monkeypatch):
    monkeypatch.setattr(searching, "LATEST", 1)
    article = make.article(headline="Elsewhere")
    make.comment("The port again.", "pending", article=article, name="Waiting Wen")
    make.comment("The port once more.", article=article, name="Earlier Eve")
    make.comment("Never the port.", article=article, name="Latest Lou")

    waiting, decided = (desk.get(f"{QUEUE}?q=port{state}").text for state in ("", "&state=all"))

    assert "Waiting Wen" in waiting
    assert "Latest Lou" in decided and "Earlier Eve" not in decided


def test_comments_are_found_by_the_headline_above_them(desk):
    make.comment("So it was.", article=make.article(headline="Ports reopen"), name="Rosa")
    make.comment("So it was.", article=make.article(headline="Talks stall", body="Of ports."), name="Tom")

    page = desk.get(f"{QUEUE}?state=all&q=ports").text

    assert "Rosa" in page and "Tom" not in page


def test_a_reader_is_found_by_the_beginning_of_an_address_or_a_name(desk):
    make.comment(email="rosa@mail.example", name="Rosa Marín")
    make.comment(email="tom@mail.example", name="Tom")

    for question in ("ROSA@", "marín"):
        page = desk.get("/admin/comments/reader/", {"q": question}).text
        assert "rosa@mail.example" in page and "tom@mail.example" not in page
