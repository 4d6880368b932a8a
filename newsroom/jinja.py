"""Readers' pages are written in Jinja2: where their templates lie, and what these may ask for."""

from functools import cache
from typing import Any

from django.conf import settings
from django.template.defaultfilters import linebreaksbr
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language_info
from jinja2 import Environment, FileSystemLoader, TemplateNotFound

from articles.paths import absolute, path_to
from articles.reading import formatting, json_ld
from comments import reading
from newsroom import fragments
from newsroom.foundations.translation import said


def environment(**options: Any) -> Environment:
    """What Django's Jinja2 engine asks for, once in a process."""
    pages = Environment(  # noqa: S701 (Django says that everything is escaped)
        **options | {"loader": ReadersTemplates(settings.BASE_DIR / "templates"), "trim_blocks": True}
    )
    pages.globals |= {
        "_": said,
        "card": fragments.card,
        "comment": fragments.comment,
        "conversation_under": reading.under,
        "credits_line": formatting.credits_line,
        "data_block": json_ld.data_block,
        "footer": fragments.footer,
        "language": settings.LANGUAGE_CODE,
        "masthead": fragments.masthead,
        "path_to": path_to,
        "reads_leftwards": reads_leftwards(),
        "stamp": formatting.stamp,
        "static": cache(static),
        "article_text": formatting.article_text,
        "time_to_read": formatting.time_to_read,
        "url": cache(reverse),
        "weights": formatting.WEIGHTS,
    }
    pages.filters |= {
        "absolute": absolute,
        "filled": format_html,
        "linebreaksbr": linebreaksbr,
        "to_machines": formatting.to_machines,
    }
    return pages


class ReadersTemplates(FileSystemLoader):
    """templates/, but for the desk's: those are Django's, as is everything they extend."""

    def get_source(self, environment: Environment, template: str) -> Any:
        if template.startswith("admin/"):
            raise TemplateNotFound(template)
        return super().get_source(environment, template)


def reads_leftwards() -> bool:
    return bool(get_language_info(settings.LANGUAGE_CODE)["bidi"])
