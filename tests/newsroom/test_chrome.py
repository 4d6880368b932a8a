"""What stands around every page: masthead, menu, footer, and the pages shown when something is wrong."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from newsroom.models import Masthead
from tests import make

TEMPLATES = sorted(
    path for path in (settings.BASE_DIR / "templates").rglob("*.html") if "admin" not in path.parts
)


def page(**context):
    return BeautifulSoup(render_to_string("base.html", context, RequestFactory().get("/")), "html.parser")


@pytest.mark.django_db
def test_the_menu_lists_every_main_section_with_what_lies_directly_inside():
    make.section("world/americas/canada")
    make.section("sport")

    menu = page().select(".menu-list > li > a")
    inside = page().select(".menu-list ul a")

    assert [link["href"] for link in menu] == ["/sport/", "/world/"]
    assert [link["href"] for link in inside] == ["/world/americas/"]


@pytest.mark.django_db
def test_what_stands_around_a_page_costs_the_same_however_many_sections_there_are():
    make.section("world")
    with CaptureQueriesContext(connection) as with_one:
        page()

    for name in ("americas", "europe", "asia", "africa"):
        make.section(f"world/{name}/north")
    with CaptureQueriesContext(connection) as with_nine:
        page()

    assert len(with_nine) == len(with_one)


@pytest.mark.django_db
def test_the_section_the_reader_is_in_is_marked():
    americas = make.section("world/americas")
    make.section("sport")

    marked = page(trail=americas.trail()).select(".sections [aria-current]")

    assert [link["href"] for link in marked] == ["/world/"]


@pytest.mark.django_db
def test_the_footer_links_the_standing_pages_meant_for_it():
    make.page(title="Contact", slug="contact", order=2)
    make.page(title="About us", slug="about", order=1)
    make.page(title="Thank you", slug="thanks", in_footer=False)

    links = page().select("footer nav[aria-labelledby=foot-pages] a")

    assert [link.text for link in links] == ["About us", "Contact"]


@pytest.mark.django_db
def test_every_page_carries_the_papers_name_and_a_way_past_the_menu():
    Masthead.objects.create(name="The Meridian")

    shown = page(page_title="Trade")

    assert shown.title.text == "Trade · The Meridian"
    assert shown.select_one(".masthead-name").text.strip() == "The Meridian"
    assert shown.body.a["href"] == f"#{shown.main['id']}"


@pytest.mark.django_db
def test_every_page_offers_the_papers_feeds():
    types = [link["type"] for link in page().select("link[rel=alternate]")]

    assert types == ["application/rss+xml", "application/atom+xml"]


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html", "503.html"])
def test_pages_for_broken_times_need_no_database(name):
    assert "<h1>" in render_to_string(name)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_style_or_script_of_its_own(path: Path):
    source = path.read_text()

    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]* src=)|\|\s*safe|autoescape off", source)


def test_every_static_file_a_template_names_is_there():
    named = {name for path in TEMPLATES for name in re.findall(r'static\("([^"]+)"\)', path.read_text())}

    assert len(named) > 10
    assert [name for name in sorted(named) if not finders.find(name)] == []
