"""Two people save the same row at the desk: the second is told, and loses nothing."""

import pytest
from django.urls import reverse

from articles.models import Contributor, FormerPath, Section, Tag
from comments.models import HouseRules
from newsroom.models import Masthead, User
from tests import make
from tests.client import NewsroomClient
from tests.sheet import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, administrator):
    """The browser of whoever saves second."""
    client.force_login(administrator)
    return client


@pytest.fixture
def other():
    """The browser of a colleague, Ana."""
    browser = NewsroomClient()
    browser.force_login(make.user("administrator", first_name="Ana", last_name="Lopes"))
    return browser


def url_of(row, name="change"):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk])


def form_of(browser, row):
    return fields_of(browser.get(url_of(row)).text, f"{row._meta.model_name}_form")


def stored(row, name):
    return getattr(type(row).objects.get(pk=row.pk), name)


KINDS = {
    "section": (lambda: make.section("world"), "description"),
    "contributor": (lambda: make.contributor("Ines"), "role"),
    "tag": (lambda: Tag.objects.create(name="Trade"), "name"),
    "image": (make.image, "caption"),
    "masthead": (lambda: Masthead.objects.get_or_create(pk=1)[0], "tagline"),
    "house rules": (lambda: HouseRules(pk=1), "guidelines"),
    "redirect": (lambda: FormerPath.objects.create(old_path="/old/", new_path="/new/"), "new_path"),
    "login": (lambda: make.user("editor"), "last_name"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_second_to_save_is_told_and_may_save_over(desk, other, kind):
    made, field = KINDS[kind]
    row = made()
    mine, theirs = form_of(desk, row), form_of(other, row)
    other.post(url_of(row), {**theirs, field: "/theirs/"})

    told = desk.post(url_of(row), {**mine, field: "/mine/"})
    assert stored(row, field) == "/theirs/"
    assert "Ana Lopes saved this at" in told.text and told.text.count("/theirs/") == 1
    kept = fields_of(told.text, f"{row._meta.model_name}_form")
    assert kept[field] == "/mine/"
    stamp = told.context["adminform"].form.conflict.stamp
    desk.post(url_of(row), {**kept, "_save_over": str(stamp)})

    assert stored(row, field) == "/mine/"


def test_a_third_save_between_the_comparison_and_the_tick_is_told_as_well(desk, other):
    row = make.contributor("Ines")
    mine, theirs = form_of(desk, row), form_of(other, row)
    other.post(url_of(row), {**theirs, "role": "Reporter"})
    told = desk.post(url_of(row), {**mine, "role": "Critic"})
    over = {**mine, "role": "Critic", "_save_over": str(told.context["adminform"].form.conflict.stamp)}
    other.post(url_of(row), {**form_of(other, row), "role": "Editor"})

    desk.post(url_of(row), over)

    assert stored(row, "role") == "Editor"


def test_a_field_that_only_they_changed_is_not_put_back_in_silence(desk, other):
    row = make.contributor("Ines", role="Reporter")
    mine, theirs = form_of(desk, row), form_of(other, row)
    other.post(url_of(row), {**theirs, "role": "Critic"})

    told = desk.post(url_of(row), {**mine, "bio": "She reads."})

    assert [(one.label, one.theirs, one.yours) for one in told.context["adminform"].form.conflict.fields] == [
        ("Role", "Critic", "Reporter")
    ]


def test_who_saves_alone_twice_is_told_nothing(desk):
    row = make.contributor("Ines")
    desk.post(url_of(row), {**form_of(desk, row), "role": "Reporter"})

    desk.post(url_of(row), {**form_of(desk, row), "role": "Critic"})

    assert stored(row, "role") == "Critic"


def test_two_who_made_the_same_change_agree(desk, other):
    row = make.contributor("Ines")
    mine, theirs = form_of(desk, row), form_of(other, row)
    other.post(url_of(row), {**theirs, "role": "Critic"})

    assert desk.post(url_of(row), {**mine, "role": "Critic"}).status_code == 302


def test_a_change_that_nobody_signed_says_so(desk):
    row = make.contributor("Ines")
    mine = form_of(desk, row)
    Contributor.objects.update(role="Critic")

    told = desk.post(url_of(row), {**mine, "role": "Editor"})

    assert "by an import or by another change" in told.text


def test_people_are_compared_by_name(desk, other):
    world, other_parent = make.section("world"), make.section("culture")
    row = make.section("world/americas")
    mine, theirs = form_of(desk, row), form_of(other, row)
    other.post(url_of(row), {**theirs, "parent": other_parent.pk})

    conflict = desk.post(url_of(row), {**mine, "parent": world.pk}).context["adminform"].form.conflict

    assert [(one.theirs, one.yours) for one in conflict.fields] == [("Culture", "World")]


@pytest.mark.parametrize("stamp", ["", "x", "1", "1:", "99999999999999999999:role=1", ":,,=", "१:role=1"])
def test_a_stamp_that_is_none_breaks_nothing(desk, stamp):
    row = make.contributor("Ines")

    answer = desk.post(url_of(row), {**form_of(desk, row), "role": "Critic", "_opened": stamp})

    assert answer.status_code == 302


@pytest.mark.parametrize("kind", ["section", "contributor", "tag", "redirect"])
def test_what_was_deleted_meanwhile_can_be_made_anew_of_the_same_words(desk, other, kind):
    made, field = KINDS[kind]
    row = made()
    mine = {**form_of(desk, row), field: "/mine/"}
    other.post(url_of(row, "delete"), {"post": "yes"})

    told = desk.post(url_of(row), mine)
    assert told.status_code == 410 and "Ana Lopes" in told.text and "/mine/" in told.text
    desk.post(url_of(row).replace(f"{row.pk}/change", "add"), mine)

    assert getattr(type(row).objects.get(), field) == "/mine/"


# Lists that are edited in place


def lines_of(browser, address):
    return fields_of(browser.get(address).text, "changelist-form")


SECTIONS = "/admin/articles/section/"


def orders():
    return dict(Section.objects.values_list("name", "order"))


def test_a_stale_list_changes_only_the_lines_that_were_touched(desk, other):
    make.section("culture", name="Culture")
    make.section("world", name="World")
    mine, theirs = lines_of(desk, SECTIONS), lines_of(other, SECTIONS)
    other.post(SECTIONS, {**theirs, "form-0-order": 7, "_save": "Save"})

    desk.post(SECTIONS, {**mine, "form-1-order": 8, "_save": "Save"})

    assert orders() == {"Culture": 7, "World": 8}


def test_the_second_to_change_a_line_of_a_list_is_told(desk, other):
    make.section("culture", name="Culture")
    mine, theirs = lines_of(desk, SECTIONS), lines_of(other, SECTIONS)
    other.post(SECTIONS, {**theirs, "form-0-order": 7, "_save": "Save"})

    told = desk.post(SECTIONS, {**mine, "form-0-order": 8, "_save": "Save"})
    assert "Somebody else set this to “7”" in told.text and orders() == {"Culture": 7}
    desk.post(SECTIONS, {**fields_of(told.text, "changelist-form"), "_save": "Save"})

    assert orders() == {"Culture": 8}


def test_every_form_of_the_desk_that_saves_a_row_tells_the_second():
    from django.contrib import admin

    from newsroom.foundations.conflicts import TellsOfConflicts

    without_fields_of_their_own = {"Article", "Comment", "Lead", "Reader", "Job", "FailedStep"}
    silent = {
        model.__name__ for model, one in admin.site._registry.items() if not isinstance(one, TellsOfConflicts)
    }
    assert silent == without_fields_of_their_own
    assert not [one for one in admin.site._registry.values() if one.inlines]


def test_a_login_is_compared_without_its_password(desk, other):
    row = make.user("editor")
    mine = form_of(desk, row)

    assert "password" not in mine["_opened"]
    assert User.objects.get(pk=row.pk).check_password("correct horse")
