"""Who may do what: the four roles, whole."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from articles import permissions
from articles.models import MOVES
from newsroom.roles import EXPLAINED, ROLES
from tests import make

VERBS = sorted(MOVES)
OF_THE_DESK = {
    "approve",
    "reopen",
    "send_back",
    "publish",
    "unschedule",
    "cancel_replacement",
    "withdraw",
    "block",
    "reinstate",
    "redate",
    "correct",
    "take_back",
    "hide_changes",
    "show_changes",
    "lift_embargo",
}
MAY = {
    "contributor": {
        ("own", "draft"): {"view", "change", "submit", "recall", "embargo"},
        ("own", "in_review"): {"view", "recall"},
        ("own", "live"): {"view", "recall"},
    },
    "editor": {
        (whose, state): {"view", "change", "submit", "embargo", *OF_THE_DESK}
        | ({"recall"} if whose == "own" else set())
        for whose in ("own", "other")
        for state in ("draft", "in_review", "live")
    },
    "moderator": {},
}
MAY["administrator"] = MAY["editor"]
STATES = {"draft": "draft", "in_review": "in_review", "live": "published"}


def signed_by(person, state):
    return make.article(state, bylines=[(make.contributor(user=person), "by")])


def test_every_role_is_explained():
    assert {*ROLES, "Administrator"} == set(EXPLAINED)


@pytest.mark.parametrize("role", MAY)
@pytest.mark.parametrize("whose", ["own", "other"])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.django_db
def test_each_role_may_do_what_the_table_says_and_nothing_else(role, whose, state):
    person = make.user(role)
    article = signed_by(person if whose == "own" else make.user("contributor"), STATES[state])

    allowed = {verb for verb in ["view", "change", *VERBS] if permissions.may(person, verb, article)}

    assert allowed == MAY[role].get((whose, state), set())


@pytest.mark.django_db
def test_who_started_a_draft_may_change_it_whoever_signs():
    writer = make.user("contributor")

    assert permissions.may(writer, "change", make.article("draft", by=writer))


@pytest.mark.parametrize("role", MAY)
@pytest.mark.django_db
def test_a_login_that_was_closed_may_do_nothing(role):
    person = make.user(role, is_active=False)
    article = signed_by(person, "draft")

    assert not any(permissions.may(person, verb, article) for verb in ["view", "change", *VERBS])


OPEN = {
    "contributor": {
        "articles.article",
        "articles.section",
        "articles.contributor",
        "articles.tag",
        "articles.image",
    },
    "editor": {
        *(f"articles.{name}" for name in "article section contributor tag image standingpage".split()),
        "comments.comment",
        "comments.lead",
    },
    "moderator": {"comments.comment", "comments.reader", "articles.section"},
}


@pytest.mark.parametrize("role", OPEN)
@pytest.mark.django_db
def test_each_role_finds_its_rooms_and_no_other(client, role):
    client.force_login(make.user(role))

    apps = client.get("/admin/").context["available_apps"]

    found = {f"{app['app_label']}.{model['object_name'].lower()}" for app in apps for model in app["models"]}
    assert found == OPEN[role]


@pytest.mark.parametrize("role", OPEN)
@pytest.mark.parametrize(
    "path", ["newsroom/user/", "newsroom/user/add/", "newsroom/masthead/1/change/", "articles/formerpath/"]
)
@pytest.mark.django_db
def test_only_administrators_keep_the_keys(client, role, path):
    client.force_login(make.user(role))
    assert client.get(f"/admin/{path}").status_code == 403

    client.force_login(make.user("administrator"))
    assert client.get(f"/admin/{path}", follow=True).status_code == 200


@pytest.mark.django_db
def test_the_groups_are_what_the_code_says_after_every_migration():
    editors = Group.objects.get(name="Editor")
    editors.permissions.set(Permission.objects.filter(codename="delete_user"))
    Group.objects.filter(name="Moderator").delete()

    call_command("migrate", verbosity=0)

    assert {f"{p.content_type.app_label}.{p.codename}" for p in editors.permissions.all()} == set(
        ROLES["Editor"]
    )
    assert Group.objects.filter(name="Moderator").exists()
