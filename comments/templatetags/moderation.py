"""{% possible verbs comment as offered %}: the buttons that lead anywhere. {% stamp at %}: when, as pages tell it."""

from typing import Any

from django import template

from articles.reading import formatting
from comments.models import Comment

register = template.Library()
register.simple_tag(formatting.stamp)


@register.simple_tag
def possible(verbs: dict[str, Any], comment: Comment) -> list[tuple[str, Any]]:
    """Of the verbs this person may do (with their labels), those this comment can take from where it stands."""
    return [(verb, label) for verb, label in verbs.items() if comment.can(verb)]
