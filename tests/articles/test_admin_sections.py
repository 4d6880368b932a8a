"""Sections in the admin: moved without losing an address, deleted only when empty."""

import pytest
from django.urls import reverse

from articles.models import Section
from tests import make


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def change(section, **fields):
    return {
        "name": section.name,
        "slug": section.slug,
        "parent": section.parent_id or "",
        "description": "",
        "order": section.order,
        **fields,
    }


def address(section, what="change"):
    return reverse(f"admin:articles_section_{what}", args=[section.pk])


def test_a_section_is_chosen_by_where_it_stands(desk):
    americas = make.section("world/americas")

    form = desk.get("/admin/articles/section/add/").context["adminform"].form

    assert (americas.pk, "World › Americas") in [
        (str(v) and v.value if v else v, t) for v, t in form.fields["parent"].choices
    ]


def test_a_section_moves_and_its_old_address_leads_on(desk, client):
    americas, business = make.section("world/americas"), make.section("business")

    desk.post(address(americas), change(americas, parent=business.pk))

    americas.refresh_from_db()
    assert americas.path == "business/americas"
    assert client.get("/world/americas/").status_code == 301


def test_a_section_is_not_offered_a_place_inside_itself(desk):
    make.section("world/americas/mexico")
    world = make.section("world")

    form = desk.get(address(world)).context["adminform"].form

    assert not form.fields["parent"].queryset.filter(path__startswith="world").exists()
    answer = desk.post(address(world), change(world, parent=make.section("world/americas").pk))
    assert "parent" in answer.context["adminform"].form.errors


@pytest.mark.parametrize("slug", ["admin", "search", "feed", "2026", "not a slug", "americas"])
def test_an_address_that_is_taken_or_none_is_refused_in_the_form(desk, slug):
    make.section("americas")
    world = make.section("world")

    answer = desk.post(address(world), change(world, slug=slug))

    assert answer.status_code == 200
    assert Section.objects.get(pk=world.pk).path == "world"


def test_a_section_that_holds_anything_is_not_deleted_and_says_why(desk):
    world, americas = make.section("world"), make.section("world/americas")
    make.article(section="world/americas")

    parent = desk.post(address(world, "delete"), {"post": "yes"})
    child = desk.post(address(americas, "delete"), {"post": "yes"})

    assert "1 section lies inside “World”" in parent.text
    assert "1 article is filed in “Americas”" in child.text
    assert Section.objects.count() == 2


def test_an_empty_section_is_deleted(desk):
    empty = make.section("culture")

    desk.post(address(empty, "delete"), {"post": "yes"})

    assert not Section.objects.exists()


def test_an_editor_reads_sections_and_changes_none(client, editor):
    client.force_login(editor)
    world = make.section("world")

    assert client.get(address(world)).status_code == 200
    assert client.post(address(world), change(world, name="Globe")).status_code == 403
    assert client.post(address(world, "delete"), {"post": "yes"}).status_code == 403
