"""Forms as a browser would send them: what the page holds, with what somebody typed."""

from typing import Any

from bs4 import BeautifulSoup
from django.urls import reverse


def fields_of(html: str, form_id: str) -> dict[str, Any]:
    """Every field of this form with the value it has on the page."""
    form = BeautifulSoup(html, "html.parser").find(id=form_id)
    fields: dict[str, Any] = {}
    for field in form.select("[name]"):
        if field.find_parent("template") or field.get("type") in {"submit", "file"} or field.name == "button":
            continue
        if field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        fields[field["name"]] = value_of(field)
    return fields


def value_of(field: Any) -> str:
    if field.name == "textarea":
        return field.text.removeprefix("\n")
    if field.name == "select":
        chosen = field.find("option", selected=True) or field.find("option")
        return chosen["value"] if chosen else ""
    return field.get("value", "on" if field.get("type") == "checkbox" else "")


def address(article: Any = None, name: str = "change") -> str:
    if article is None:
        return reverse("admin:articles_article_add")
    return reverse(f"admin:articles_article_{name}", args=[article.pk])


def opened(client: Any, article: Any = None, **typed: Any) -> dict[str, Any]:
    """The article's form as this client's browser shows it, with something typed into it."""
    return {**fields_of(client.get(address(article)).text, "article_form"), **typed}


def saved(client: Any, article: Any = None, **typed: Any) -> Any:
    """Open, type, save: the answer after any redirect."""
    return client.post(address(article), opened(client, article, **typed), follow=True)
