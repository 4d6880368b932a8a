"""Readers' pages are written in Jinja2: where their templates lie, and what these may ask for."""

from collections.abc import Mapping, MutableMapping
from functools import cache
from html import escape
from types import CodeType
from typing import Any

from django.conf import settings
from django.template.defaultfilters import linebreaksbr
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language_info
from jinja2 import Environment, FileSystemLoader, Template, TemplateNotFound, nodes
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer

from articles import looks, structured
from articles.addresses import absolute
from comments import conversations
from newsroom import cards, chrome
from newsroom.foundations.wording import said


def environment(**options: Any) -> Environment:
    """What Django's Jinja2 engine asks for, once in a process."""
    options |= {"loader": Shelf(settings.BASE_DIR / "templates"), "trim_blocks": True}
    pages = Pages(autoescape=options.pop("autoescape"), **options)
    pages.template_class = PageTemplate
    pages.globals |= {
        "_": said,
        "card": cards.card,
        "conversation_under": conversations.under,
        "credits_line": looks.credits_line,
        "data_block": structured.data_block,
        "drawn_comment": conversations.comment,
        "footer": chrome.footer,
        "language": settings.LANGUAGE_CODE,
        "masthead": chrome.masthead,
        "reads_leftwards": reads_leftwards(),
        "stamp": looks.stamp,
        "static": cache(static),
        "story_text": looks.story_text,
        "strip": cards.strip,
        "time_to_read": looks.time_to_read,
        "url": cache(reverse),
        "weights": looks.WEIGHTS,
    }
    pages.filters |= {
        "absolute": absolute,
        "filled": format_html,
        "linebreaksbr": linebreaksbr,
        "to_machines": looks.to_machines,
    }
    return pages


ALWAYS_THE_SAME = {"_", "static", "url"}  # of the same words, in the life of a process


class Plainly(Context):
    """Calls what a template calls. Jinja2 first asks of each function, three times, whether it wants to be handed the
    context or the environment: none of ours does."""

    def call(
        self, called: Any, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **kwargs: Any
    ) -> Any:
        return called(*args, **kwargs)


class Pages(Environment):
    """Templates in which what is always the same is text, found out when they are compiled."""

    context_class = Plainly

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """All templates have the same, so there is nothing to lay over them, and to look through for each page."""
        return super().make_globals(d) if d else self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template: nodes.Template = Settled(self.globals).visit(super()._parse(source, name, filename))
        return template


class Settled(NodeTransformer):
    """Puts in place of calls like `static("css/site.css")` what they answer."""

    def __init__(self, functions: Mapping[str, Any]) -> None:
        self.functions = functions

    def visit_Call(self, call: nodes.Call) -> nodes.Expr:  # noqa: N802  (Jinja2 names it)
        self.generic_visit(call)
        asked = call.node.name if isinstance(call.node, nodes.Name) else ""
        words = [word.value for word in call.args if isinstance(word, nodes.Const)]
        is_open = call.kwargs or call.dyn_args or call.dyn_kwargs or len(words) < len(call.args)
        if asked not in ALWAYS_THE_SAME or is_open:
            return call
        return nodes.Const(self.functions[asked](*words), lineno=call.lineno)


class Shelf(FileSystemLoader):
    """templates/, but for the desk's: those are Django's, as is everything they extend."""

    def get_source(self, environment: Environment, template: str) -> Any:
        if template.startswith("admin/"):
            raise TemplateNotFound(template)
        return super().get_source(environment, template)


class PageTemplate(Template):
    """A template that writes escaped text as it is. Jinja2 wraps each piece to mark it safe, then joins the pieces
    and forgets the wrappers: a quarter of what a card costs."""

    @classmethod
    def from_code(cls, environment: Environment, code: CodeType, *rest: Any) -> Template:
        template = super().from_code(environment, code, *rest)
        template.root_render_func.__globals__["escape"] = escaped
        return template

    def _get_default_module(self, ctx: Any = None) -> Any:
        """What another template imports of this one. All have the same globals, the environment's, so that there is no
        need to compare them each time."""
        return super()._get_default_module()


def escaped(value: Any) -> str:
    if type(value) is str:
        return escape(value)
    if type(value) is int:
        return str(value)
    return value.__html__() if hasattr(value, "__html__") else escape(str(value))


def reads_leftwards() -> bool:
    return bool(get_language_info(settings.LANGUAGE_CODE)["bidi"])
