"""How an article came here: every version can be read, compared and brought back."""

from random import Random
from time import process_time

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin.articles.comparing import compared, differences
from tests import make
from tests.sheet import address


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def article(editor):
    """Three versions: the headline changed, then the text."""
    article = make.article("draft", headline="Ports", body="One.\n\nTwo.")
    article.revise(by=editor, headline="Ports reopen")
    article.revise(by=editor, body="One.\n\nTwo and a half.")
    return article


def version(article, number, what="version"):
    return reverse(f"admin:articles_article_{what}", args=[article.pk, number])


def restore(client, article, number, based_on):
    return client.post(version(article, number, "restore"), {"based_on": based_on}, follow=True)


def test_the_history_says_who_saved_what(desk, article, editor):
    page = BeautifulSoup(desk.get(address(article, "history")).text, "html.parser")

    lines = [" ".join(line.text.split()) for line in page.select(".versions li")]
    assert [line.split(" ")[1] for line in lines] == ["3", "2", "1"]
    assert str(editor) in lines[0] and lines[0].endswith("text")
    assert lines[1].endswith("headline, slug") or lines[1].endswith("headline")


def test_the_history_tells_every_verb_and_why(desk, article, editor):
    article.submit(by=editor, expected=article.latest_revision)
    article.send_back(by=editor, expected=article.latest_revision, reason="Needs a source.")

    page = BeautifulSoup(desk.get(address(article, "history")).text, "html.parser")

    lines = [line.text for line in page.select(".events li")]
    assert "Sent back" in lines[0] and "Needs a source." in lines[0]
    assert "Submitted" in lines[1] and str(editor) in lines[1]


def test_a_long_history_is_read_page_by_page(desk, article, editor):
    for number in range(4, 41):
        article.revise(by=editor, headline=f"Ports, take {number}")

    first = desk.get(address(article, "history"))
    older = desk.get(address(article, "history"), {"before": first.context["older"]})

    assert [line.revision.number for line in first.context["saved"]] == list(range(40, 10, -1))
    assert [line.revision.number for line in older.context["saved"]] == list(range(10, 0, -1))


@pytest.mark.parametrize("before", ["abc", "-1", "9" * 40, "٣"])
def test_a_mistyped_page_of_the_history_is_no_error(desk, article, before):
    assert desk.get(address(article, "history"), {"before": before}).status_code == 200


def test_a_version_shows_what_it_changed(desk, article):
    page = BeautifulSoup(desk.get(version(article, 3)).text, "html.parser")

    assert [mark.text.strip() for mark in page.select(".difference del")] == ["Two."]
    assert [mark.text.strip() for mark in page.select(".difference ins")] == ["Two and a half."]


def test_any_two_versions_are_compared_in_either_order(desk, article):
    def marked(number, since):
        page = BeautifulSoup(desk.get(version(article, number), {"since": since}).text, "html.parser")
        return [mark.text.strip() for mark in page.select(".difference del, .difference ins")]

    assert marked(3, since=1) == ["reopen", "Two.", "Two and a half."]
    assert marked(1, since=3) == ["reopen", "Two and a half.", "Two."]
    assert "Version 3, which is newer" in desk.get(version(article, 1), {"since": 3}).text


@pytest.mark.parametrize("since", ["abc", "0", "-1", "99", "9" * 40, "3", "٣"])
def test_a_version_that_cannot_be_compared_with_is_as_good_as_none(desk, article, since):
    answer = desk.get(version(article, 3), {"since": since})

    assert answer.status_code == 200
    assert answer.context["earlier"].number == 2


def test_two_versions_are_chosen_in_the_history_without_scripts(desk, article):
    page = BeautifulSoup(desk.get(address(article, "history")).text, "html.parser")
    form = page.find("form", class_="comparing")
    chosen = {radio["name"]: radio["value"] for radio in form.select("input[checked]")}

    answer = desk.get(form["action"], {**chosen, "from": "1"}, follow=True)

    assert chosen == {"from": "2", "to": "3"}
    assert answer.wsgi_request.get_full_path() == f"{version(article, 3)}?since=1"


@pytest.mark.parametrize("chosen", [{}, {"from": "1"}, {"from": "x", "to": "2"}, {"from": "1", "to": "-2"}])
def test_who_chose_no_two_versions_is_asked_again(desk, article, chosen):
    answer = desk.get(address(article, "compare"), chosen, follow=True)

    assert "Choose two versions" in answer.text
    assert desk.get(address(article, "compare"), {"from": "1", "to": "99"}).status_code == 404


def test_versions_that_say_the_same_say_so(desk, article):
    restore(desk, article, 1, based_on=3)

    assert "The two versions say the same." in desk.get(version(article, 4), {"since": 1}).text


def test_a_long_history_takes_no_more_queries_than_a_short_one(desk, article, editor):
    def queries(page):
        desk.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(page).status_code == 200
        return len(asked)

    pages = [address(article, "history"), version(article, 3)]
    few = [queries(page) for page in pages]
    for number in range(4, 41):
        article.revise(by=editor, headline=f"Ports, take {number}")

    assert [queries(page) for page in pages] == few


def test_a_version_is_previewed_with_its_own_facts_and_not_the_rows(desk, editor):
    article = make.article(
        headline="Old", kicker="Then", picture=make.image(alt="Old cranes"), tags=["Old topic"]
    )
    changed = {"headline": "New", "kicker": "", "kind": "opinion", "tags": ["New topic"]}
    changed |= {"section": make.section("culture"), "bylines": [(make.contributor("Ana"), "by")]}
    article.revise(by=editor, **changed, picture=make.image(alt="New cranes"))

    first, second = (desk.get(version(article, number, "version_preview")).text for number in (1, 2))

    words = ["New", "Opinion", "New topic", "Culture", "Ana", "New cranes"]
    shown = BeautifulSoup(second, "html.parser").find(id="main")
    assert all(word in str(shown) for word in words) and "Old" not in str(shown)
    shown = BeautifulSoup(first, "html.parser").find(id="main")
    assert not [word for word in words if word in str(shown)] and "Then" in str(shown)


def test_a_version_is_previewed_as_it_was(desk, article):
    answer = desk.get(version(article, 1, "version_preview"))

    assert BeautifulSoup(answer.text, "html.parser").find("h1").text == "Ports"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_restoring_saves_the_old_text_as_the_newest_version(desk, article):
    restore(desk, article, 1, based_on=3)

    latest = article.latest_revision
    assert (latest.number, latest.note) == (4, "Version 1 again")
    assert latest.content["headline"] == "Ports" and latest.content["body"] == "One.\n\nTwo."


def test_restoring_over_somebody_elses_new_version_is_refused(desk, article):
    article.revise(by=make.user("editor", first_name="Ana", last_name="B"), headline="Hers")

    answer = restore(desk, article, 1, based_on=3)

    assert "Ana B saved version 4" in answer.text
    assert article.latest_revision.content["headline"] == "Hers"


def test_restoring_a_live_article_leaves_readers_undisturbed(desk, editor):
    article = make.article(headline="Talks stall")
    article.revise(by=editor, headline="Talks resume")
    article.publish(by=editor, expected=article.latest_revision)

    restore(desk, article, 1, based_on=2)

    article.refresh_from_db()
    assert article.headline == "Talks resume"


def test_a_version_there_is_not_is_not_found(desk, article):
    for what in ("version", "version_preview"):
        assert desk.get(version(article, 99, what)).status_code == 404
    assert restore(desk, article, 99, based_on=3).status_code == 404


def test_nobody_looks_back_on_what_they_may_not_see(client, writer, article):
    client.force_login(writer)

    assert client.get(version(article, 1)).status_code == 404
    assert client.get(version(article, 1, "version_preview")).status_code == 404
    assert restore(client, article, 1, based_on=3).status_code == 404
    assert "Ports" not in client.get(address(article, "history"), follow=True).text


def test_a_writer_restores_nothing_once_the_desk_has_it(client, writer):
    article = make.article("draft", by=writer)
    article.revise(by=writer, headline="Second thoughts")
    article.submit(by=writer, expected=article.latest_revision)
    client.force_login(writer)

    assert restore(client, article, 1, based_on=2).status_code == 403
    assert article.revisions.count() == 2


def test_differences_are_said_in_words():
    ana, world = make.contributor("Ana"), make.section("world/americas")
    before = {"section": None, "bylines": [], "tags": [], "kind": "news", "picture": None}
    after = {"section": world.pk, "bylines": [[ana.pk, "photographs"]], "tags": ["Trade"], "kind": "opinion"}

    said = {difference.label: difference.after for difference in differences(before, after)}

    assert said == {
        "kind": "Opinion",
        "section": "World › Americas",
        "bylines": "Photographs by Ana",
        "tags": "Trade",
    }


test_differences_are_said_in_words = pytest.mark.django_db(test_differences_are_said_in_words)


def test_only_what_changed_of_a_long_text_is_shown():
    before = [f"Paragraph {number}.\n" for number in range(20)]
    after = [*before[:10], "Paragraph ten.\n", *before[11:]]

    pieces = list(compared("".join(before), "".join(after)))

    assert [kind for kind, _text in pieces] == ["gap", "same", "out", "in", "same", "gap"]


def test_long_versions_are_compared_word_by_word_in_well_under_a_second():
    """Ten thousand words in a hundred paragraphs, with another word in each of them."""
    chance = Random(1)
    words = [f"word{min(int(chance.paretovariate(0.6)), 9_000)}" for _ in range(10_000)]
    paragraphs = [words[at : at + 100] for at in range(0, 10_000, 100)]
    before = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)
    after = "\n\n".join(" ".join([*paragraph[:50], "corrected", *paragraph[51:]]) for paragraph in paragraphs)

    began = process_time()
    pieces = list(compared(before, after))

    assert process_time() - began < 1
    assert [text for kind, text in pieces if kind == "in"] == ["corrected"] * 100
    assert sum(len(text.split()) for kind, text in pieces if kind == "out") == 100


@pytest.mark.parametrize(
    ("before", "after"),
    [("a\n" * 80_000, "a\n" * 40_000 + "b\n" + "a\n" * 40_000), ("a b " * 40_000, "b b a " * 30_000)],
    ids=["lines", "words"],
)
def test_comparing_what_was_made_to_be_slow_is_not(before, after):
    began = process_time()
    pieces = list(compared(before, after))

    assert process_time() - began < 2
    assert "".join(text for kind, text in pieces if kind == "in")


def test_comparing_is_bounded_however_much_was_rewritten():
    before, after = "a b " * 40_000, "c d " * 40_000

    assert [kind for kind, _text in compared(before, after)] == ["out", "in"]


def test_the_history_says_which_version_went_out_for_which(client, editor):
    client.force_login(editor)
    article = make.article()
    article.revise(by=editor, headline="Talks resume")
    article.publish(by=editor, expected=2)

    events = BeautifulSoup(client.get(address(article, "history")).text, "html.parser").select(".events li")

    assert "Version 2 in place of version 1" in " ".join(events[0].text.split())
