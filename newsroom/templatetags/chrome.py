"""What stands around every page: the menu of sections and the footer's pages. One query each, however long."""

from collections import defaultdict
from typing import NamedTuple

from django import template

from articles.models import Page, Section

register = template.Library()


class Heading(NamedTuple):
    """A main section in the menu, and the sections directly inside it."""

    section: Section
    below: list[Section]


@register.simple_tag
def section_menu() -> list[Heading]:
    inside = defaultdict(list)
    two_levels = Section.objects.filter(parent__parent=None)  # a main section has no parent to have one
    for section in two_levels.only("name", "path", "parent_id"):
        inside[section.parent_id].append(section)
    return [Heading(section, inside[section.pk]) for section in inside[None]]


@register.simple_tag
def footer_pages() -> list[Page]:
    return list(Page.objects.filter(in_footer=True).only("title", "slug"))
