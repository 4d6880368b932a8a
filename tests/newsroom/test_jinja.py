"""Readers' pages are Jinja2, the desk's are Django's: each finds its own, and both can be translated."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation.template import templatize

TEMPLATES = settings.BASE_DIR / "templates"
OURS = [path.relative_to(TEMPLATES) for path in sorted(TEMPLATES.rglob("*.*"))]
READERS = [path for path in OURS if path.parts[0] != "admin"]
SAID = re.compile(r"""(?<![\w.])_\("((?:[^"\\]|\\.)*)"\)""")


def engine_of(name):
    return get_template(name).backend.name


def shown(markup, **facts):
    return engines["jinja2"].from_string(markup).render(facts)


@pytest.mark.parametrize("path", OURS, ids=str)
def test_every_template_is_read_by_the_engine_it_was_written_for(path):
    assert engine_of(str(path)) == ("django" if path.parts[0] == "admin" else "jinja2")


@pytest.mark.parametrize(
    "name", ["admin/change_form.html", "admin/login.html", "registration/logged_out.html"]
)
def test_what_comes_with_django_stays_djangos(name):
    assert engine_of(name) == "django"


@pytest.mark.parametrize("path", READERS, ids=str)
def test_translators_are_given_every_sentence_of_a_page(path):
    """What makemessages reads is what Django makes of a template for xgettext."""
    source = Path(TEMPLATES / path).read_text()

    given = templatize(source, origin=str(path))

    for sentence in SAID.findall(source):
        assert f'_("{sentence}")' in given


def test_there_are_sentences_to_translate():
    assert sum(len(SAID.findall((TEMPLATES / path).read_text())) for path in READERS) > 60


@pytest.mark.parametrize("path", [path for path in READERS if path.suffix == ".html"], ids=str)
def test_a_page_says_nothing_that_translators_do_not_see(path):
    source = Path(TEMPLATES / path).read_text()

    layout = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source)
    words = re.sub(r"<[^>]*>|[a-z-]+=\"[^\"]*\"", " ", layout)

    assert set(re.findall(r"[A-Za-z]{2,}", words)) <= {"RSS", "Atom"}


def test_what_a_reader_wrote_is_words_and_never_markup():
    assert shown("<p>{{ words }}</p>", words="<b> & \"'") == "<p>&lt;b&gt; &amp; &#34;&#39;</p>"
    assert shown("{{ 7 }}{{ none }}{{ missing }}", none=None) == "7None"


def test_html_that_was_made_safe_is_placed_as_it_is():
    assert shown("{{ html }}", html=SafeString("<p>1 &lt; 2</p>")) == "<p>1 &lt; 2</p>"


def test_a_name_is_filled_into_a_sentence_as_words():
    assert shown('{{ "to <b>{name}</b>"|filled(name=name) }}', name="<i>") == "to <b>&lt;i&gt;</b>"


def test_what_a_partial_drew_is_not_escaped_again():
    assert shown("{% macro part(x) %}<i>{{ x }}</i>{% endmacro %}{{ part('&') }}") == "<i>&amp;</i>"
    assert shown("{% set both %}<i>{{ '&' }}</i>{% endset %}{{ both }}") == "<i>&amp;</i>"


def test_nothing_that_templates_call_waits_to_be_handed_more_than_they_say():
    env = engines["jinja2"].env

    assert [name for name, called in env.globals.items() if hasattr(called, "jinja_pass_arg")] == []
