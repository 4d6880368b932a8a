"""What editors wrote stands beside what readers see, version by version."""

from inspect import Parameter, signature

import pytest
from django.db.models import ProtectedError
from django.utils import timezone

from articles.models import MOVES, Article, Conflict, NotAllowed, Note, Revision, WorkingCopyError
from newsroom.foundations.db.append_only import AppendOnlyError
from tests import make

pytestmark = pytest.mark.django_db


def test_editing_a_live_article_leaves_readers_undisturbed(client, editor):
    article = make.article(headline="Talks stall")

    article.revise(by=editor, headline="Talks resume")

    page = client.get(article.get_absolute_url()).text
    assert "Talks stall" in page
    assert "Talks resume" not in page


def test_editing_a_draft_shows_at_once_at_the_desk(editor):
    article = make.article("draft", headline="Talks stall")

    article.revise(by=editor, headline="Talks resume")

    article.refresh_from_db()
    assert article.headline == "Talks resume"


def test_publishing_puts_the_latest_version_before_readers(client, editor):
    article = make.article(headline="Talks stall")
    article.revise(by=editor, headline="Talks resume")

    article.publish(by=editor, expected=article.latest_revision)

    assert "Talks resume" in client.get(article.get_absolute_url()).text


def test_versions_are_numbered_and_hold_everything(editor):
    article = make.article("draft", headline="One", tags=["Trade"])

    revision = article.revise(by=editor, headline="Two")

    assert (revision.number, revision.by) == (2, editor)
    assert (revision.content["headline"], revision.content["tags"]) == ("Two", ["Trade"])
    assert revision.changed_since(article.revisions.last()) == ["headline"]


def test_saving_without_a_change_writes_nothing(editor):
    article = make.article("draft", headline="One")

    article.revise(by=editor, headline="One")

    assert article.revisions.count() == 1


def test_the_second_of_two_editors_hears_who_saved_first(editor):
    article = make.article("draft")
    colleague = make.user("editor", first_name="Ana", last_name="Beltrán")
    article.revise(by=colleague, based_on=1, headline="Hers")

    with pytest.raises(Conflict, match="Ana Beltrán saved version 2") as conflict:
        article.revise(by=editor, based_on=1, headline="His")

    assert conflict.value.revision.content["headline"] == "Hers"
    assert article.revisions.count() == 2


def test_a_version_cannot_be_rewritten():
    revision = make.article("draft").latest_revision
    revision.content = {}

    for rewriting in (revision.save, revision.delete, lambda: Revision.objects.update(number=9)):
        with pytest.raises(AppendOnlyError):
            rewriting()


def test_a_version_holds_nothing_unknown(editor):
    with pytest.raises(TypeError, match="state"):
        make.article("draft").revise(by=editor, state="published")


def test_a_contributor_does_not_change_what_is_with_the_desk(writer):
    article = make.article("draft")
    type(article).objects.update(started_by=writer)
    article.refresh_from_db()
    article.revise(by=writer, headline="Mine")
    article.submit(by=writer, expected=article.latest_revision)

    with pytest.raises(NotAllowed):
        article.revise(by=writer, headline="Mine, after all")


def test_the_working_copy_shows_the_latest_version_and_saves_nothing(editor):
    ana = make.contributor("Ana Beltrán")
    article = make.article(headline="Talks stall")
    article.revise(by=editor, headline="Talks resume", bylines=[(ana, "by")], tags=["Trade"], body="**Now**")

    copy = article.working_copy()

    assert (copy.headline, copy.body_html) == ("Talks resume", "<p><strong>Now</strong></p>")
    assert [byline.contributor for byline in copy.credits()] == [ana]
    assert [tag.name for tag in copy.tag_list()] == ["Trade"]
    article.refresh_from_db()
    assert (article.headline, article.credits()) == ("Talks stall", [])


STORED_BY = {
    "save": lambda copy: copy.save(),
    "some fields": lambda copy: copy.save(update_fields=["headline"]),
    "forced": lambda copy: copy.save(force_insert=True),
    "under the form": lambda copy: copy.save_base(),
    "around the class": lambda copy: super(Article, copy).save_base(),
    "adopted": lambda copy: copy.adopt(copy.latest_revision),
    "rendered": lambda copy: copy.rebuild(),
    "refreshed": lambda copy: copy.refresh_row(copy.rendered()),
    "many": lambda copy: Article.objects.bulk_update([copy], ["headline"]),
    "many new": lambda copy: Article.objects.bulk_create([copy]),
    "the clock": lambda copy: copy.go_live(),
    "a replacement": lambda copy: copy.replace(),
    "a version": lambda copy: copy.revise(by=None, headline="Talks resume"),
}


@pytest.mark.parametrize("store", STORED_BY.values(), ids=STORED_BY)
def test_a_working_copy_is_never_stored(client, editor, store):
    article = make.article(headline="Talks stall")
    article.revise(by=editor, headline="Talks resume", bylines=[(make.contributor("Ana"), "by")])

    with pytest.raises(WorkingCopyError, match="for looking at"):
        store(article.working_copy())

    stored = Article.objects.get()
    assert (stored.headline, stored.credits(), stored.revisions.count()) == ("Talks stall", [], 2)


@pytest.mark.parametrize("verb", MOVES)
def test_a_working_copy_takes_no_verb(verb, editor):
    do = getattr(make.article().working_copy(), verb)
    known = {
        "reason": "Forged.",
        "until": timezone.now() + make.hours(1),
        "at": timezone.now() - make.hours(1),
        "note": Note("correction", "It was forged."),
        "correction": 1,
    }
    asked = [name for name, one in signature(do).parameters.items() if one.default is Parameter.empty]

    with pytest.raises(WorkingCopyError):
        do(by=editor, expected=1, **{name: known[name] for name in asked if name in known})


def test_a_working_copy_deletes_no_article():
    article = make.article()

    with pytest.raises(ProtectedError):
        article.working_copy().delete()

    assert Article.objects.get() == article


def test_a_blank_sheet_is_no_article_until_it_is_started(editor):
    with pytest.raises(WorkingCopyError):
        Article.unwritten(by=editor).save()


def test_no_version_holds_characters_that_no_database_and_no_feed_can(editor):
    article = make.article("draft")

    article.revise(by=editor, headline="Talks\x00 re\x0bsume", tags=["Tra\x00de"])

    assert article.latest_revision.content["headline"] == "Talks resume"
    assert article.latest_revision.content["tags"] == ["Trade"]
