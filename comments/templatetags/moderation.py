"""{% possible verbs comment as offered %}: the buttons that lead anywhere. {% stamp at %}: when, as pages tell it."""

from typing import Any

from django import template

from articles.reading import formatting
from comments.models import LEAD_MOVES, Comment, Lead

register = template.Library()
register.simple_tag(formatting.stamp)


@register.simple_tag
def possible(verbs: dict[str, Any], comment: Comment) -> list[tuple[str, Any]]:
    """Of the verbs this person may do (with their labels), those this comment can take from where it stands."""
    return [(verb, label) for verb, label in verbs.items() if comment.can(verb)]


@register.simple_tag
def possible_leads(verbs: tuple[str, ...], lead: Lead) -> list[tuple[str, Any]]:
    """Of the verbs that have a button, those this lead can take from where it stands, with their labels."""
    return [(verb, LEAD_MOVES[verb].label) for verb in verbs if lead.can(verb)]
