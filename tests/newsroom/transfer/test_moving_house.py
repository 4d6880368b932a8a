"""A newsroom moves to another database as docs/operators/running.md says, and nothing is lost on the way."""

import pytest
from django.apps import apps
from django.core.management import call_command

from articles import search
from newsroom.models import User
from tests import make

DUMP = (
    "--natural-foreign --exclude contenttypes --exclude auth.permission --exclude auth.group "
    "--exclude sessions --output"
).split()


def counted():
    """How many rows there are of everything people make."""
    models = (
        model for model in apps.get_models() if model._meta.app_label in {"articles", "comments", "newsroom"}
    )
    return {model._meta.label: model.objects.count() for model in models}


@pytest.mark.django_db(transaction=True)
def test_what_is_dumped_can_be_loaded_and_found_again(client, tmp_path):
    editor = make.user("editor")
    article = make.article(
        headline="Ports reopen", tags=["Trade", "北京"], bylines=[(make.contributor(), "by")]
    )
    make.article("withdrawn")
    make.comment(article=article)
    before = counted()

    call_command("dumpdata", *DUMP, str(tmp_path / "move.json"), verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    search.forget_all()
    call_command("loaddata", str(tmp_path / "move.json"), verbosity=0)
    call_command("rebuild_search", verbosity=0)

    assert counted() == before
    assert [group.name for group in User.objects.get(username=editor.username).groups.all()] == ["Editor"]
    assert "Ports reopen" in client.get("/search/?q=ports").text
    assert "Ports reopen" in client.get("/topics/trade/").text
