"""Logging in, and the logins themselves: patient with people, not with guessing."""

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from newsroom.login import TRIES_FROM_ONE_ADDRESS
from newsroom.models import Masthead, User
from tests import make

DOOR = "/admin/login/"


def knock(client, username, password="wrong", address="192.0.2.1"):
    given = {"username": username, "password": password, "next": "/admin/"}
    return client.post(DOOR, given, REMOTE_ADDR=address)


@pytest.fixture
def tired_of(client, editor):
    """An address that has failed at the editor's login as often as it may."""
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert knock(client, editor.username).status_code == 200
    assert knock(client, editor.username).status_code == 429


def test_the_right_password_opens_the_desk(client, editor):
    answer = knock(client, editor.username, "correct horse")

    assert answer.status_code == 302 and answer["Location"] == "/admin/"


def test_guessing_ends_in_a_clear_answer(client, editor, tired_of):
    answer = knock(client, editor.username, "correct horse")

    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "Your account is not locked" in answer.text


def test_failures_are_counted_where_every_machine_looks(client, editor):
    knock(client, editor.username)
    cache.clear()  # what one process remembers
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        answer = knock(client, editor.username)

    assert answer.status_code == 429


def test_an_account_opens_again_after_a_while(client, editor, tired_of):
    with time_machine.travel(timezone.now() + settings.AXES_COOLOFF_TIME * 1.1):
        assert knock(client, editor.username, "correct horse").status_code == 302


def test_failures_at_the_door_keep_no_password(client, editor):
    knock(client, editor.username, "hunter2")

    assert not AccessAttempt.objects.filter(post_data__contains="hunter2").exists()


def test_no_stranger_locks_a_colleague_out(client, editor, tired_of):
    assert knock(client, editor.username, "correct horse", address="198.51.100.7").status_code == 302


def test_a_shared_address_stays_open_to_the_others(client, editor, tired_of):
    other = make.user("editor")

    assert knock(client, other.username, "correct horse").status_code == 302


def test_an_address_that_tries_every_account_is_shut_out(client, db):
    for number in range(TRIES_FROM_ONE_ADDRESS):
        knock(client, f"somebody-{number}")

    assert knock(client, "somebody-else").status_code == 429


def test_spelling_a_name_differently_does_not_buy_more_tries(client, editor, tired_of):
    assert knock(client, f" {editor.username.upper()} ").status_code == 429


def test_who_gets_in_starts_afresh(client, editor):
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        knock(client, editor.username)
    knock(client, editor.username, "correct horse")

    assert knock(client, editor.username).status_code == 200


def test_the_answer_does_not_tell_whether_there_is_such_a_login(client, editor):
    known, unknown = knock(client, editor.username), knock(client, "nobody")

    assert known.context["form"].errors == unknown.context["form"].errors


def test_the_door_leads_nowhere_else(client, editor):
    given = {"username": editor.username, "password": "correct horse", "next": "https://elsewhere.example/"}

    assert client.post(DOOR, given)["Location"] == "/admin/"


def test_a_closed_login_ends_its_sessions(client, editor):
    client.force_login(editor)
    User.objects.filter(pk=editor.pk).update(is_active=False)

    assert client.get("/admin/").status_code == 302


# The logins themselves


def new(**fields):
    password = {"usable_password": "true", "password1": "a long sentence", "password2": "a long sentence"}
    return {"username": "ana", "first_name": "Ana", "last_name": "B", "email": "", **password, **fields}


def role(name):
    return make.Group.objects.get(name=name).pk


def test_a_new_login_gets_a_role_and_with_it_the_desk(client, administrator):
    client.force_login(administrator)

    client.post("/admin/newsroom/user/add/", new(groups=[role("Editor")]))

    ana = User.objects.get(username="ana")
    assert (ana.is_staff, ana.is_superuser) == (True, False)
    assert ana.has_perm("articles.publish_article")


def test_a_login_without_a_role_is_not_given(client, administrator):
    client.force_login(administrator)

    assert "groups" in client.post("/admin/newsroom/user/add/", new()).context["adminform"].form.errors


def test_nobody_makes_a_superuser_by_a_form(client, administrator):
    client.force_login(administrator)

    client.post("/admin/newsroom/user/add/", new(groups=[role("Editor")], is_superuser="on"))

    assert not User.objects.get(username="ana").is_superuser


def changed(user, **fields):
    return {"username": user.username, "first_name": "", "last_name": "", "email": "", **fields}


def test_taking_the_last_role_closes_the_desk(client, administrator, editor):
    client.force_login(administrator)

    client.post(reverse("admin:newsroom_user_change", args=[editor.pk]), changed(editor, is_active="on"))

    editor.refresh_from_db()
    assert not editor.is_staff


@pytest.mark.parametrize("fields", [{"is_active": "on"}, {"groups": "Administrator"}])
def test_an_administrator_does_not_lock_themselves_out(client, administrator, fields):
    client.force_login(administrator)
    fields = {name: [role(value)] if name == "groups" else value for name, value in fields.items()}

    client.post(
        reverse("admin:newsroom_user_change", args=[administrator.pk]), changed(administrator, **fields)
    )

    kept = User.objects.get(pk=administrator.pk)
    assert kept.is_active and kept.is_staff and kept.has_perm("newsroom.change_user")


def test_logins_are_closed_and_never_deleted(client, administrator, editor):
    client.force_login(administrator)

    path = reverse("admin:newsroom_user_delete", args=[editor.pk])
    assert client.post(path, {"post": "yes"}).status_code == 403


def test_the_masthead_is_one_row_edited_where_it_is_found(client, administrator):
    client.force_login(administrator)

    answer = client.get("/admin/newsroom/masthead/", follow=True)
    client.post(answer.request["PATH_INFO"], {"name": "The Meridian", "tagline": "", "footer_text": ""})

    assert Masthead.current().name == "The Meridian"
    assert client.get("/admin/newsroom/masthead/add/").status_code == 403
