"""What stands around every page: the menu of sections and the footer's pages. One query each, however long."""

from collections import defaultdict

from django import template

from articles.models import Page, Section

register = template.Library()


@register.simple_tag
def section_menu() -> list[Section]:
    """The main sections in their order, each knowing as `below` the sections directly inside it."""
    inside = defaultdict(list)
    two_levels = Section.objects.filter(parent__parent=None)  # the main ones have no parent to have one
    for section in two_levels.only("name", "path", "parent_id"):
        inside[section.parent_id].append(section)
    for section in inside[None]:
        section.below = inside[section.pk]
    return inside[None]


@register.simple_tag
def footer_pages() -> list[Page]:
    return list(Page.objects.filter(in_footer=True).only("title", "slug"))
