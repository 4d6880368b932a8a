"""`manage.py rebuild_pages`: what an earlier version kept is made anew, in batches, by whoever installs the next one."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, StandingPage
from comments.models import Comment
from newsroom.management.commands import rebuild_pages
from tests import make

pytestmark = pytest.mark.django_db
OLD = {"rendered_version": 0}


def rebuilt(**options):
    told = StringIO()
    call_command("rebuild_pages", stdout=told, stderr=StringIO(), **options)
    return told.getvalue()


def test_stories_pages_and_comments_are_made_anew(monkeypatch):
    monkeypatch.setattr(rebuild_pages, "AT_ONCE", 2)
    article = make.article(tags=["Trade"], bylines=[(make.contributor("Ana"), "by")])
    for _ in range(2):
        make.article()
    make.comment(article=article)
    make.page(title="About", slug="about", body="We print what we find.")
    Article.objects.update(body_html="old", stored_facts=["old"], facts_version=0, **OLD)
    StandingPage.objects.update(body_html="old", **OLD)
    Comment.objects.update(html="old", **OLD)

    told = rebuilt()

    article.refresh_from_db()
    assert "old" not in {article.body_html, StandingPage.objects.get().body_html, Comment.objects.get().html}
    assert [tag.name for tag in article.facts.tags] == ["Trade"]
    assert "stories: 3 made anew." in told
    assert not Article.objects.outdated().exists()


def test_what_is_new_already_is_left_alone_unless_all_is_asked_for():
    make.article()
    Article.objects.update(body_html="of this version")

    assert "stories: 0 made anew." in rebuilt()
    assert Article.objects.get().body_html == "of this version"
    assert "stories: 1 made anew." in rebuilt(all=True)


def test_a_text_beyond_today_s_limits_keeps_its_dress_and_is_named():
    make.article()
    Article.objects.update(body="[" * 100_000, body_html="as it was", **OLD)

    with pytest.raises(CommandError, match="1 keep the text they had"):
        rebuilt()

    assert Article.objects.get().body_html == "as it was"


def test_the_clock_gathers_what_was_too_much_at_once():
    make.article(tags=["Trade"])
    Article.objects.update(facts_version=0)

    call_command("run_due", stdout=StringIO())

    assert not Article.objects.outdated().exists()
