"""Parts of readers' pages, drawn by themselves."""

from typing import Any

from django.template import engines


def drawn(template: str, part: str, *facts: Any) -> str:
    """What this macro of a template makes of these facts."""
    macros = engines["jinja2"].env.get_template(template).module  # type: ignore[attr-defined]
    markup: str = getattr(macros, part)(*facts)
    return markup
